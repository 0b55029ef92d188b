//! Reads single deals.

use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::entity::{deal, deal_credit};

/// One deal.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<deal::Model>, DbErr> {
    deal::Entity::find_by_id((org, id)).one(db).await
}

/// Who is credited with a deal.
///
/// # Errors
/// When the database refuses.
pub async fn credits(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Vec<deal_credit::Model>, DbErr> {
    deal_credit::Entity::find()
        .filter(deal_credit::Column::OrgId.eq(org))
        .filter(deal_credit::Column::DealId.eq(id))
        .all(db)
        .await
}

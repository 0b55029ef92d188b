//! Reads and writes objectives.

use domain::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::entity::objective;

/// Objectives that are not archived, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn active(db: &impl ConnectionTrait, org_id: i64) -> Result<Vec<objective::Model>, DbErr> {
    objective::Entity::find()
        .filter(objective::Column::OrgId.eq(org_id))
        .filter(objective::Column::ArchivedAt.is_null())
        .order_by_asc(objective::Column::CreatedAt)
        .order_by_asc(objective::Column::Id)
        .all(db)
        .await
}

/// One objective, archived or not.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org_id: i64, id: i64) -> Result<Option<objective::Model>, DbErr> {
    objective::Entity::find_by_id((org_id, id)).one(db).await
}

/// Writes a new objective.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl ConnectionTrait, row: objective::Model) -> Result<(), DbErr> {
    let active: objective::ActiveModel = row.into();
    active.reset_all().insert(db).await?;
    Ok(())
}

/// Archives an objective.
///
/// # Errors
/// When the database refuses.
pub async fn archive(db: &impl ConnectionTrait, org_id: i64, id: i64, now: Timestamp) -> Result<(), DbErr> {
    objective::Entity::update_many()
        .set(objective::ActiveModel { archived_at: Set(Some(now.0)), ..Default::default() })
        .filter(objective::Column::OrgId.eq(org_id))
        .filter(objective::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

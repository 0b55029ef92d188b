//! Reads events.

use domain::OrgId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::event;

/// Events, newest first, at most so many.
///
/// # Errors
/// When the database refuses.
pub async fn newest(db: &impl ConnectionTrait, org: OrgId, most: u64) -> Result<Vec<event::Model>, DbErr> {
    let of_org = event::Entity::find().filter(event::Column::OrgId.eq(org.get()));
    of_org.order_by_desc(event::Column::Day).order_by_desc(event::Column::Id).limit(most).all(db).await
}

/// One event.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: &impl ConnectionTrait, org: OrgId, id: i64) -> Result<Option<event::Model>, DbErr> {
    event::Entity::find_by_id((org.get(), id)).one(db).await
}

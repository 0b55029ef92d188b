//! Reads and writes organisations.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};

use crate::entity::organisation;

/// One organisation.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org: i64) -> Result<Option<organisation::Model>, DbErr> {
    organisation::Entity::find_by_id(org).one(db).await
}

/// Some organisations.
///
/// # Errors
/// When the database refuses.
pub async fn some(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<organisation::Model>, DbErr> {
    organisation::Entity::find().filter(organisation::Column::Id.is_in(ids)).all(db).await
}

/// The versions of the facts of some organisations.
///
/// # Errors
/// When the database refuses.
pub async fn data_versions(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<(i64, i64)>, DbErr> {
    organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .column(organisation::Column::DataVersion)
        .filter(organisation::Column::Id.is_in(ids))
        .into_tuple()
        .all(db)
        .await
}

/// Whether there is any organisation at all.
///
/// # Errors
/// When the database refuses.
pub async fn any(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(organisation::Entity::find().count(db).await? > 0)
}

/// Writes what an organisation has set: its time zone, language, calendar and smallest n.
///
/// # Errors
/// When the database refuses.
pub async fn set(db: &impl ConnectionTrait, row: organisation::Model) -> Result<(), DbErr> {
    let changed = organisation::ActiveModel {
        time_zone: Set(row.time_zone),
        locale: Set(row.locale),
        fiscal_start_month: Set(row.fiscal_start_month),
        week_start: Set(row.week_start),
        working_days: Set(row.working_days),
        holidays: Set(row.holidays),
        min_n: Set(row.min_n),
        ..Default::default()
    };
    organisation::Entity::update_many().set(changed).filter(organisation::Column::Id.eq(row.id)).exec(db).await?;
    Ok(())
}

//! Reads and writes the organisation's choices where vendors disagree, a row per version.

use domain::OrgId;
use domain::metric::Choices;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _,
};

use crate::entity::kpi_choices;

/// The choices as they are now with their version; the defaults and 0 while nothing was chosen.
///
/// # Errors
/// When the database refuses or holds what are no choices.
pub async fn newest(db: &impl ConnectionTrait, org: OrgId) -> Result<(Choices, i32), DbErr> {
    match of(org).one(db).await? {
        Some(row) => Ok((read(&row)?, row.version)),
        None => Ok((Choices::default(), 0)),
    }
}

/// Every version, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn versions(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<kpi_choices::Model>, DbErr> {
    of(org).all(db).await
}

/// The choices of a version.
///
/// # Errors
/// When they cannot be read.
pub fn read(row: &kpi_choices::Model) -> Result<Choices, DbErr> {
    serde_json::from_str(&row.choices)
        .map_err(|error| DbErr::Custom(format!("kpi_choices {} of {}: {error}", row.version, row.org_id)))
}

/// Adds a version.
///
/// # Errors
/// When the database refuses, or somebody else added the same version.
pub async fn insert(db: &impl ConnectionTrait, row: kpi_choices::Model) -> Result<(), DbErr> {
    kpi_choices::Entity::insert(row.into_active_model()).exec_without_returning(db).await?;
    Ok(())
}

fn of(org: OrgId) -> sea_orm::Select<kpi_choices::Entity> {
    kpi_choices::Entity::find()
        .filter(kpi_choices::Column::OrgId.eq(org.get()))
        .order_by_desc(kpi_choices::Column::Version)
}

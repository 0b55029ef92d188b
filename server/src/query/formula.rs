//! Reads and writes the versions of own KPIs.

use domain::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::entity::kpi_formula;

/// All versions of all own KPIs of an organisation, by key and version.
///
/// # Errors
/// When the database refuses.
pub async fn all(db: &impl ConnectionTrait, org_id: i64) -> Result<Vec<kpi_formula::Model>, DbErr> {
    kpi_formula::Entity::find()
        .filter(kpi_formula::Column::OrgId.eq(org_id))
        .order_by_asc(kpi_formula::Column::Key)
        .order_by_asc(kpi_formula::Column::Version)
        .all(db)
        .await
}

/// Writes a new version.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl ConnectionTrait, row: kpi_formula::Model) -> Result<(), DbErr> {
    let active: kpi_formula::ActiveModel = row.into();
    active.reset_all().insert(db).await?;
    Ok(())
}

/// Sets under which perspective scorecards show a KPI, in all versions of it.
///
/// # Errors
/// When the database refuses.
pub async fn show(db: &impl ConnectionTrait, org_id: i64, key: &str, perspective: Option<String>) -> Result<(), DbErr> {
    kpi_formula::Entity::update_many()
        .set(kpi_formula::ActiveModel { perspective: Set(perspective), ..Default::default() })
        .filter(kpi_formula::Column::OrgId.eq(org_id))
        .filter(kpi_formula::Column::Key.eq(key))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes a KPI out of use, all versions of it.
///
/// # Errors
/// When the database refuses.
pub async fn retire(db: &impl ConnectionTrait, org_id: i64, key: &str, now: Timestamp) -> Result<(), DbErr> {
    kpi_formula::Entity::update_many()
        .set(kpi_formula::ActiveModel { retired_at: Set(Some(now.0)), ..Default::default() })
        .filter(kpi_formula::Column::OrgId.eq(org_id))
        .filter(kpi_formula::Column::Key.eq(key))
        .exec(db)
        .await?;
    Ok(())
}

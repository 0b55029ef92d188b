//! Targets that came in as facts, by which attainment is measured.

use domain::{OrgId, Period};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::entity::quota;

/// The targets on a metric that touch a period.
///
/// # Errors
/// When the database refuses.
pub async fn on(db: &impl ConnectionTrait, org: OrgId, metric: &str, span: Period) -> Result<Vec<quota::Model>, DbErr> {
    quota::Entity::find()
        .filter(quota::Column::OrgId.eq(org.get()))
        .filter(quota::Column::Metric.eq(metric))
        .filter(quota::Column::FromDay.lt(span.to().day_number()))
        .filter(quota::Column::ToDay.gt(span.from().day_number()))
        .order_by_asc(quota::Column::Id)
        .all(db)
        .await
}

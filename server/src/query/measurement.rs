//! Figures of the organisation's own.

use std::collections::BTreeSet;

use domain::OrgId;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::aggregate::Summed;
use super::column::{Table, TextColumn};
use super::kept::Kept;
use crate::entity::measurement;

/// By measure and by the team that it is about: values in millionths.
pub const KEPT: Kept = Kept {
    table: Table::Measurements,
    text: Some(TextColumn::Measure),
    only: None,
    mark: Some("measurement.team_id"),
    sums: &[Summed::Plain("measurement.value_micros")],
    distinct: None,
};

/// Those of the names that were ever measured.
///
/// # Errors
/// When the database refuses.
pub async fn names(
    db: &impl ConnectionTrait,
    org: OrgId,
    asked: impl IntoIterator<Item = &'static str>,
) -> Result<BTreeSet<String>, DbErr> {
    let names: Vec<String> = measurement::Entity::find()
        .select_only()
        .column(measurement::Column::Measure)
        .distinct()
        .filter(measurement::Column::OrgId.eq(org.get()))
        .filter(measurement::Column::Measure.is_in(asked))
        .into_tuple()
        .all(db)
        .await?;
    Ok(BTreeSet::from_iter(names))
}

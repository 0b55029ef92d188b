//! The measures themselves, for formulas that are not in the catalogue.

use std::collections::BTreeSet;

use domain::{Measure, MeasureValue, MeasureValues, Period, Why};
use sea_orm::ConnectionTrait;

use super::cells::{Plan, read};
use super::measures::family_of;
use super::scope::Scope;
use super::time::Window;
use super::{Frame, KpiError, Viewer, Who};

/// Measures of one period, from one reading of the facts. One whose facts are not kept has no data, which is not zero.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses.
pub async fn measured(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    measures: &BTreeSet<Measure>,
    who: Who,
    period: Period,
) -> Result<MeasureValues, KpiError> {
    let scope = Scope::resolve(frame, viewer, who, &[])?;
    let (kept, missing): (BTreeSet<Measure>, BTreeSet<Measure>) =
        measures.iter().copied().partition(|m| family_of(*m).is_some());
    let mut values = if kept.is_empty() {
        MeasureValues::new()
    } else {
        let windows = [Window::new(period, viewer.today)];
        let plan = Plan {
            frame,
            scope: &scope,
            filters: &[],
            measures: kept,
            sets: vec![Vec::new()],
            windows: &windows,
            list_open: false,
        };
        read(db, &plan).await?.values(&(0, 0, Vec::new()))
    };
    for measure in missing {
        values.set(measure, MeasureValue::Not(Why::NoData));
    }
    Ok(values)
}

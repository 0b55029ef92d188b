//! The measures themselves, for formulas that are not in the catalogue.

use std::collections::BTreeSet;

use domain::{Measure, MeasureValues, Period};
use sea_orm::ConnectionTrait;

use super::cells::{Plan, read};
use super::scope::{Scope, Subject};
use super::time::Window;
use super::{Frame, KpiError, Viewer, Who};

/// Measures of one period, each kind of fact read once.
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
    let windows = [Window::new(period, viewer.today)];
    let plan = Plan {
        frame,
        scope: &scope,
        subject: Subject::of(viewer, who),
        filters: &[],
        measures: measures.clone(),
        sets: vec![Vec::new()],
        windows: &windows,
        list_open: false,
        today: viewer.today,
    };
    Ok(read(db, &plan).await?.values(&(0, 0, Vec::new())))
}

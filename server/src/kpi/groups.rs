//! Measures by the values of a text column, for analyses that compare groups or add them up themselves.

use std::collections::BTreeMap;

use domain::{Measure, MeasureValues, Period};
use sea_orm::ConnectionTrait;

use super::asked::About;
use super::cells::{Key, Plan, read};
use super::scope::Scope;
use super::screens::plan;
use super::time::Window;
use super::{Dimension, Frame, KpiError, TextColumn, Viewer};

/// The measures of each value of a column that occurs, period by period; none is blank. One statement a kind of fact,
/// whatever the number of values. Of a period that has not ended, what is dated up to today.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses.
pub async fn groups(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    about: About<'_>,
    periods: &[Period],
    measures: &[Measure],
    column: &TextColumn,
) -> Result<Vec<BTreeMap<Option<String>, MeasureValues>>, KpiError> {
    let by = Dimension::Text(column.clone());
    let scope = Scope::resolve(frame, viewer, about.who, std::slice::from_ref(&by))?;
    let windows: Vec<Window> = periods.iter().map(|p| Window::so_far(*p, viewer.today)).collect();
    let base = plan(frame, viewer, about, &scope, &[], vec![vec![by]], &windows);
    let plan = Plan { measures: measures.iter().copied().collect(), ..base };
    let cells = read(db, &plan).await?;
    let mut all = vec![BTreeMap::new(); periods.len()];
    for place in cells.occupied().into_keys() {
        let value = match place.2.first() {
            Some(Key::Text(text)) => Some(text.clone()),
            _ => None,
        };
        if let Some(of_period) = all.get_mut(place.1) {
            of_period.insert(value, cells.values(&place));
        }
    }
    Ok(all)
}

//! One KPI in several periods, and in the first of them as if the organisation had chosen otherwise where vendors
//! disagree. Subscriptions are read once for all; other facts are read again only for a choice of where leads are
//! counted, which decides what is read.

use std::collections::BTreeSet;

use domain::metric::Choices;
use domain::{Answer, Measure, Period};
use sea_orm::ConnectionTrait;

use super::asked::About;
use super::cells::{Plan, read};
use super::scope::Scope;
use super::screens::{Point, plan, point};
use super::source::{Source, Subscribed};
use super::time::Window;
use super::{Frame, Kpi, KpiError, Viewer};

/// See the module.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternatives {
    /// The periods under what the organisation chose.
    pub points: Vec<Point>,
    /// The first period under each of the other choices.
    pub others: Vec<Answer>,
}

/// Answers one KPI. See the module.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses.
pub async fn alternatives(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    kpi: &Kpi,
    about: About<'_>,
    periods: &[Period],
    others: &[Choices],
) -> Result<Alternatives, KpiError> {
    let scope = Scope::resolve(frame, viewer, about.who, &[])?;
    let windows: Vec<Window> = periods.iter().map(|p| Window::so_far(*p, viewer.today)).collect();
    let frames: Vec<Frame> = others.iter().map(|choices| frame.choosing(*choices)).collect();
    let kpis = std::slice::from_ref(kpi);
    let mut base = plan(frame, viewer, about, &scope, kpis, vec![Vec::new()], &windows);
    // What revenue is made of is decided when all has been read.
    base.measures.extend(frames.iter().flat_map(|other| kpi.needed(other.revenue)));
    base.of_year.extend(frames.iter().flat_map(|other| kpi.needed_of_year(other.revenue)));
    let is_subscribed = base.measures.iter().any(|m| Source::of(*m) == Source::Subscriptions);
    let subscribed = if is_subscribed { Some(Subscribed::read(db, &base).await?) } else { None };
    base.subscribed = subscribed.as_ref();
    let cells = read(db, &base).await?;
    let points = windows.iter().enumerate().map(|w| point(frame, viewer, kpis, &cells, 0, w, Vec::new())).collect();
    let Some(first) = windows.first() else { return Ok(Alternatives { points, others: Vec::new() }) };
    let place = (0, 0, Vec::new());
    let values = cells.values(&place);
    let mut answers = Vec::with_capacity(others.len());
    for other in &frames {
        let again: BTreeSet<Measure> = base.measures.iter().copied().filter(|m| differs(frame, other, *m)).collect();
        let mut values = values.clone();
        if !again.is_empty() {
            let windows = std::slice::from_ref(first);
            let of_year: BTreeSet<Measure> = again.intersection(&base.of_year).copied().collect();
            let plan =
                Plan { frame: other, measures: again.clone(), of_year: of_year.clone(), windows, ..base.clone() };
            let found = read(db, &plan).await?.values(&place);
            again.into_iter().for_each(|measure| values.set(measure, found.get(measure)));
            of_year.into_iter().for_each(|measure| values.set_of_year(measure, found.get_of_year(measure)));
        }
        answers.push(kpi.answer(other.revenue, first.period.last().min(viewer.today), &values));
    }
    Ok(Alternatives { points, others: answers })
}

/// Whether a measure may have another value under other choices.
fn differs(one: &Frame, other: &Frame, measure: Measure) -> bool {
    match Source::of(measure) {
        Source::Subscriptions => one.choices.recurring != other.choices.recurring,
        Source::Customers => one.choices.recurring.usage_fees != other.choices.recurring.usage_fees,
        Source::Campaigns | Source::Leads => one.choices.leads_from != other.choices.leads_from,
        _ => false,
    }
}

//! The deals behind a number.

use std::collections::BTreeMap;

use domain::metric::{DealStatus, Kind, Metric};
use domain::{Date, Measure, Period};
use sea_orm::ConnectionTrait;

use super::measures::family_of;
use super::revenue::needed;
use super::scope::Scope;
use super::{Frame, KpiError, Viewer, Who};
use crate::query::column::Filter;
use crate::query::facts::{self, Cursor, DealRow, Family, RecordQuery, When};

/// Which number, and which part of it.
#[derive(Clone, Debug)]
pub struct Behind {
    /// The metric.
    pub metric: &'static Metric,
    /// Only what is above the line.
    pub numerator_only: bool,
    /// Whose figures.
    pub who: Who,
    /// Only facts with these values.
    pub filters: Vec<Filter>,
    /// Only deals with this in one of their texts.
    pub search: String,
    /// The period.
    pub period: Period,
    /// The day of balances, in place of the period's end or today.
    pub as_of: Option<Date>,
}

/// Deals, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordPage {
    /// The deals.
    pub deals: Vec<DealRow>,
    /// Where the next page starts; none on the last.
    pub next: Option<Cursor>,
}

/// A page of the deals behind a number as screens show it: of a period that has not ended, those dated up to today.
/// Of a metric that mixes decided and open deals, the decided ones.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses.
pub async fn records(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    behind: &Behind,
    after: Option<Cursor>,
    size: u64,
) -> Result<RecordPage, KpiError> {
    // Deals have names on them, so a caller who may see a total only does not see what it is made of.
    let scope = Scope::resolve(frame, viewer, behind.who, &[super::Dimension::Person])?;
    let measures = measures(frame, behind);
    let has = |family: Family| measures.iter().any(|m| family_of(*m) == Some(family));
    // Only deals are listed; a number made of other facts has none behind it.
    if !measures.iter().any(|m| family_of(*m).is_some()) {
        return Ok(RecordPage { deals: Vec::new(), next: None });
    }
    let so_far = behind.period.elapsed(viewer.today);
    let (when, family) = match so_far {
        Some(so_far) if has(Family::Closed) => (When::Closed(so_far), Family::Closed),
        Some(so_far) if has(Family::Began) => (When::Began(so_far), Family::Began),
        None if has(Family::Closed) || has(Family::Began) => return Ok(RecordPage { deals: Vec::new(), next: None }),
        _ => {
            let day = behind.as_of.unwrap_or_else(|| behind.period.last().min(viewer.today));
            (When::OpenAt(day), Family::Open)
        }
    };
    let mut status: Vec<DealStatus> = Vec::new();
    for measure in measures.iter().filter(|m| family_of(**m) == Some(family)) {
        status.extend(measure.def().status.iter().filter(|s| !status.contains(s)).copied().collect::<Vec<_>>());
    }
    let people: Option<&BTreeMap<_, _>> = match &scope {
        Scope::Everybody => None,
        Scope::Dated(spans) => Some(spans),
    };
    let query = RecordQuery {
        org: frame.org,
        when,
        status: &status,
        people,
        filters: &behind.filters,
        search: &behind.search,
        after,
        limit: size + 1,
    };
    let mut deals = facts::records(db, &query).await?;
    let kept = usize::try_from(size).unwrap_or(usize::MAX);
    let has_more = deals.len() > kept;
    deals.truncate(kept);
    let next = if has_more { deals.last().map(|d| d.cursor) } else { None };
    Ok(RecordPage { deals, next })
}

fn measures(frame: &Frame, behind: &Behind) -> Vec<Measure> {
    let needed = needed(frame.revenue, behind.metric);
    match behind.metric.kind {
        Kind::Ratio { numerator, .. } | Kind::Cohort { numerator, .. } if behind.numerator_only => {
            numerator.iter().filter(|m| needed.contains(m)).copied().collect()
        }
        _ => needed.into_iter().collect(),
    }
}

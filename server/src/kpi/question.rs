//! A question and its rows: the one path behind screens, command line and API.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Answer, Date, Grain, Period, PersonId, Unit};
use sea_orm::ConnectionTrait;

use super::cells::{Cells, Key, Place, Plan, read};
use super::scope::{Scope, Subject};
use super::source::Source;
use super::time::{Window, windows};
use super::{Dimension, Frame, Kpi, KpiError, Pair, Viewer, Who};
use crate::query::column::Filter;

/// What is asked.
#[derive(Clone, Debug)]
pub struct KpiQuery {
    /// The KPIs.
    pub metrics: Vec<Kpi>,
    /// The period.
    pub period: Period,
    /// What to break down by.
    pub by: Vec<Dimension>,
    /// Whose figures.
    pub who: Who,
    /// Only facts with these values.
    pub filters: Vec<Filter>,
    /// The two categories of attach rates.
    pub pair: Option<Pair>,
    /// The day of balances, in place of the period's end or today.
    pub as_of: Option<Date>,
    /// Whether parts of the period without facts are listed too, as charts need them.
    pub every_part: bool,
    /// Whether only what is dated up to today counts, as on screens, where a running period shows results and no plans.
    pub so_far: bool,
}

impl KpiQuery {
    /// Totals over a period.
    pub fn new<K: Into<Kpi>>(metrics: Vec<K>, period: Period) -> Self {
        Self {
            metrics: metrics.into_iter().map(Into::into).collect(),
            period,
            by: Vec::new(),
            who: Who::ALL,
            filters: Vec::new(),
            pair: None,
            as_of: None,
            every_part: false,
            so_far: false,
        }
    }
}

/// A value of a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The dimension.
    pub dimension: Dimension,
    /// The value as people read it; none is blank.
    pub text: Option<String>,
    /// Id of the person or team.
    pub id: Option<i64>,
}

/// What a reader must know beside a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// The period has not ended.
    pub partial: bool,
    /// Deals with split credit are in it: sums over people may count one several times.
    pub split: bool,
}

/// An answer.
#[derive(Clone, Debug, PartialEq)]
pub struct KpiRow {
    /// The KPI.
    pub metric: Kpi,
    /// Its unit, whether it has a value or not.
    pub unit: Unit,
    /// What it is of.
    pub by: Vec<Label>,
    /// The days it covers.
    pub period: Period,
    /// The day of its balances.
    pub day: Date,
    /// The answer.
    pub answer: Answer,
    /// What a reader must know.
    pub flags: Flags,
    /// Version of an own KPI's formula.
    pub version: Option<i32>,
}

/// Answers a question. The caller's reach limits it whatever its arguments say.
///
/// # Errors
/// Not found when nothing of it may be seen; too many parts; or the database refuses.
pub async fn ask(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    query: &KpiQuery,
) -> Result<Vec<KpiRow>, KpiError> {
    let scope = Scope::resolve(frame, viewer, query.who, &query.by)?;
    let grains: Vec<Grain> = query
        .by
        .iter()
        .filter_map(|d| match d {
            Dimension::Time(grain) => Some(*grain),
            _ => None,
        })
        .collect();
    let windows = windows(query.period, &grains, &frame.calendar, viewer.today, query.as_of, query.so_far)?;
    let set: Vec<Dimension> = query.by.iter().filter(|d| !d.is_time()).cloned().collect();
    let plan = Plan {
        frame,
        scope: &scope,
        subject: Subject::of(viewer, query.who),
        filters: &query.filters,
        pair: query.pair.as_ref(),
        measures: query.metrics.iter().flat_map(|m| m.needed(frame.revenue)).collect(),
        of_year: query.metrics.iter().flat_map(|m| m.needed_of_year(frame.revenue)).collect(),
        list_open: grains.is_empty() && set.iter().any(|d| *d != Dimension::Person),
        sets: vec![set],
        windows: &windows,
        subscribed: None,
        today: viewer.today,
    };
    let cells = read(db, &plan).await?;
    let mut rows = Vec::new();
    for (place, metrics) in places(&plan, &cells, query) {
        let window = &windows[place.1];
        let flags = Flags { partial: window.period.is_partial(viewer.today), split: cells.is_split(&place) };
        let values = cells.values(&place);
        let by = labels(frame, &query.by, window, &place.2);
        for metric in metrics {
            let (period, day) = (window.period, window.day);
            let last = period.last().min(viewer.today);
            let (answer, unit) = (metric.answer(frame.revenue, last, &values), metric.unit(last));
            let version = match metric {
                Kpi::Catalogue(_) => None,
                Kpi::Own(own) => Some(own.version(last)),
            };
            rows.push(KpiRow { metric: metric.clone(), unit, by: by.clone(), period, day, answer, flags, version });
        }
    }
    Ok(rows)
}

/// The cells that get a row, sorted as rows are read, with the metrics each has one for.
fn places<'q>(plan: &Plan<'_>, cells: &Cells<'_>, query: &'q KpiQuery) -> Vec<(Place, Vec<&'q Kpi>)> {
    let set = &plan.sets[0];
    let by_time = query.by.iter().any(Dimension::is_time);
    let by_person = set.contains(&Dimension::Person);
    let occupied = cells.occupied();
    let mut all: BTreeSet<Place> = occupied.keys().cloned().collect();
    if by_person {
        for (w, window) in plan.windows.iter().enumerate() {
            all.extend(members(plan, &occupied, w, window));
        }
    } else if set.is_empty() && (!by_time || query.every_part) {
        all.extend((0..plan.windows.len()).map(|w| (0, w, Vec::new())));
    }
    let mut in_window = vec![BTreeSet::new(); plan.windows.len()];
    for (place, sources) in &occupied {
        in_window[place.1].extend(sources);
    }
    let sources: Vec<BTreeSet<Source>> =
        query.metrics.iter().map(|m| m.needed(plan.frame.revenue).into_iter().map(Source::of).collect()).collect();
    // A part of the period is listed for a metric in which facts of its kind occur; then with everybody in it. So is a
    // group, whichever dates its facts are taken by.
    let is_listed = |place: &Place, needed: &BTreeSet<Source>| {
        if query.every_part {
            return true;
        }
        let found = if by_person { in_window.get(place.1) } else { occupied.get(place) };
        if by_time {
            return found.is_some_and(|found| !found.is_disjoint(needed));
        }
        let is_kept = |found: &BTreeSet<Source>| found.iter().any(|f| needed.iter().any(|n| n.is_like(*f)));
        by_person || set.is_empty() || needed.is_empty() || found.is_some_and(is_kept)
    };
    let mut sorted: Vec<(Place, Vec<&Kpi>)> = all
        .into_iter()
        .map(|place| {
            let listed = query.metrics.iter().zip(&sources).filter(|(_, needed)| is_listed(&place, needed));
            let metrics = listed.map(|(metric, _)| metric).collect();
            (place, metrics)
        })
        .filter(|(_, metrics): &(Place, Vec<&Kpi>)| !metrics.is_empty())
        .collect();
    sorted.sort_by_cached_key(|(place, _)| sort_key(plan.frame, &query.by, &plan.windows[place.1], place));
    sorted
}

/// Everybody who was a member in the scope during a window, beside every other value that occurs in it.
fn members(
    plan: &Plan<'_>,
    occupied: &BTreeMap<Place, BTreeSet<Source>>,
    w: usize,
    window: &Window,
) -> BTreeSet<Place> {
    let set = &plan.sets[0];
    let texts: Vec<usize> = (0..set.len()).filter(|i| matches!(set[*i], Dimension::Text(_))).collect();
    let in_window = occupied.keys().filter(|place| place.1 == w);
    let mut others: BTreeSet<Vec<Key>> =
        in_window.map(|(_, _, key)| texts.iter().map(|i| key[*i].clone()).collect()).collect();
    if texts.is_empty() {
        others.insert(Vec::new());
    }
    let (from, to) = (window.period.from().day_number(), window.period.to().day_number());
    let mut found = BTreeSet::new();
    for (person, stay) in stays(plan, from, to) {
        for other in &others {
            let mut other = other.iter();
            let key = set.iter().map(|dimension| match dimension {
                Dimension::Person => Key::Person(person),
                Dimension::Team => stay.0.map_or(Key::Blank, Key::Team),
                Dimension::Manager => stay.1.map_or(Key::Blank, Key::Person),
                Dimension::Text(_) | Dimension::Time(_) => other.next().cloned().unwrap_or(Key::Blank),
            });
            found.insert((0, w, key.collect()));
        }
    }
    found
}

type Where = (Option<domain::TeamId>, Option<PersonId>);

/// Who was where in `[from, to)`, as far as the scope reaches. A person asked for by name is listed even if they
/// were nowhere.
fn stays(plan: &Plan<'_>, from: i32, to: i32) -> BTreeSet<(PersonId, Where)> {
    let mut all = BTreeSet::new();
    for (person, member) in &plan.frame.people {
        for stay in &member.stays {
            let (first, end) = (stay.from.max(from), stay.to.min(to));
            if first < end && plan.scope.overlaps(*person, first, end) {
                all.insert((*person, (stay.team, stay.manager)));
            }
        }
    }
    if let Scope::Dated(spans) = plan.scope
        && spans.len() == 1
        && all.is_empty()
    {
        all.extend(spans.keys().map(|p| (*p, (None, None))));
    }
    all
}

/// Order of rows: as the dimensions were asked, time by time, names by their letters, blank last.
fn sort_key(frame: &Frame, by: &[Dimension], window: &Window, place: &Place) -> Vec<(bool, String, String, i64)> {
    labels(frame, by, window, &place.2)
        .into_iter()
        .map(|label| match label.dimension {
            Dimension::Time(_) => (false, String::new(), String::new(), i64::from(window.period.from().day_number())),
            _ => {
                let text = label.text.unwrap_or_default();
                (text.is_empty(), text.to_lowercase(), text, label.id.unwrap_or(0))
            }
        })
        .collect()
}

fn labels(frame: &Frame, by: &[Dimension], window: &Window, key: &[Key]) -> Vec<Label> {
    let (mut names, mut keys) = (window.names.iter(), key.iter());
    by.iter()
        .map(|dimension| {
            let (text, id) = if dimension.is_time() {
                (names.next().cloned(), None)
            } else {
                match keys.next() {
                    Some(Key::Person(p)) => (frame.person_name(*p).map(str::to_owned), Some(p.get())),
                    Some(Key::Team(t)) => (frame.team_name(*t).map(str::to_owned), Some(t.get())),
                    Some(Key::Text(text)) => (Some(text.clone()), None),
                    Some(Key::Blank) | None => (None, None),
                }
            };
            Label { dimension: dimension.clone(), text, id }
        })
        .collect()
}

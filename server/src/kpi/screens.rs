//! Answers in the shapes that screens show, each in as few statements as it can be. Of a period that has not ended
//! they count what is dated up to today.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::formula::Worked;
use domain::{Answer, Figure, Grain, Period, PersonId, TeamId};
use sea_orm::ConnectionTrait;

use super::asked::About;
use super::cells::{Cells, Key, Plan, read};
use super::scope::{Scope, Subject};
use super::time::Window;
use super::{Dimension, Frame, Kpi, KpiError, OwnKpi, Viewer, Who};

/// Answers of one period, in the order of the metrics asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The period.
    pub period: Period,
    /// Its name, such as `2017-03`.
    pub name: String,
    /// Whether it has not ended.
    pub partial: bool,
    /// Whether deals with split credit are in it.
    pub split: bool,
    /// The answers.
    pub answers: Vec<Answer>,
}

/// A person's or team's figures with what they are compared to.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// The period asked.
    pub current: Point,
    /// The period before; of a period that has not ended the same part of it.
    pub previous: Option<Point>,
    /// Months up to the period's last.
    pub months: Vec<Point>,
}

impl Scorecard {
    /// All of its points.
    pub fn points(&self) -> Vec<&Point> {
        std::iter::once(&self.current).chain(&self.previous).chain(&self.months).collect()
    }
}

/// One person on a team's board.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardLine {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The period asked.
    pub current: Point,
    /// The period before, as in [`Scorecard::previous`].
    pub previous: Option<Point>,
}

/// A team's total and its people.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamBoard {
    /// The whole team.
    pub total: Point,
    /// The whole team in the period before.
    pub previous: Option<Point>,
    /// Its people, by name; of a caller who may see the total only, themselves.
    pub people: Vec<BoardLine>,
}

/// Lowest, middle and highest of a team's people, without names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Lowest.
    pub low: Figure,
    /// The middle one, the lower of two.
    pub middle: Figure,
    /// Highest.
    pub high: Figure,
    /// Of how many people.
    pub people: usize,
}

/// Fewest people of which a range is shown, so that nobody can be told from it.
const FEWEST_IN_RANGE: usize = 5;

/// Answers of several periods, from one reading of the facts.
///
/// # Errors
/// Not found when nothing of it may be seen, or the database refuses.
pub async fn points<'a, K: Clone + Into<Kpi>>(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    metrics: &[K],
    about: impl Into<About<'a>>,
    periods: &[Period],
) -> Result<Vec<Point>, KpiError> {
    let (kpis, about) = (kpis(metrics), about.into());
    let scope = Scope::resolve(frame, viewer, about.who, &[])?;
    let windows: Vec<Window> = periods.iter().map(|p| Window::so_far(*p, viewer.today)).collect();
    let plan = plan(frame, viewer, about, &scope, &kpis, vec![Vec::new()], &windows);
    let cells = read(db, &plan).await?;
    Ok(windows.iter().enumerate().map(|w| point(frame, viewer, &kpis, &cells, 0, w, Vec::new())).collect())
}

fn kpis<K: Clone + Into<Kpi>>(all: &[K]) -> Vec<Kpi> {
    all.iter().cloned().map(Into::into).collect()
}

/// One of the organisation's own KPIs in one period, with its parts; none where its versions of that day do not fit.
///
/// # Errors
/// As [`points`].
pub async fn work_out(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    own: &Arc<OwnKpi>,
    about: About<'_>,
    period: Period,
) -> Result<Option<Worked>, KpiError> {
    let scope = Scope::resolve(frame, viewer, about.who, &[])?;
    let windows = [Window::so_far(period, viewer.today)];
    let kpis = [Kpi::Own(Arc::clone(own))];
    let plan = plan(frame, viewer, about, &scope, &kpis, vec![Vec::new()], &windows);
    let values = read(db, &plan).await?.values(&(0, 0, Vec::new()));
    Ok(own.work_out(frame.revenue, period.last().min(viewer.today), &values))
}

/// Months up to the one that holds a period's last day.
///
/// # Errors
/// As [`points`].
pub async fn series<'a, K: Clone + Into<Kpi>>(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    metrics: &[K],
    about: impl Into<About<'a>>,
    period: Period,
    months: usize,
) -> Result<Vec<Point>, KpiError> {
    let periods = Period::series(period.last(), Grain::Month, months, &frame.calendar);
    points(db, frame, viewer, metrics, about, &periods).await
}

/// A person's or team's scorecard.
///
/// # Errors
/// As [`points`].
pub async fn scorecard<'a, K: Clone + Into<Kpi>>(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    metrics: &[K],
    about: impl Into<About<'a>>,
    period: Period,
    months: usize,
) -> Result<Scorecard, KpiError> {
    let mut periods = vec![period];
    let previous = period.same_part_of_previous(viewer.today);
    periods.extend(previous);
    // Months that have not begun say nothing.
    let until = period.last().min(viewer.today.max(period.from()));
    periods.extend(Period::series(until, Grain::Month, months, &frame.calendar));
    let mut all = points(db, frame, viewer, metrics, about, &periods).await?.into_iter();
    let none = || Point { period, name: String::new(), partial: false, split: false, answers: Vec::new() };
    let current = all.next().unwrap_or_else(none);
    let previous = if previous.is_some() { all.next() } else { None };
    Ok(Scorecard { current, previous, months: all.collect() })
}

/// A team's board: its total and one line per person, with the period before.
///
/// # Errors
/// As [`points`].
pub async fn team_board<K: Clone + Into<Kpi>>(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    metrics: &[K],
    team: TeamId,
    period: Period,
) -> Result<TeamBoard, KpiError> {
    let kpis = kpis(metrics);
    let mut windows = vec![Window::so_far(period, viewer.today)];
    windows.extend(period.same_part_of_previous(viewer.today).map(|p| Window::so_far(p, viewer.today)));
    let whole = Scope::resolve(frame, viewer, Who::team(team), &[])?;
    let named = match Scope::resolve(frame, viewer, Who::team(team), &[Dimension::Person]) {
        Ok(scope) => scope,
        // Somebody who may see the total only, and is not in the team's history themselves.
        Err(_) => Scope::Dated(BTreeMap::new()),
    };
    let sets = vec![Vec::new(), vec![Dimension::Person]];
    let plan = plan(frame, viewer, Who::team(team).into(), &whole, &kpis, sets, &windows);
    let cells = read(db, &plan).await?;
    let at = |set: usize, w: usize, key: Vec<Key>| {
        windows.get(w).map(|window| point(frame, viewer, &kpis, &cells, set, (w, window), key))
    };
    let (from, to) = (period.from().day_number(), period.to().day_number());
    let mut people = Vec::new();
    for person in named.people(from, to).unwrap_or_default() {
        let is_member = frame.people.get(&person).is_some_and(|m| {
            m.stays.iter().any(|s| s.from < to && from < s.to && named.overlaps(person, s.from.max(from), s.to.min(to)))
        });
        let key = || vec![Key::Person(person)];
        if let Some(current) = at(1, 0, key()).filter(|_| is_member) {
            let name = frame.person_name(person).unwrap_or_default().to_owned();
            people.push(BoardLine { person, name, current, previous: at(1, 1, key()) });
        }
    }
    people.sort_by_cached_key(|line| (line.name.to_lowercase(), line.name.clone(), line.person));
    let total = at(0, 0, Vec::new()).ok_or(crate::authz::Denied::NotFound)?;
    Ok(TeamBoard { total, previous: at(0, 1, Vec::new()), people })
}

/// The range of a team's people per metric, without names, for whoever may see the team's total; none where fewer
/// than five have a value.
///
/// # Errors
/// As [`points`].
pub async fn team_range<K: Clone + Into<Kpi>>(
    db: &impl ConnectionTrait,
    frame: &Frame,
    viewer: &Viewer,
    metrics: &[K],
    team: TeamId,
    period: Period,
) -> Result<Vec<Option<Range>>, KpiError> {
    let kpis = kpis(metrics);
    let windows = [Window::so_far(period, viewer.today)];
    let whole = Scope::resolve(frame, viewer, Who::team(team), &[])?;
    let sets = vec![vec![Dimension::Person]];
    let plan = plan(frame, viewer, Who::team(team).into(), &whole, &kpis, sets, &windows);
    let cells = read(db, &plan).await?;
    let (from, to) = (period.from().day_number(), period.to().day_number());
    let people = whole.people(from, to).unwrap_or_default();
    let last = period.last().min(viewer.today);
    let ranges = kpis.iter().map(|kpi| {
        let values = people.iter().map(|p| cells.values(&(0, 0, vec![Key::Person(*p)])));
        let answers = values.map(|v| kpi.answer(frame.revenue, last, &v));
        let mut figures: Vec<Figure> = answers.filter_map(|answer| answer.value.into_value()).collect();
        figures.sort_by_key(|f| f.exact);
        let (low, high) = (*figures.first()?, *figures.last()?);
        let middle = figures[(figures.len() - 1) / 2];
        (figures.len() >= FEWEST_IN_RANGE).then_some(Range { low, middle, high, people: figures.len() })
    });
    Ok(ranges.collect())
}

/// What is read for some KPIs.
pub(super) fn plan<'a>(
    frame: &'a Frame,
    viewer: &Viewer,
    about: About<'a>,
    scope: &'a Scope,
    kpis: &[Kpi],
    sets: Vec<Vec<Dimension>>,
    windows: &'a [Window],
) -> Plan<'a> {
    Plan {
        frame,
        scope,
        subject: Subject::of(viewer, about.who),
        filters: about.filters,
        pair: about.pair,
        measures: kpis.iter().flat_map(|kpi| kpi.needed(frame.revenue)).collect(),
        of_year: kpis.iter().flat_map(|kpi| kpi.needed_of_year(frame.revenue)).collect(),
        sets,
        windows,
        list_open: false,
        subscribed: None,
        today: viewer.today,
    }
}

/// The answers of one cell.
pub(super) fn point(
    frame: &Frame,
    viewer: &Viewer,
    kpis: &[Kpi],
    cells: &Cells<'_>,
    set: usize,
    (w, window): (usize, &Window),
    key: Vec<Key>,
) -> Point {
    let place = (set, w, key);
    let values = cells.values(&place);
    let last = window.period.last().min(viewer.today);
    Point {
        period: window.period,
        name: window.period.name(&frame.calendar),
        partial: window.period.is_partial(viewer.today),
        split: cells.is_split(&place),
        answers: kpis.iter().map(|kpi| kpi.answer(frame.revenue, last, &values)).collect(),
    }
}

//! Targets on revenue that came in as facts.
//!
//! A window counts targets whose days `[from, to)` lie in it; one that is longer is not cut. Of whom: those of exactly
//! the organisation, team or person asked about; else those of the teams below, of each branch the highest; else those
//! of the people in the scope, by where they are on the target's first day. About what: with one filter or one
//! breakdown by a text column, those whose `where` says the same; without any, those without `where`, else all values of
//! one column together. Of targets of the same subject that overlap, the longest counts. Where none counts, a longer one
//! that touches the window makes the answer not applicable; without any there is no data.

use std::collections::{BTreeSet, HashMap};

use domain::{Measure, MeasureValue, PersonId, TeamId, Why};
use sea_orm::ConnectionTrait;

use crate::kpi::cells::{Key, MOST_LISTED, Place, Plan, span};
use crate::kpi::scope::Subject;
use crate::kpi::time::Window;
use crate::kpi::{Dimension, KpiError};
use crate::query::quota::{self, Quota};

/// The targets on revenue that touch a question's windows.
#[derive(Debug)]
pub(in crate::kpi) struct Targets {
    all: Vec<Target>,
    /// Per window those that lie in it, and those that touch it.
    windows: Vec<(Rows, Rows)>,
}

/// Places in a list of targets, sorted out once: a board asks about each of its cells.
#[derive(Debug, Default)]
struct Rows {
    /// The columns that any is limited to a value of.
    columns: BTreeSet<String>,
    /// Those of teams and of the organisation.
    own: Vec<usize>,
    /// Of each set of dimensions, those of people in the scope by where they are then.
    people: Vec<HashMap<Vec<Key>, Vec<usize>>>,
}

impl Rows {
    fn of(plan: &Plan<'_>, all: &[Target], is_wanted: impl Fn(&Quota) -> bool) -> Self {
        let mut rows = Self { people: vec![HashMap::new(); plan.sets.len()], ..Self::default() };
        for (i, target) in all.iter().enumerate().filter(|(_, t)| is_wanted(&t.quota)) {
            rows.columns.extend(target.quota.where_column.clone());
            let Some(person) = target.person else {
                rows.own.push(i);
                continue;
            };
            if !target.is_in_scope {
                continue;
            }
            for (set, people) in plan.sets.iter().zip(&mut rows.people) {
                let key = set.iter().map(|dimension| match dimension {
                    Dimension::Person => Key::Person(person),
                    Dimension::Team => target.persons_team.map_or(Key::Blank, Key::Team),
                    Dimension::Manager => target.persons_manager.map_or(Key::Blank, Key::Person),
                    Dimension::Text(_) | Dimension::Time(_) => Key::Blank,
                });
                people.entry(key.collect()).or_default().push(i);
            }
        }
        rows
    }

    /// Those of people in the scope on the target's first day, who then are where the cell says.
    fn people(&self, plan: &Plan<'_>, (set, _, key): &Place) -> &[usize] {
        let key = plan.sets[*set].iter().zip(key).map(|(dimension, key)| match dimension {
            Dimension::Text(_) | Dimension::Time(_) => Key::Blank,
            _ => key.clone(),
        });
        self.people[*set].get(&key.collect::<Vec<_>>()).map_or(&[], Vec::as_slice)
    }
}

/// A target, and where its person is on its first day: looked up once, for each cell asks about each target.
#[derive(Debug)]
struct Target {
    quota: Quota,
    /// Whose it is, if a person's, and the team and manager of that person then.
    person: Option<PersonId>,
    persons_team: Option<TeamId>,
    persons_manager: Option<PersonId>,
    /// Whether that person is in the scope then.
    is_in_scope: bool,
}

impl Target {
    fn of(plan: &Plan<'_>, quota: Quota) -> Self {
        let person = quota.person_id.map(PersonId::new);
        let at = person.zip(i32::try_from(quota.from_day).ok());
        let stay = at.and_then(|(person, day)| plan.frame.stay_at(person, day));
        Self {
            person,
            persons_team: stay.and_then(|s| s.team),
            persons_manager: stay.and_then(|s| s.manager),
            is_in_scope: at.is_some_and(|(person, day)| plan.scope.contains(Some(person), day)),
            quota,
        }
    }
}

/// A text column and its value, as a filter or a cell asks for it.
type Pair = (String, Option<String>);

/// What a target's `where` must be.
enum About {
    /// Nothing.
    Everything,
    /// Any value of this column.
    Column(String),
    /// This.
    Value(Pair),
}

impl About {
    fn fits(&self, quota: &Quota) -> bool {
        match self {
            Self::Everything => quota.where_column.is_none(),
            Self::Column(column) => quota.where_column.as_ref() == Some(column),
            Self::Value((column, value)) => quota.where_column.as_ref() == Some(column) && quota.where_value == *value,
        }
    }
}

impl Targets {
    /// Reads them in one statement.
    pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>) -> Result<Self, KpiError> {
        let Some(span) = span(plan.windows) else { return Ok(Self { all: Vec::new(), windows: Vec::new() }) };
        let people = plan.scope.people(i32::MIN, i32::MAX).filter(|p| p.len() <= MOST_LISTED);
        let people: Option<Vec<PersonId>> = people.map(|p| p.into_iter().collect());
        let rows = quota::on(db, plan.frame.org, "revenue", span, people.as_deref()).await?;
        let all: Vec<Target> = rows.into_iter().map(|row| Target::of(plan, row)).collect();
        let in_window = |window: &Window| {
            let (from, to) = (number(window.period.from()), number(window.period.to()));
            let inside = Rows::of(plan, &all, |quota| quota.from_day >= from && quota.to_day <= to);
            (inside, Rows::of(plan, &all, |quota| quota.from_day < to && quota.to_day > from))
        };
        let windows = plan.windows.iter().map(in_window).collect();
        Ok(Self { all, windows })
    }

    /// The target of a cell; see the module for the rule.
    pub(in crate::kpi) fn value(&self, plan: &Plan<'_>, place: &Place) -> MeasureValue {
        let Some((inside, touching)) = self.windows.get(place.1) else {
            return MeasureValue::nothing(Measure::TargetRevenue);
        };
        let found = self.select(plan, place, inside);
        if !found.is_empty() {
            return sum(found);
        }
        if self.select(plan, place, touching).is_empty() {
            MeasureValue::nothing(Measure::TargetRevenue)
        } else {
            MeasureValue::Not(Why::NotApplicable)
        }
    }

    /// The first targets in the order of the rule.
    fn select<'r>(&'r self, plan: &Plan<'_>, place: &Place, rows: &Rows) -> Vec<&'r Target> {
        let own: Vec<&Target> = rows.own.iter().map(|i| &self.all[*i]).collect();
        let abouts = abouts(plan, place, &rows.columns);
        for whose in [exactly, teams_below] {
            for about in &abouts {
                let fitting: Vec<&Target> = own.iter().filter(|t| about.fits(&t.quota)).copied().collect();
                let found = whose(plan, place, &fitting);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        let people = rows.people(plan, place);
        let of_people = |about: &About| -> Vec<&Target> {
            people.iter().map(|i| &self.all[*i]).filter(|t| about.fits(&t.quota)).collect()
        };
        abouts.iter().map(of_people).find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// Cells that have a target, whether any fact fell into them or not: of the whole, by one text column, or by team.
    pub(in crate::kpi) fn places(&self, plan: &Plan<'_>) -> Vec<Place> {
        let mut all: BTreeSet<Place> = BTreeSet::new();
        for (s, set) in plan.sets.iter().enumerate() {
            let keys: BTreeSet<Vec<Key>> = match set.as_slice() {
                [] => [Vec::new()].into(),
                [dimension] => self.all.iter().filter_map(|row| key_of(dimension, row)).map(|key| vec![key]).collect(),
                _ => continue,
            };
            all.extend((0..plan.windows.len()).flat_map(|w| keys.iter().map(move |key| (s, w, key.clone()))));
        }
        all.retain(|place| matches!(self.value(plan, place), MeasureValue::Money(_)));
        all.into_iter().collect()
    }
}

fn number(day: domain::Date) -> i64 {
    i64::from(day.day_number())
}

fn key_of(dimension: &Dimension, target: &Target) -> Option<Key> {
    match dimension {
        Dimension::Team => target.quota.team_id.filter(|_| target.person.is_none()).map(|t| Key::Team(TeamId::new(t))),
        Dimension::Text(column) if target.quota.where_column.as_deref() == Some(column.name()) => {
            target.quota.where_value.clone().map(Key::Text)
        }
        _ => None,
    }
}

fn abouts(plan: &Plan<'_>, (set, _, key): &Place, columns: &BTreeSet<String>) -> Vec<About> {
    let of_filters = plan.filters.iter().map(|f| (f.column.name().to_owned(), f.value.clone()));
    let of_cell = plan.sets[*set].iter().zip(key).filter_map(|(dimension, key)| match (dimension, key) {
        (Dimension::Text(column), Key::Text(text)) => Some((column.name().to_owned(), Some(text.clone()))),
        (Dimension::Text(column), _) => Some((column.name().to_owned(), None)),
        _ => None,
    });
    let pairs: BTreeSet<Pair> = of_filters.chain(of_cell).collect();
    let mut pairs = pairs.into_iter();
    match (pairs.next(), pairs.next()) {
        (None, _) => {
            let by_column = columns.iter().map(|column| About::Column(column.clone()));
            std::iter::once(About::Everything).chain(by_column).collect()
        }
        (Some(pair), None) => vec![About::Value(pair)],
        // A target says one thing at most.
        (Some(_), Some(_)) => Vec::new(),
    }
}

fn tells_people(plan: &Plan<'_>, place: &Place) -> bool {
    plan.sets[place.0].iter().any(Dimension::needs_person)
}

/// Those of one team, of rows that are no person's.
fn of_team(rows: &[&Target], team: TeamId) -> impl Iterator<Item = usize> {
    (0..rows.len()).filter(move |i| rows[*i].quota.team_id == Some(team.get()))
}

/// Those of the organisation or team itself. A team of a breakdown counts its members' own facts, so only one without
/// teams below it has them.
fn exactly<'r>(plan: &Plan<'_>, place: &Place, rows: &[&'r Target]) -> Vec<&'r Target> {
    let team = |team: TeamId| of_team(rows, team).map(|i| rows[i]).collect();
    if tells_people(plan, place) {
        let ([Dimension::Team], [Key::Team(asked)]) = (&plan.sets[place.0][..], &place.2[..]) else {
            return Vec::new();
        };
        let is_inside = match plan.subject {
            Subject::Organisation => true,
            Subject::Team(root) => plan.frame.tree.subtree(root).contains(asked),
            Subject::People => false,
        };
        return if is_inside && is_leaf(plan, *asked) { team(*asked) } else { Vec::new() };
    }
    match plan.subject {
        Subject::Organisation => rows.iter().filter(|t| t.quota.team_id.is_none()).copied().collect(),
        Subject::Team(asked) => team(asked),
        Subject::People => Vec::new(),
    }
}

fn is_leaf(plan: &Plan<'_>, team: TeamId) -> bool {
    plan.frame.tree.parents.values().all(|parent| *parent != Some(team))
}

/// Those of the teams below, of each branch the highest that has any.
fn teams_below<'r>(plan: &Plan<'_>, place: &Place, rows: &[&'r Target]) -> Vec<&'r Target> {
    let top = match plan.subject {
        _ if tells_people(plan, place) => return Vec::new(),
        Subject::Organisation => None,
        Subject::Team(team) => Some(team),
        Subject::People => return Vec::new(),
    };
    let below = |parent: Option<TeamId>| {
        plan.frame.tree.parents.iter().filter(move |(_, p)| **p == parent).map(|(team, _)| *team)
    };
    let mut found = Vec::new();
    let mut open: Vec<TeamId> = below(top).collect();
    // A tree that runs in a circle is not followed for ever.
    let mut seen = BTreeSet::new();
    while let Some(team) = open.pop() {
        if !seen.insert(team) {
            continue;
        }
        let before = found.len();
        found.extend(of_team(rows, team).map(|i| rows[i]));
        if found.len() == before {
            open.extend(below(Some(team)));
        }
    }
    found
}

/// Σ of values; of targets of the same subject that overlap, the longest.
fn sum(mut rows: Vec<&Target>) -> MeasureValue {
    rows.sort_by_key(|t| (t.quota.from_day - t.quota.to_day, t.quota.from_day, t.quota.id));
    let mut taken: HashMap<_, Vec<&Quota>> = HashMap::new();
    for row in rows.into_iter().map(|target| &target.quota) {
        let subject = (row.person_id, row.team_id, &row.where_column, &row.where_value);
        let of_subject = taken.entry(subject).or_default();
        if !of_subject.iter().any(|t| t.from_day < row.to_day && row.from_day < t.to_day) {
            of_subject.push(row);
        }
    }
    MeasureValue::Money(taken.values().flatten().map(|r| i128::from(r.value_micros)).sum())
}

//! Spreads grouped facts over cells: a cell is one group in one window of time.
//!
//! Facts are read once over the whole range, cut into slots at every boundary that matters (ends of windows, days on
//! which somebody changed teams), and each slot's facts go into every window that holds the slot. So a scorecard
//! with its twelve months and its comparison is one statement.

use std::collections::{BTreeSet, HashMap};

use domain::metric::Aggregation;
use domain::{Currency, Date, Measure, MeasureValues, Period, PersonId, TeamId};
use sea_orm::ConnectionTrait;

use super::measures::{family_of, has_factor};
use super::scope::Scope;
use super::tally::Tally;
use super::time::Window;
use super::{Dimension, Frame, KpiError};
use crate::query::facts::{self, DealGroup, DealQuery, Family, Filter, Part, Stored, TextColumn};

/// More people than this are told apart by the reader instead of being listed in the statement.
const MOST_LISTED: usize = 1_000;

/// A value of a dimension. The order is not that of names: rows are sorted by label.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// A person, as themselves or as a manager.
    Person(PersonId),
    /// A team.
    Team(TeamId),
    /// A text.
    Text(String),
    /// None.
    Blank,
}

/// What is read and how it is grouped.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub frame: &'a Frame,
    pub scope: &'a Scope,
    pub filters: &'a [Filter],
    pub measures: BTreeSet<Measure>,
    /// Each set of dimensions makes groups of its own; time is not among them.
    pub sets: Vec<Vec<Dimension>>,
    pub windows: &'a [Window],
    /// Whether open deals are read even if no measure needs them, because groups that hold only such are listed.
    pub list_open: bool,
}

/// Which cell: the set of dimensions, the window, the values.
pub(super) type Place = (usize, usize, Vec<Key>);

/// All cells that any fact fell into.
#[derive(Debug, Default)]
pub(super) struct Cells(HashMap<Place, Tally>);

impl Cells {
    /// The measures of a cell; nothing if no fact fell into it.
    pub(super) fn values(&self, place: &Place) -> MeasureValues {
        self.0.get(place).map(Tally::values).unwrap_or_default()
    }

    /// The tally of a cell.
    pub(super) fn tally(&self, place: &Place) -> Option<&Tally> {
        self.0.get(place)
    }

    /// The cells there are.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Place, &Tally)> {
        self.0.iter()
    }
}

/// Reads the facts of a plan and spreads them over its cells.
pub(super) async fn read(db: &impl ConnectionTrait, plan: &Plan<'_>) -> Result<Cells, KpiError> {
    let families: BTreeSet<Family> = plan.measures.iter().filter_map(|m| family_of(*m)).collect();
    let needs = |family: Family| families.contains(&family);
    let (Some(from), Some(to)) =
        (plan.windows.iter().map(|w| w.period.from()).min(), plan.windows.iter().map(|w| w.period.to()).max())
    else {
        return Ok(Cells::default());
    };
    let Ok(span) = Period::new(from, to) else {
        return Ok(Cells::default());
    };
    let days: Vec<Date> = BTreeSet::from_iter(plan.windows.iter().map(|w| w.day)).into_iter().collect();
    let reads_open = needs(Family::Open) || plan.list_open;
    let people = people(plan, span, if reads_open { &days } else { &[] });
    if people.as_ref().is_some_and(BTreeSet::is_empty) {
        return Ok(Cells::default());
    }
    let cuts = cuts(plan, span, people.as_ref());
    let mut parts = Vec::new();
    if needs(Family::Closed) || families.is_empty() {
        parts.push(Part::Closed(span, cuts.clone()));
    }
    if needs(Family::Began) {
        parts.push(Part::Began(span, cuts.clone()));
    }
    if reads_open {
        parts.push(Part::Open(days.clone()));
    }
    let by_person = by_person(plan, span, if reads_open { &days } else { &[] }, people.as_ref());
    let listed: Option<Vec<PersonId>> =
        people.as_ref().filter(|p| p.len() <= MOST_LISTED).map(|p| p.iter().copied().collect());
    let columns = columns(plan);
    let roster: Vec<PersonId> = plan.frame.people.keys().copied().collect();
    let roster = (roster.len() <= MOST_LISTED).then_some(&roster[..]);
    let query = DealQuery {
        org: plan.frame.org,
        people: listed.as_deref(),
        by_person,
        columns: &columns,
        filters: plan.filters,
        cycle: plan.measures.iter().any(|m| matches!(m.def().aggregation, Aggregation::Days { .. })),
        probability: false,
        discount: false,
        stored: plan.frame.stored.then_some(Stored { roster, has_split: plan.frame.has_split }),
    };
    let groups = facts::deals(db, &query, &parts).await?;
    let by_factor = by_factor(db, plan, &query, &parts).await?;
    let missing_rate = if groups.iter().any(|g| g.unconverted > 0) {
        facts::first_unconverted(db, plan.frame.org).await?
    } else {
        None
    };
    let slots: Vec<Date> = std::iter::once(from).chain(cuts).collect();
    let mut cells = Cells::default();
    let spread = Spread { plan, columns: &columns, by_person, missing_rate };
    for (groups, with_factor) in [(&groups, false), (&by_factor, true)] {
        for group in groups {
            let dates = if group.family == Family::Open { &days } else { &slots };
            for slot in group.slots.clone() {
                if let Some(day) = dates.get(slot) {
                    spread.add(&mut cells, group, *day, with_factor);
                }
            }
        }
    }
    Ok(cells)
}

/// Reads for measures that take each deal by a factor of its own. Apart, so that what is asked beside them can be read
/// from stored sums.
async fn by_factor(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    query: &DealQuery<'_>,
    parts: &[Part],
) -> Result<Vec<DealGroup>, KpiError> {
    let measures: Vec<Measure> = plan.measures.iter().copied().filter(|m| has_factor(*m)).collect();
    let needs = |family: Family| measures.iter().any(|m| family_of(*m) == Some(family));
    let parts: Vec<Part> = parts.iter().filter(|p| needs(p.family())).cloned().collect();
    let query = DealQuery {
        cycle: false,
        probability: needs(Family::Open),
        discount: needs(Family::Closed),
        stored: None,
        ..query.clone()
    };
    Ok(facts::deals(db, &query, &parts).await?)
}

/// People whose facts are read; none: everybody's.
fn people(plan: &Plan<'_>, span: Period, days: &[Date]) -> Option<BTreeSet<PersonId>> {
    let first = days.first().map_or(span.from(), |d| span.from().min(*d));
    let last = days.last().map_or(span.last(), |d| span.last().max(*d));
    plan.scope.people(first.day_number(), last.day_number() + 1)
}

/// Days on which the period is cut into slots.
fn cuts(plan: &Plan<'_>, span: Period, people: Option<&BTreeSet<PersonId>>) -> Vec<Date> {
    let mut cuts: BTreeSet<Date> = plan.windows.iter().flat_map(|w| [w.period.from(), w.period.to()]).collect();
    cuts.extend(plan.windows.iter().filter_map(|w| w.until.add_days(1)));
    let tells_people = plan.sets.iter().flatten().any(|d| matches!(d, Dimension::Team | Dimension::Manager));
    if tells_people || matches!(plan.scope, Scope::Dated(_)) {
        let moved = |id: &PersonId| people.is_none_or(|p| p.contains(id));
        let stays = plan.frame.people.iter().filter(|(id, _)| moved(id)).flat_map(|(_, m)| &m.stays);
        cuts.extend(stays.flat_map(|s| [s.from, s.to]).filter_map(Date::from_day_number));
    }
    cuts.into_iter().filter(|d| span.from() < *d && *d < span.to()).collect()
}

/// Text columns asked by any set of dimensions.
fn columns(plan: &Plan<'_>) -> Vec<TextColumn> {
    let all = plan.sets.iter().flatten().filter_map(|d| match d {
        Dimension::Text(column) => Some(*column),
        _ => None,
    });
    BTreeSet::from_iter(all).into_iter().collect()
}

/// Whether facts of different people must stay apart to be put where they belong.
fn by_person(plan: &Plan<'_>, span: Period, days: &[Date], people: Option<&BTreeSet<PersonId>>) -> bool {
    if plan.sets.iter().flatten().any(|d| d.needs_person()) {
        return true;
    }
    let Some(people) = people else {
        return false;
    };
    let always = |p: &PersonId| {
        let inside = |day: Date| plan.scope.contains(Some(*p), day.day_number());
        plan.scope.is_whole(*p, span) && days.iter().all(|d| inside(*d))
    };
    people.len() > MOST_LISTED || !people.iter().all(always)
}

/// Puts groups of facts where they belong.
struct Spread<'a> {
    plan: &'a Plan<'a>,
    columns: &'a [TextColumn],
    by_person: bool,
    missing_rate: Option<(Currency, Date)>,
}

impl Spread<'_> {
    fn add(&self, cells: &mut Cells, group: &DealGroup, day: Date, with_factor: bool) {
        let number = day.day_number();
        if self.by_person && !self.plan.scope.contains(group.person, number) {
            return;
        }
        for (w, window) in self.plan.windows.iter().enumerate() {
            let inside = match group.family {
                Family::Open => window.day == day,
                Family::Closed | Family::Began => window.holds(day),
            };
            if !inside {
                continue;
            }
            for (s, set) in self.plan.sets.iter().enumerate() {
                let key = set.iter().map(|d| self.key(*d, group, number)).collect();
                let tally = cells.0.entry((s, w, key)).or_insert_with(|| Tally::new(&self.plan.measures));
                tally.add(group, with_factor, self.missing_rate);
            }
        }
    }

    fn key(&self, dimension: Dimension, group: &DealGroup, day: i32) -> Key {
        let stay = || group.person.and_then(|p| self.plan.frame.stay_at(p, day));
        match dimension {
            Dimension::Person => group.person.map_or(Key::Blank, Key::Person),
            Dimension::Team => stay().and_then(|s| s.team).map_or(Key::Blank, Key::Team),
            Dimension::Manager => stay().and_then(|s| s.manager).map_or(Key::Blank, Key::Person),
            Dimension::Text(column) => {
                let text = self.columns.iter().position(|c| *c == column).and_then(|i| group.texts.get(i));
                text.cloned().flatten().map_or(Key::Blank, Key::Text)
            }
            // Windows divide time.
            Dimension::Time(_) => Key::Blank,
        }
    }
}

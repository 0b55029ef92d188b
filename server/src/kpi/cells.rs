//! Spreads grouped facts over cells: a cell is one group in one window of time.
//!
//! Facts are read once over the whole range, cut into slots at every boundary that matters (ends of windows, days on
//! which somebody changed teams), and each slot's facts go into every window that holds the slot. So a scorecard
//! with its twelve months and its comparison is one statement.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Currency, Date, Measure, MeasureValue, MeasureValues, Period, PersonId, TeamId};
use sea_orm::ConnectionTrait;

use super::measures::{Reading, family_of};
use super::scope::{Scope, Subject};
use super::source::{self, Source, Subscribed, Targets};
use super::tally::Tally;
use super::time::Window;
use super::{Dimension, Frame, KpiError, Pair};
use crate::query::column::{Filter, TextColumn};
use crate::query::facts::{self, DealGroup, DealQuery, Family, Part, Stored};

/// More people than this are told apart by the reader instead of being listed in the statement.
pub(super) const MOST_LISTED: usize = 1_000;

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
#[derive(Clone, Debug)]
pub(super) struct Plan<'a> {
    pub frame: &'a Frame,
    pub scope: &'a Scope,
    /// What the scope is whole of.
    pub subject: Subject,
    pub filters: &'a [Filter],
    /// The two categories of attach rates.
    pub pair: Option<&'a Pair>,
    pub measures: BTreeSet<Measure>,
    /// Those of which the sum since the start of the fiscal year is wanted as well.
    pub of_year: BTreeSet<Measure>,
    /// Each set of dimensions makes groups of its own; time is not among them.
    pub sets: Vec<Vec<Dimension>>,
    pub windows: &'a [Window],
    /// Whether open deals are read even if no measure needs them, because groups that hold only such are listed.
    pub list_open: bool,
    /// Subscriptions that were read before, by another plan of the same scope, filters and groups.
    pub subscribed: Option<&'a Subscribed>,
    pub today: Date,
}

/// Which cell: the set of dimensions, the window, the values.
pub(super) type Place = (usize, usize, Vec<Key>);

/// What other facts than deals make of a cell.
#[derive(Debug, Default)]
struct Other {
    values: MeasureValues,
    sources: BTreeSet<Source>,
}

/// All cells that any fact fell into.
#[derive(Debug)]
pub(super) struct Cells<'a> {
    plan: &'a Plan<'a>,
    deals: HashMap<Place, Tally>,
    others: HashMap<Place, Other>,
    /// Why a measure is not known where no fact says anything of it.
    unknown: MeasureValues,
    targets: Option<Targets>,
    of_year: Option<OfYear>,
}

/// Measures since the start of the fiscal year, up to the end of each window.
#[derive(Debug)]
struct OfYear {
    cells: HashMap<Place, MeasureValues>,
    /// Where no fact says anything of them.
    elsewhere: MeasureValues,
}

impl<'a> Cells<'a> {
    pub(super) fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            deals: HashMap::new(),
            others: HashMap::new(),
            unknown: MeasureValues::new(),
            targets: None,
            of_year: None,
        }
    }

    /// The measures of a cell, whether any fact fell into it or not.
    pub(super) fn values(&self, place: &Place) -> MeasureValues {
        let mut values = self.unknown.clone();
        let set = |values: &mut MeasureValues, other: &MeasureValues| {
            other.iter().for_each(|(measure, value)| values.set(measure, value.clone()));
        };
        if let Some(tally) = self.deals.get(place) {
            set(&mut values, &tally.values());
        }
        if let Some(other) = self.others.get(place) {
            set(&mut values, &other.values);
        }
        if self.plan.measures.contains(&Measure::PeopleActive) {
            values.set(Measure::PeopleActive, source::people_active(self.plan, place));
        }
        if let Some(targets) = &self.targets {
            values.set(Measure::TargetRevenue, targets.value(self.plan, place));
        }
        if let Some(years) = &self.of_year {
            let of_year = years.cells.get(place).unwrap_or(&years.elsewhere);
            self.plan.of_year.iter().for_each(|measure| values.set_of_year(*measure, of_year.get(*measure)));
        }
        values
    }

    /// Sets a measure of a cell, if it is asked for, and notes that facts of this kind fell into the cell.
    pub(super) fn put(&mut self, place: &Place, source: Source, measure: Measure, value: MeasureValue) {
        if !self.plan.measures.contains(&measure) {
            return;
        }
        let other = self.others.entry(place.clone()).or_default();
        other.values.set(measure, value);
        other.sources.insert(source);
    }

    /// Says why a measure is not known where no fact says anything of it.
    pub(super) fn set_unknown(&mut self, measure: Measure, value: MeasureValue) {
        self.unknown.set(measure, value);
    }

    pub(super) fn set_targets(&mut self, targets: Targets) {
        self.targets = Some(targets);
    }

    /// Whether any deal in a cell has its credit split.
    pub(super) fn is_split(&self, place: &Place) -> bool {
        self.deals.get(place).is_some_and(Tally::is_split)
    }

    /// The cells there are, with the kinds of fact in them.
    pub(super) fn occupied(&self) -> BTreeMap<Place, BTreeSet<Source>> {
        let mut all: BTreeMap<Place, BTreeSet<Source>> = BTreeMap::new();
        for (place, tally) in &self.deals {
            all.entry(place.clone()).or_default().extend(tally.families().iter().map(|f| Source::Deals(*f)));
        }
        for (place, other) in &self.others {
            all.entry(place.clone()).or_default().extend(&other.sources);
        }
        if let Some(targets) = &self.targets {
            for place in targets.places(self.plan) {
                all.entry(place).or_default().insert(Source::Targets);
            }
        }
        all
    }
}

/// The day range of all windows; none without windows.
pub(super) fn span(windows: &[Window]) -> Option<Period> {
    let from = windows.iter().map(|w| w.period.from()).min()?;
    let to = windows.iter().map(|w| w.period.to()).max()?;
    Period::new(from, to).ok()
}

/// Reads the facts of a plan and spreads them over its cells.
pub(super) async fn read<'a>(db: &impl ConnectionTrait, plan: &'a Plan<'a>) -> Result<Cells<'a>, KpiError> {
    let mut cells = read_windows(db, plan).await?;
    if !plan.of_year.is_empty() {
        cells.of_year = Some(read_years(db, plan).await?);
    }
    Ok(cells)
}

/// Reads the same once more, each window from the start of its fiscal year on.
async fn read_years(db: &impl ConnectionTrait, plan: &Plan<'_>) -> Result<OfYear, KpiError> {
    let windows: Vec<Window> = plan.windows.iter().map(|window| window.of_year(&plan.frame.calendar)).collect();
    let (measures, of_year) = (plan.of_year.clone(), BTreeSet::new());
    let years = Plan { windows: &windows, measures, of_year, list_open: false, ..plan.clone() };
    let cells = read_windows(db, &years).await?;
    let places: BTreeSet<&Place> = cells.deals.keys().chain(cells.others.keys()).collect();
    let values = places.into_iter().map(|place| (place.clone(), cells.values(place))).collect();
    Ok(OfYear { cells: values, elsewhere: cells.unknown.clone() })
}

async fn read_windows<'a>(db: &impl ConnectionTrait, plan: &'a Plan<'a>) -> Result<Cells<'a>, KpiError> {
    let mut cells = Cells::new(plan);
    if plan.measures.iter().any(|m| family_of(*m).is_some()) {
        read_deals(db, plan, &mut cells).await?;
    }
    source::read(db, plan, &mut cells).await?;
    Ok(cells)
}

async fn read_deals(db: &impl ConnectionTrait, plan: &Plan<'_>, cells: &mut Cells<'_>) -> Result<(), KpiError> {
    let families: BTreeSet<Family> = plan.measures.iter().filter_map(|m| family_of(*m)).collect();
    let needs = |family: Family| families.contains(&family);
    let Some(span) = span(plan.windows) else {
        return Ok(());
    };
    let days: Vec<Date> = BTreeSet::from_iter(plan.windows.iter().map(|w| w.day)).into_iter().collect();
    let reads_open = needs(Family::Open) || plan.list_open;
    let people = people(plan, span, if reads_open { &days } else { &[] });
    if people.as_ref().is_some_and(BTreeSet::is_empty) {
        return Ok(());
    }
    let cuts = cuts(plan, span, people.as_ref());
    let mut parts = Vec::new();
    if needs(Family::Closed) {
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
        cycle: plan.measures.contains(&Measure::CycleDaysWon),
        cycle_lost: false,
        probability: false,
        discount: false,
        stored: plan.frame.stored.then_some(Stored { roster, has_split: plan.frame.has_split }),
    };
    let groups = facts::deals(db, &query, &parts).await?;
    let by_factor = by_factor(db, plan, &query, &parts).await?;
    let by_cycle = by_cycle(db, plan, &query, &parts).await?;
    let missing_rate = if groups.iter().any(|g| g.unconverted > 0) {
        facts::first_unconverted(db, plan.frame.org).await?
    } else {
        None
    };
    let slots: Vec<Date> = std::iter::once(span.from()).chain(cuts).collect();
    let spread = Spread { plan, columns: &columns, by_person, missing_rate };
    for (groups, reading) in [(&groups, Reading::Sums), (&by_factor, Reading::Factor), (&by_cycle, Reading::Cycle)] {
        for group in groups {
            let dates = if group.family == Family::Open { &days } else { &slots };
            for slot in group.slots.clone() {
                if let Some(day) = dates.get(slot) {
                    spread.add(cells, group, *day, reading);
                }
            }
        }
    }
    Ok(())
}

/// Reads for measures that take each deal by a factor of its own. Apart, so that what is asked beside them can be read
/// from stored sums.
async fn by_factor(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    query: &DealQuery<'_>,
    parts: &[Part],
) -> Result<Vec<DealGroup>, KpiError> {
    let measures: Vec<Measure> = plan.measures.iter().copied().filter(|m| Reading::of(*m) == Reading::Factor).collect();
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

/// Reads for measures of the days that deals lost took.
async fn by_cycle(
    db: &impl ConnectionTrait,
    plan: &Plan<'_>,
    query: &DealQuery<'_>,
    parts: &[Part],
) -> Result<Vec<DealGroup>, KpiError> {
    if !plan.measures.iter().any(|m| Reading::of(*m) == Reading::Cycle) {
        return Ok(Vec::new());
    }
    let parts: Vec<Part> = parts.iter().filter(|p| p.family() == Family::Closed).cloned().collect();
    let query = DealQuery { cycle: true, cycle_lost: true, stored: None, ..query.clone() };
    Ok(facts::deals(db, &query, &parts).await?)
}

/// People whose facts are read; none: everybody's.
pub(super) fn people(plan: &Plan<'_>, span: Period, days: &[Date]) -> Option<BTreeSet<PersonId>> {
    let first = days.first().map_or(span.from(), |d| span.from().min(*d));
    let last = days.last().map_or(span.last(), |d| span.last().max(*d));
    plan.scope.people(first.day_number(), last.day_number() + 1)
}

/// Days on which the period is cut into slots.
pub(super) fn cuts(plan: &Plan<'_>, span: Period, people: Option<&BTreeSet<PersonId>>) -> Vec<Date> {
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
pub(super) fn columns(plan: &Plan<'_>) -> Vec<TextColumn> {
    let all = plan.sets.iter().flatten().filter_map(|d| match d {
        Dimension::Text(column) => Some(column.clone()),
        _ => None,
    });
    BTreeSet::from_iter(all).into_iter().collect()
}

/// Whether facts of different people must stay apart to be put where they belong.
pub(super) fn by_person(plan: &Plan<'_>, span: Period, days: &[Date], people: Option<&BTreeSet<PersonId>>) -> bool {
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
    fn add(&self, cells: &mut Cells, group: &DealGroup, day: Date, reading: Reading) {
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
            for (s, key) in keys(self.plan, self.columns, group.person, &group.texts, number).into_iter().enumerate() {
                let tally = cells.deals.entry((s, w, key)).or_insert_with(|| Tally::new(&self.plan.measures));
                tally.add(group, reading, self.missing_rate);
            }
        }
    }
}

/// The values of the dimensions of each set, for a person's fact of a day with these values of the text columns.
pub(super) fn keys(
    plan: &Plan<'_>,
    columns: &[TextColumn],
    person: Option<PersonId>,
    texts: &[Option<String>],
    day: i32,
) -> Vec<Vec<Key>> {
    let stay = || person.and_then(|p| plan.frame.stay_at(p, day));
    let key = |dimension: &Dimension| match dimension {
        Dimension::Person => person.map_or(Key::Blank, Key::Person),
        Dimension::Team => stay().and_then(|s| s.team).map_or(Key::Blank, Key::Team),
        Dimension::Manager => stay().and_then(|s| s.manager).map_or(Key::Blank, Key::Person),
        Dimension::Text(column) => {
            let text = columns.iter().position(|c| c == column).and_then(|i| texts.get(i));
            text.cloned().flatten().map_or(Key::Blank, Key::Text)
        }
        // Windows divide time.
        Dimension::Time(_) => Key::Blank,
    };
    plan.sets.iter().map(|set| set.iter().map(key).collect()).collect()
}

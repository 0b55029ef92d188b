//! The yearly grid of the targets that came in as facts: people × months of one KPI. A target of the grid is one of a
//! person, of exactly a month, without `where`.

mod file;
mod save;

use std::collections::{BTreeSet, HashMap};

use app::caller::Caller;
use app::targets::data::{GridCell, GridQuery, GridRow, GridView};
use domain::metric::{Metric, OverTime, catalogue};
use domain::policy::{Action, Relation};
use domain::read::Sign;
use domain::target::Who;
use domain::{Date, Grain, Locale, Micros, Period, PersonId, TeamId, format};
use sea_orm::ConnectionTrait;

use super::rights::sets;
use crate::authz::Denied;
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::import::fact::Table as FactTable;
use crate::import::kind::targets::TABLE;
use crate::import::store::facts::{Stored, number};
use crate::query;
use crate::service::desk::Desk;
use crate::service::export::{Table, columns, unit};
use crate::state::AppState;
use crate::words::Words;

pub(super) use file::save_file;
pub(super) use save::save;

/// KPI of a grid that names none; attainment is measured against it.
const USUAL: &str = "revenue";
/// People of a page: more fields than theirs a form does not take.
const PAGE: usize = 100;
/// Years before and after the one shown that can be chosen.
const YEARS: i32 = 2;

const FROM: usize = FactTable::find(TABLE.columns, "from_day");
const TO: usize = FactTable::find(TABLE.columns, "to_day");
const VALUE: usize = FactTable::find(TABLE.columns, "value_micros");

/// Somebody whom the caller sets targets for.
struct Person {
    id: PersonId,
    name: String,
    key: String,
}

/// A grid, once it is known that the caller may change it.
struct Grid {
    desk: Desk,
    query: GridQuery,
    metric: &'static Metric,
    year: Period,
    /// First days of the twelve months, with the days after their last.
    months: Vec<(Date, Date)>,
    /// Everybody, by name.
    people: Vec<Person>,
}

impl Grid {
    async fn open(state: &AppState, caller: &Caller, asked: GridQuery) -> ServiceResult<Self> {
        let desk = Desk::read(state, caller).await?;
        desk.access.require(Action::SetTarget, Relation::Below)?;
        let calendar = &desk.frame.calendar;
        let year = match asked.year.as_str() {
            "" => Period::containing(caller.today, Grain::Year, calendar),
            name => Period::parse(name, calendar).ok(),
        };
        let year = year.filter(|p| p.from().add_months(12) == Some(p.to())).ok_or(Denied::NotFound)?;
        let kpi = if asked.kpi.is_empty() { USUAL } else { &asked.kpi };
        let metric = catalogue::find(kpi).filter(|m| crate::kpi::loaded().any(|l| l.id == m.id));
        let metric = metric.ok_or(Denied::NotFound)?;
        let team = match asked.team.as_str() {
            "" => None,
            id => Some(id.parse::<TeamId>().map_err(|_| Denied::NotFound)?),
        };
        if team.is_some_and(|t| !desk.frame.tree.parents.contains_key(&t) || !sets(&desk.access, Who::Team(t))) {
            return Err(Denied::NotFound.into());
        }
        let within = team.map(|team| desk.frame.tree.subtree(team));
        let people = people(&desk, year, within.as_ref());
        let month = |i: i32| Some((year.from().add_months(i)?, year.from().add_months(i + 1)?));
        let months = (0..12).filter_map(month).collect();
        let query = GridQuery { year: year.name(calendar), kpi: metric.id.to_owned(), ..asked };
        Ok(Self { query, metric, year, months, people, desk })
    }

    /// Those of some people, by person and first day.
    async fn stored(
        &self,
        db: &impl ConnectionTrait,
        people: &[Person],
    ) -> ServiceResult<HashMap<(i64, i64), (String, Stored)>> {
        let ids = people.iter().map(|p| p.id.get());
        let rows = query::quota::of_people(db, self.desk.caller.org_id, self.metric.id, ids, self.year).await?;
        let placed = rows.into_iter().filter_map(|(key, row)| {
            let (person, from, to) =
                (number(&row.cells, TABLE.person?)?, number(&row.cells, FROM)?, number(&row.cells, TO)?);
            let is_month = |(first, next): &(Date, Date)| (day(*first), day(*next)) == (from, to);
            self.months.iter().any(is_month).then_some(((person, from), (key, row)))
        });
        Ok(placed.collect())
    }

    /// Whether months and people add up.
    fn adds_up(&self) -> bool {
        self.metric.roll_up.time == OverTime::Sum
    }
}

/// Everybody whom the caller sets targets for and who was there in the year, in these teams if any are named.
fn people(desk: &Desk, year: Period, within: Option<&BTreeSet<TeamId>>) -> Vec<Person> {
    let (from, to) = (year.from().day_number(), year.to().day_number());
    let found = desk.frame.people.iter().filter(|(id, member)| {
        let mut stays = member.stays.iter().filter(|s| s.from < to && s.to > from);
        let is_there = stays.any(|s| within.is_none_or(|teams| s.team.is_some_and(|t| teams.contains(&t))));
        is_there && sets(&desk.access, Who::Person(**id))
    });
    let person = |(id, member): (&PersonId, &crate::kpi::Member)| Person {
        id: *id,
        name: member.name.clone(),
        key: member.key.clone(),
    };
    let mut all: Vec<Person> = found.map(person).collect();
    all.sort_by_cached_key(|p| (p.name.to_lowercase(), p.id));
    all
}

fn day(date: Date) -> i64 {
    i64::from(date.day_number())
}

fn code(month: Date) -> String {
    format!("{:04}-{:02}", month.year(), month.month())
}

/// The name of a cell's field. It begins with a letter: digits would be taken for places in a list.
fn cell_name(person: PersonId, month: Date) -> String {
    format!("p{person}-{}", code(month))
}

fn sign_of(locale: Locale) -> Sign {
    match locale {
        Locale::Nl => Sign::Comma,
        Locale::En => Sign::Dot,
    }
}

/// A value as it is typed: without marks between thousands.
fn shown(locale: Locale, micros: i64) -> String {
    let plain = Micros(micros).to_string();
    if sign_of(locale) == Sign::Comma { plain.replace('.', ",") } else { plain }
}

/// A page of the grid.
pub(super) async fn view(state: &AppState, caller: &Caller, asked: GridQuery) -> ServiceResult<GridView> {
    let grid = Grid::open(state, caller, asked).await?;
    let (locale, texts) = (caller.locale, grid.desk.texts);
    let stored = grid.stored(&state.db, &grid.people).await?;
    let value = |person: &Person, month: Date| {
        stored.get(&(person.id.get(), day(month))).and_then(|(_, row)| number(&row.cells, VALUE))
    };
    let said = |sum: i128| i64::try_from(sum).map(|sum| total(locale, sum)).unwrap_or_default();
    let skip: usize = grid.query.skip.parse().unwrap_or(0);
    let rows = grid.people.iter().skip(skip).take(PAGE).map(|person| {
        let cells = grid.months.iter().map(|(month, _)| GridCell {
            name: cell_name(person.id, *month),
            value: value(person, *month).map(|n| shown(locale, n)).unwrap_or_default(),
        });
        let sum = grid.months.iter().filter_map(|(month, _)| value(person, *month)).map(i128::from).sum();
        GridRow {
            person: person.id,
            name: person.name.clone(),
            cells: cells.collect(),
            sum: if grid.adds_up() { said(sum) } else { String::new() },
        }
    });
    let of_month =
        |month: Date| -> i128 { grid.people.iter().filter_map(|person| value(person, month)).map(i128::from).sum() };
    let mut sums: Vec<i128> = grid.months.iter().map(|(month, _)| of_month(*month)).collect();
    sums.push(sums.iter().sum());
    let tree = &grid.desk.frame.tree;
    let mut teams: Vec<(String, String)> = tree
        .parents
        .keys()
        .filter(|team| sets(&grid.desk.access, Who::Team(**team)))
        .map(|team| (team.to_string(), tree.path(*team)))
        .collect();
    teams.sort_by_cached_key(|(_, path)| path.to_lowercase());
    let calendar = &grid.desk.frame.calendar;
    let years = (-YEARS..=YEARS).filter_map(|n| {
        let from = grid.year.from().add_months(12 * n)?;
        Some(Period::containing(from, Grain::Year, calendar)?.name(calendar))
    });
    let month = |(month, _): &(Date, Date)| format!("{} {}", format::month_short(locale, month.month()), month.year());
    Ok(GridView {
        years: years.collect(),
        kpis: crate::kpi::loaded().map(|m| (m.id.to_owned(), texts.t(&format!("metric.{}.name", m.id)))).collect(),
        teams,
        unit: grid.metric.unit.code().to_owned(),
        months: grid.months.iter().map(month).collect(),
        rows: rows.collect(),
        sums: if grid.adds_up() { sums.into_iter().map(said).collect() } else { Vec::new() },
        people: u32::try_from(grid.people.len()).unwrap_or(u32::MAX),
        next: u32::try_from(skip + PAGE).ok().filter(|_| grid.people.len() > skip + PAGE),
        query: grid.query,
    })
}

/// A sum as it is read: whole ones with marks between thousands.
fn total(locale: Locale, micros: i64) -> String {
    let per_unit = domain::money::MICROS_PER_UNIT;
    if micros % per_unit == 0 { format::count(locale, micros / per_unit) } else { shown(locale, micros) }
}

/// The whole grid for a file, which can be sent back as it is.
pub(in crate::service) async fn table(state: &AppState, caller: &Caller, asked: GridQuery) -> ServiceResult<Table> {
    let grid = Grid::open(state, caller, asked).await?;
    let words = Words(caller.locale);
    let stored = grid.stored(&state.db, &grid.people).await?;
    let rows = grid.people.iter().map(|person| {
        let values = grid.months.iter().map(|(month, _)| {
            let row = stored.get(&(person.id.get(), day(*month)));
            Cell::number(row.and_then(|(_, row)| number(&row.cells, VALUE)).map(|n| Micros(n).to_string()))
        });
        [Cell::text(&person.key), Cell::text(&person.name)].into_iter().chain(values).collect()
    });
    let mut names = columns(words, &["person", "name"]);
    names.extend(grid.months.iter().map(|(month, _)| code(*month)));
    let team = grid.query.team.parse().ok().map(|team| grid.desk.frame.tree.path(team)).unwrap_or_default();
    Ok(Table {
        title: words.t("targets.grid.title"),
        about: vec![
            (words.t("export.col.metric"), words.t(&format!("metric.{}.name", grid.metric.id))),
            (words.t("targets.grid.year"), grid.query.year.clone()),
            (words.t("targets.grid.team"), team),
            (words.t("export.col.unit"), unit(words, caller, grid.metric.unit.code())),
        ],
        metrics: vec![grid.metric.id.to_owned()],
        columns: names,
        rows: rows.collect(),
        next: None,
    })
}

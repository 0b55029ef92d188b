//! Measurements: figures of the organisation's own, such as what selling cost.

use super::{Column, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table};
use crate::import::fault::{Code, Fault};

/// The columns of measurements.
pub const COLUMNS: &[Column] = &[
    required("date", Type::Date, &["day", "measuredon", "datum", "dag"]),
    required("measure", Type::Text(SHORT), &["name", "kpi", "figure", "meting", "grootheid"]),
    required("value", Type::Number, &["amount", "number", "waarde", "bedrag", "aantal"]),
    column("person", Type::Person, &["salesperson", "salesrep", "owner", "rep", "verkoper", "medewerker"]),
    column("team", Type::Team, &["salesteam", "department", "afdeling"]),
];

const DB: &[(&str, Sort)] = &[
    ("day", Sort::Int),
    ("measure", Sort::Text),
    ("value_micros", Sort::Int),
    ("person_id", Sort::Int),
    ("team_id", Sort::Int),
];

/// Where measurements are kept.
pub const TABLE: Table = Table {
    name: "measurement",
    columns: DB,
    day: Table::find(DB, "day"),
    person: Some(Table::find(DB, "person_id")),
    team: Some(Table::find(DB, "team_id")),
    currency: None,
    foreign: None,
    convert: &[],
};

/// Reads a row: of a person, of a team, or of the organisation.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [date, measure, value, person, team] = [0, 1, 2, 3, 4];
    let day = row.date(date)?.ok_or_else(|| row.fault(date, Code::Blank))?;
    let name = row.required(measure)?;
    let number = row.plain(value)?.ok_or_else(|| row.fault(value, Code::Blank))?;
    let who = match (row.text(person)?, row.text(team)?) {
        (Some(person), None) => Named::Person(person.to_owned()),
        (None, Some(team)) => Named::Team(team.to_owned()),
        (None, None) => Named::Nobody,
        (Some(_), Some(team)) => return Err(row.fault(person, Code::AmbiguousWho).with("value", team)),
    };
    let cells = vec![Cell::day(day), Cell::is(name), Cell::Int(Some(number.micros.0)), Cell::LATER, Cell::LATER];
    let fact = Fact::new(row, Identity::Key(vec![day.to_string(), name.to_owned()]), cells)?;
    Ok(Fact { who, keyed_by_who: true, rounded: number.rounded, ..fact })
}

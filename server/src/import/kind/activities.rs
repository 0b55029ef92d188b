//! Activities: what a person did on a day, by type.

use super::{Column, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table};
use crate::import::fault::{Code, Fault};

/// Types of activity.
pub const TYPES: &[&str] = &["call", "meeting", "e-mail", "demo", "proposal", "other"];

/// The columns of activities.
pub const COLUMNS: &[Column] = &[
    required("date", Type::Date, &["day", "activitydate", "datum", "dag"]),
    required("person", Type::Person, &["salesperson", "salesrep", "owner", "rep", "user", "verkoper", "medewerker"]),
    required("type", Type::Choice(TYPES), &["activitytype", "activity", "soort", "activiteit"]),
    column("count", Type::Count, &["number", "quantity", "aantal"]),
];

const DB: &[(&str, Sort)] =
    &[("day", Sort::Int), ("person_id", Sort::Int), ("activity_type", Sort::Text), ("count", Sort::Int)];

/// Where activities are kept.
pub const TABLE: Table = Table {
    name: "activity",
    columns: DB,
    day: Table::find(DB, "day"),
    person: Some(Table::find(DB, "person_id")),
    team: None,
    currency: None,
    foreign: None,
    convert: &[],
};

/// Reads a row. Without a count it is one.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [date, person, kind, count] = [0, 1, 2, 3];
    let day = row.date(date)?.ok_or_else(|| row.fault(date, Code::Blank))?;
    let who = row.required(person)?;
    let chosen = row.choice(kind)?.ok_or_else(|| row.fault(kind, Code::Blank))?;
    let name = TYPES.get(chosen).copied().unwrap_or("other");
    let cells = vec![Cell::day(day), Cell::LATER, Cell::is(name), Cell::Int(Some(row.count(count)?.unwrap_or(1)))];
    let fact = Fact::new(row, Identity::Key(vec![day.to_string(), name.to_owned()]), cells)?;
    Ok(Fact { who: Named::Person(who.to_owned()), keyed_by_who: true, ..fact })
}

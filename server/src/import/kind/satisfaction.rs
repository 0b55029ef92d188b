//! Satisfaction: answers of customers on a scale.

use super::{Column, LONG, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table};
use crate::import::fault::{Code, Fault};

/// Scales.
pub const SCALES: &[&str] = &["csat", "nps"];

/// The columns of satisfaction.
pub const COLUMNS: &[Column] = &[
    required("date", Type::Date, &["day", "answeredon", "responsedate", "datum", "dag"]),
    required("scale", Type::Choice(SCALES), &["type", "survey", "schaal", "onderzoek"]),
    required("score", Type::Number, &["rating", "answer", "cijfer", "antwoord"]),
    column("customer", Type::Text(LONG), &["customerid", "customername", "account", "klant", "klantnaam"]),
    column("person", Type::Person, &["salesperson", "salesrep", "owner", "rep", "verkoper", "medewerker"]),
];

const DB: &[(&str, Sort)] = &[
    ("day", Sort::Int),
    ("scale", Sort::Text),
    ("score_micros", Sort::Int),
    ("customer", Sort::Text),
    ("person_id", Sort::Int),
];

/// Where answers are kept.
pub const TABLE: Table = Table {
    name: "satisfaction",
    columns: DB,
    day: Table::find(DB, "day"),
    person: Some(Table::find(DB, "person_id")),
    team: None,
    currency: None,
    foreign: None,
    convert: &[],
};

/// Reads a row. Whether somebody would recommend is answered by a whole number from 0 to 10.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [date, scale, score, customer, person] = [0, 1, 2, 3, 4];
    let day = row.date(date)?.ok_or_else(|| row.fault(date, Code::Blank))?;
    let chosen = row.choice(scale)?.ok_or_else(|| row.fault(scale, Code::Blank))?;
    let name = SCALES.get(chosen).copied().unwrap_or("csat");
    let value = row.plain(score)?.ok_or_else(|| row.fault(score, Code::Blank))?;
    let text = row.value(score).unwrap_or_default();
    let (low, high) = if name == "nps" { (0, 10) } else { (0, 100) };
    if !(low * 1_000_000..=high * 1_000_000).contains(&value.micros.0) {
        return Err(row.fault(score, Code::OutOfRange).with("value", text).with("low", low).with("high", high));
    }
    if name == "nps" && value.micros.0 % 1_000_000 != 0 {
        return Err(row.fault(score, Code::NotWhole).with("value", text));
    }
    let cells =
        vec![Cell::day(day), Cell::is(name), Cell::Int(Some(value.micros.0)), Cell::text(row, customer)?, Cell::LATER];
    let asked = row.value(customer).unwrap_or_default().to_owned();
    let content = vec![day.to_string(), name.to_owned(), value.micros.to_string(), asked];
    let fact = Fact::new(row, Identity::Content(content), cells)?;
    Ok(Fact { who: Named::person(row, person)?, rounded: value.rounded, ..fact })
}

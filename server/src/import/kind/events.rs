//! Events: what happened, so that charts can show it and comparisons can turn on it.

use super::{Column, LONG, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Sort, Table};
use crate::import::fault::{Code, Fault};

/// Kinds of event.
pub const KINDS: &[&str] =
    &["price_change", "campaign", "training", "approach", "holiday", "product", "process", "other"];

/// The columns of events.
pub const COLUMNS: &[Column] = &[
    required("date", Type::Date, &["day", "datum", "dag"]),
    required("title", Type::Text(SHORT), &["name", "event", "description", "titel", "gebeurtenis", "omschrijving"]),
    column("kind", Type::Choice(KINDS), &["type", "soort"]),
    column("scope", Type::Text(LONG), &["touched", "who", "bereik", "geraakt"]),
];

const DB: &[(&str, Sort)] = &[("day", Sort::Int), ("title", Sort::Text), ("kind", Sort::Text), ("scope", Sort::Text)];

/// Where events are kept.
pub const TABLE: Table = Table {
    name: "event",
    columns: DB,
    day: Table::find(DB, "day"),
    person: None,
    team: None,
    currency: None,
    foreign: None,
    convert: &[],
};

/// Reads a row. The scope names who was touched: `plan=Pro`, `team=East`; blank is everybody.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [date, title, kind, scope] = [0, 1, 2, 3];
    let day = row.date(date)?.ok_or_else(|| row.fault(date, Code::Blank))?;
    let name = row.required(title)?;
    if let Some(text) = row.text(scope)?
        && text.split_once('=').is_none_or(|(a, b)| a.trim().is_empty() || b.trim().is_empty())
    {
        return Err(row.fault(scope, Code::BadWhere).with("value", text));
    }
    let chosen = row.choice(kind)?.and_then(|at| KINDS.get(at)).copied();
    let kind_cell = if row.provides(kind) { Cell::is(chosen.unwrap_or("other")) } else { Cell::Keep };
    let cells = vec![Cell::day(day), Cell::is(name), kind_cell, Cell::text(row, scope)?];
    Fact::new(row, Identity::Key(vec![day.to_string(), name.to_owned()]), cells)
}

//! Targets: what a person, a team or the organisation should reach on a metric in a period.

use domain::metric::{Unit, catalogue};
use domain::read::{read_month, read_quarter};
use domain::{Date, Ratio};

use super::{Column, LONG, SHORT, Type, column, required};
use crate::import::bind::Row;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table};
use crate::import::fault::{Code, Fault};
use crate::import::label;

/// The columns of targets.
pub const COLUMNS: &[Column] = &[
    required("metric", Type::Id, &["kpi", "measure", "meting"]),
    column("who", Type::Who, &["person", "team", "owner", "salesperson", "rep", "verkoper", "persoon", "wie"]),
    column("from", Type::Date, &["start", "startdate", "van", "vanaf", "begindatum"]),
    column("to", Type::Date, &["end", "enddate", "until", "tot", "einddatum"]),
    column("month", Type::Month, &["maand", "monthoforderdate", "targetmonth"]),
    column("quarter", Type::Quarter, &["kwartaal"]),
    required("value", Type::Number, &["target", "goal", "quota", "doel", "waarde", "targetvalue"]),
    column("where", Type::Text(LONG), &["filter", "waar"]),
];

const DB: &[(&str, Sort)] = &[
    ("metric", Sort::Text),
    ("person_id", Sort::Int),
    ("team_id", Sort::Int),
    ("from_day", Sort::Int),
    ("to_day", Sort::Int),
    ("value_micros", Sort::Int),
    ("where_column", Sort::Text),
    ("where_value", Sort::Text),
];

/// Where targets are kept.
pub const TABLE: Table = Table {
    name: "quota",
    columns: DB,
    day: Table::find(DB, "from_day"),
    person: Some(Table::find(DB, "person_id")),
    team: Some(Table::find(DB, "team_id")),
    currency: None,
    foreign: None,
    convert: &[],
};

const METRIC: usize = 0;
const WHO: usize = 1;
const FROM: usize = 2;
const TO: usize = 3;
const MONTH: usize = 4;
const QUARTER: usize = 5;
const VALUE: usize = 6;
const WHERE: usize = 7;

/// Reads a row. The period is a month, a quarter, or `from` up to but not including `to`; a share may be written
/// `12 %` or `0.12`.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let name = row.required(METRIC)?;
    let unknown = || row.fault(METRIC, Code::UnknownMetric).with("value", name);
    let metric = catalogue::find(name).ok_or_else(unknown)?;
    let (from, to) = period(row)?;
    let number = row.number(VALUE)?.ok_or_else(|| row.fault(VALUE, Code::Blank))?;
    let bad = |code| row.fault(VALUE, code).with("value", row.value(VALUE).unwrap_or_default());
    let value = match (number.percent, metric.unit) {
        (false, _) => number.micros.0,
        (true, Unit::Ratio) => {
            let share = Ratio::new(i128::from(number.micros.0), 100).and_then(|r| r.round_half_even(0));
            let fault = || bad(Code::OutOfRange).with("low", "0 %").with("high", "9e12 %");
            share.and_then(|n| i64::try_from(n).ok()).ok_or_else(fault)?
        }
        (true, _) => return Err(bad(Code::BadNumber)),
    };
    let (column, of) = about(row)?.unzip();
    let cells = vec![
        Cell::is(metric.id),
        Cell::LATER,
        Cell::LATER,
        Cell::day(from),
        Cell::day(to),
        Cell::Int(Some(value)),
        Cell::Text(column.clone()),
        Cell::Text(of.clone()),
    ];
    let key = vec![
        metric.id.to_owned(),
        from.to_string(),
        to.to_string(),
        column.unwrap_or_default(),
        of.unwrap_or_default(),
    ];
    let fact = Fact::new(row, Identity::Key(key), cells)?;
    let who = row.text(WHO)?.map_or(Named::Nobody, |name| Named::Either(name.to_owned()));
    Ok(Fact { who, keyed_by_who: true, rounded: number.rounded, ..fact })
}

fn period(row: Row<'_>) -> Result<(Date, Date), Fault> {
    let whole = |column: usize, code: Code, months: i32, read: fn(&str) -> Option<Date>| {
        let Some(text) = row.value(column) else { return Ok(None) };
        let from = read(text).ok_or_else(|| row.fault(column, code).with("value", text))?;
        Ok(from.add_months(months).map(|to| (from, to)))
    };
    if let Some(month) = whole(MONTH, Code::BadMonth, 1, read_month)? {
        return Ok(month);
    }
    if let Some(quarter) = whole(QUARTER, Code::BadQuarter, 3, read_quarter)? {
        return Ok(quarter);
    }
    match (row.date(FROM)?, row.date(TO)?) {
        (Some(from), Some(to)) if from < to => Ok((from, to)),
        (Some(from), Some(to)) => Err(row.fault(TO, Code::EndBeforeStart).with("from", from).with("to", to)),
        _ => Err(row.fault(FROM, Code::PeriodMissing)),
    }
}

/// What the target is about: `category=Furniture`, or `Furniture` in a column that the file calls `Category`.
fn about(row: Row<'_>) -> Result<Option<(String, String)>, Fault> {
    let Some(text) = row.text(WHERE)? else { return Ok(None) };
    let bad = || row.fault(WHERE, Code::BadWhere).with("value", text);
    let (column, value) = match text.split_once('=') {
        Some((column, value)) => (column.trim().to_owned(), value.trim()),
        None => (label::column(row.theirs(WHERE).unwrap_or_default()), text),
    };
    if column.is_empty() || value.is_empty() || column.chars().count() > SHORT {
        return Err(bad());
    }
    if !label::is_column(&column) {
        return Err(bad());
    }
    Ok(Some((column, value.to_owned())))
}

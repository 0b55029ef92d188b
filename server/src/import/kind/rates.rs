//! Exchange rates: what a currency is worth in the reporting currency from a day on.

use super::{Column, Type, required};
use crate::import::bind::Row;
use crate::import::cell;
use crate::import::fact::{Cell, Fact, Identity, Sort, Table};
use crate::import::fault::{Code, Fault};

/// The columns of exchange rates.
pub const COLUMNS: &[Column] = &[
    required("date", Type::Date, &["day", "from", "datum", "dag", "vanaf"]),
    required("currency", Type::Text(3), &["currencycode", "valuta", "munt"]),
    required("rate", Type::Number, &["exchangerate", "koers", "wisselkoers"]),
];

const DB: &[(&str, Sort)] = &[("day", Sort::Int), ("currency", Sort::Text), ("rate", Sort::Text)];

/// Where exchange rates are kept.
pub const TABLE: Table = Table {
    name: "exchange_rate",
    columns: DB,
    day: Table::find(DB, "day"),
    person: None,
    team: None,
    currency: None,
    foreign: Some(Table::find(DB, "currency")),
    convert: &[],
};

/// Decimals that a rate may have: enough for a currency of which a hundred thousand make one of another.
const DECIMALS: u32 = 15;

/// Reads a row: one unit of the currency is worth `rate` units of the reporting currency.
pub fn read(row: Row<'_>) -> Result<Fact, Fault> {
    let [date, currency, rate] = [0, 1, 2];
    let day = row.date(date)?.ok_or_else(|| row.fault(date, Code::Blank))?;
    let code = row.required(currency)?;
    let bad = |_| row.fault(currency, Code::BadCurrency).with("value", code);
    let named: domain::Currency = code.to_ascii_uppercase().parse().map_err(bad)?;
    let text = row.required(rate)?;
    let number = cell::decimal(text, row.decimal(rate)).map_err(|code| row.fault(rate, code).with("value", text))?;
    let out_of_range = || row.fault(rate, Code::OutOfRange).with("value", text).with("low", "> 0").with("high", "1e9");
    if number.percent || number.scaled <= 0 || number.scale > DECIMALS {
        return Err(out_of_range());
    }
    let exact = number.to_ratio().and_then(|r| r.to_decimal(number.scale)).ok_or_else(out_of_range)?;
    if exact.split('.').next().is_none_or(|whole| whole.len() > 9) {
        return Err(out_of_range());
    }
    let cells = vec![Cell::day(day), Cell::is(named.to_string()), Cell::is(exact)];
    Fact::new(row, Identity::Key(vec![day.to_string(), named.to_string()]), cells)
}

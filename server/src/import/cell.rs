//! Dates and numbers of a column: [`domain::read`] with what the mapping or the rest of the column decides.
//!
//! Nothing is guessed: a cell that can be read in two ways is refused unless one of them decides.

use super::fault::Code;
use super::mapping::Mapping;
use domain::read::{self, ReadError, Sign, When};
use domain::{Currency, Date, Micros};

/// How dates of digits are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Not decided: only cells that allow one reading go in.
    #[default]
    Open,
    /// Decided by the mapping, or by the whole column.
    Known(read::Order),
    /// The column contradicts itself: none of its ambiguous cells goes in.
    Mixed,
}

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Order of day, month and year.
    pub order: Order,
    /// Decimal sign.
    pub decimal: Option<Sign>,
}

impl Reading {
    /// What the mapping decides.
    pub fn of_mapping(mapping: &Mapping) -> Self {
        Self { order: mapping.date_order.map_or(Order::Open, Order::Known), decimal: mapping.decimal }
    }
}

/// A number as a cell tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The value in millionths.
    pub micros: Micros,
    /// Whether it had more than six decimals.
    pub rounded: bool,
    /// Whether a percent sign stood behind it.
    pub percent: bool,
    /// The currency whose sign stood beside it, where the sign names only one.
    pub currency: Option<Currency>,
}

/// Reads a date. A time with a zone is a moment: its day is that in the organisation's time zone, where that is known.
pub fn date(text: &str, reading: Reading, time_zone: Option<&str>) -> Result<Date, Code> {
    let read = |order| match time_zone {
        Some(_) => read::read_when(text, order),
        None => read::read_date(text, order).map(When::Day),
    };
    let when = match reading.order {
        Order::Open => read(None),
        Order::Known(order) => read(Some(order)),
        Order::Mixed => match (read(Some(read::Order::Dmy)), read(Some(read::Order::Mdy))) {
            (Ok(one), Ok(other)) if one == other => Ok(one),
            (Err(error), Err(_)) => Err(error),
            _ => return Err(Code::MixedDates),
        },
    };
    match when {
        Ok(When::Day(day)) => Ok(day),
        Ok(When::Moment(moment)) => Ok(crate::clock::day_in(moment, time_zone.unwrap_or("UTC"))),
        Err(ReadError::AmbiguousDate) => Err(Code::AmbiguousDate),
        Err(_) => Err(Code::BadDate),
    }
}

/// Reads a number exactly as it is written.
pub fn decimal(text: &str, sign: Option<Sign>) -> Result<read::Decimal, Code> {
    read::read_number(text, sign).map_err(|error| match error {
        ReadError::AmbiguousNumber => Code::AmbiguousNumber,
        ReadError::NumberTooLarge => Code::OutOfRange,
        _ => Code::BadNumber,
    })
}

/// Reads a number in millionths.
pub fn number(text: &str, reading: Reading) -> Result<Number, Code> {
    let exact = decimal(text, reading.decimal)?;
    let (micros, rounded) = exact.to_micros().ok_or(Code::OutOfRange)?;
    Ok(Number { micros, rounded, percent: exact.percent, currency: exact.currency })
}

#[cfg(test)]
mod tests;

//! Dates and numbers as files write them, and which ways of writing a cell allows.
//!
//! Nothing is guessed: a cell that can be read in two ways is refused unless the mapping or the rest of its column decides.

mod date;
mod number;

use super::fault::Code;
use super::mapping::{DateOrder, Decimal, Mapping};
pub use date::{DateOrders, date_orders};
use domain::{Currency, Date, Micros};
pub use number::{Decimals, decimals};

/// How dates of digits are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Not decided: only cells that allow one reading go in.
    #[default]
    Open,
    /// Decided by the mapping, or by the whole column.
    Known(DateOrder),
    /// The column contradicts itself: none of its ambiguous cells goes in.
    Mixed,
}

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Order of day, month and year.
    pub order: Order,
    /// Decimal sign.
    pub decimal: Option<Decimal>,
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
    let date = date::read(text, reading.order)?;
    let Some(zone) = time_zone else { return Ok(date) };
    Ok(date::moment(text, date)?.map_or(date, |moment| crate::clock::day_in(moment, zone)))
}

/// Reads a number.
pub fn number(text: &str, reading: Reading) -> Result<Number, Code> {
    number::read(text, reading.decimal)
}

#[cfg(test)]
mod tests;

//! Strict reading of numbers and dates as people type them and as files contain them.
//!
//! Nothing is guessed where it can be wrong: `1.234` and `01-04-2018` are errors with a code of their own
//! until somebody says which sign or order is meant. [`NumberDetector`] and [`DateDetector`] look at a
//! whole column and say what remains possible.

mod date;
mod date_detector;
mod label;
mod number;
mod number_detector;

use serde::{Deserialize, Serialize};

pub use date::{Order, When, read_date, read_when};
pub use date_detector::{DateDetector, DateVerdict, Fits};
pub use label::{read_month, read_quarter};
pub use number::{Decimal, Sign, read_number};
pub use number_detector::{NumberDetector, NumberVerdict};

/// Why a text is no number or date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ReadError {
    /// Nothing there.
    #[error("empty")]
    Empty,
    /// No number: letters, two signs, stray marks.
    #[error("not a number")]
    BadNumber,
    /// Thousands marks in the wrong places, or the other decimal sign than was said.
    #[error("marks do not fit the decimal sign")]
    Grouping,
    /// `1.234` or `1,234`: a thousand or one and a bit?
    #[error("may be a decimal sign or a thousands mark")]
    AmbiguousNumber,
    /// More digits than can be held exactly.
    #[error("number too large")]
    NumberTooLarge,
    /// No date.
    #[error("not a date")]
    BadDate,
    /// `01-04-2018`: April or January?
    #[error("day and month may be swapped")]
    AmbiguousDate,
    /// Another order than was said.
    #[error("not in the order that was given")]
    DateOrder,
    /// 30 February, or outside the years 1 to 9999.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// A year of two digits.
    #[error("a year needs four digits")]
    ShortYear,
}

impl ReadError {
    /// Stable code, for messages and for the report of an import.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::BadNumber => "bad_number",
            Self::Grouping => "number_grouping",
            Self::AmbiguousNumber => "ambiguous_number",
            Self::NumberTooLarge => "number_too_large",
            Self::BadDate => "bad_date",
            Self::AmbiguousDate => "ambiguous_date",
            Self::DateOrder => "date_order",
            Self::NoSuchDay => "date_no_such_day",
            Self::ShortYear => "date_short_year",
        }
    }
}

#[cfg(test)]
mod tests;

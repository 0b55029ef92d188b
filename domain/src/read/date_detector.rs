//! Which order a column of dates leaves possible.

use serde::{Deserialize, Serialize};

use super::{Order, read_date};

/// What a column of dates leaves possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateVerdict {
    /// All dates with the year behind can be day, month, year.
    pub dmy: bool,
    /// All dates with the year behind can be month, day, year.
    pub mdy: bool,
    /// Dates that no order can change: with the year in front, or the month by name.
    pub year_first: u64,
    /// Dates with the year behind.
    pub year_last: u64,
    /// Dates that mean something else in each order.
    pub ambiguous: u64,
    /// Values that are no date in any order.
    pub bad: u64,
    /// Values that are not blank.
    pub seen: u64,
}

impl DateVerdict {
    /// The order, if the column leaves only one.
    pub fn order(self) -> Option<Order> {
        match (self.year_last, self.dmy, self.mdy) {
            (0, ..) => (self.year_first > 0).then_some(Order::Ymd),
            (_, true, false) => Some(Order::Dmy),
            (_, false, true) => Some(Order::Mdy),
            (_, true, true) | (_, false, false) => None,
        }
    }

    /// Whether somebody must be asked: both orders remain and it matters, or the column contradicts itself.
    pub fn must_ask(self) -> bool {
        self.year_last > 0 && ((self.dmy && self.mdy && self.ambiguous > 0) || (!self.dmy && !self.mdy))
    }
}

/// The orders that one value fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fits {
    /// It can be day, month, year.
    pub dmy: bool,
    /// It can be month, day, year.
    pub mdy: bool,
}

impl Fits {
    /// No order is excluded.
    const ANY: Self = Self { dmy: true, mdy: true };
}

/// Looks at a column's values one by one; needs no memory of them.
#[derive(Clone, Copy, Debug)]
pub struct DateDetector(DateVerdict);

impl Default for DateDetector {
    fn default() -> Self {
        Self(DateVerdict { dmy: true, mdy: true, year_first: 0, year_last: 0, ambiguous: 0, bad: 0, seen: 0 })
    }
}

impl DateDetector {
    /// Takes a value into account and says which orders it fits; blanks, and what is no date, say nothing.
    pub fn see(&mut self, text: &str) -> Fits {
        if text.trim().is_empty() {
            return Fits::ANY;
        }
        let v = &mut self.0;
        v.seen += 1;
        // Most cells of a file are words: no date is without a digit.
        if !text.bytes().any(|b| b.is_ascii_digit()) {
            v.bad += 1;
            return Fits::ANY;
        }
        if read_date(text, Some(Order::Ymd)).is_ok() {
            v.year_first += 1;
            return Fits::ANY;
        }
        let (dmy, mdy) = (read_date(text, Some(Order::Dmy)), read_date(text, Some(Order::Mdy)));
        if dmy.is_err() && mdy.is_err() {
            v.bad += 1;
            return Fits::ANY;
        }
        v.year_last += 1;
        v.dmy &= dmy.is_ok();
        v.mdy &= mdy.is_ok();
        if let (Ok(a), Ok(b)) = (dmy, mdy)
            && a != b
        {
            v.ambiguous += 1;
        }
        Fits { dmy: dmy.is_ok(), mdy: mdy.is_ok() }
    }

    /// What remains possible.
    pub fn verdict(&self) -> DateVerdict {
        self.0
    }
}

//! Stored aggregates of deals: counts, sums and days taken per person and day, month and year, so that a figure is
//! read from as many rows as its period has months, however long the history is.
//!
//! They are changed in the transaction that changes the deals and through [`Changes`] alone, which is handed out by
//! the one place that writes deals ([`crate::query::deal`]). Deals whose credit is split are few and stay out: they
//! count whole for each person and once in a total, which sums cannot say. `verify` compares every row with the deals.

mod cell;
mod changes;
mod cover;
mod customers;
mod entry;
mod lock;
mod packed;
mod rebuild;
mod sums;
mod touched;

pub use cell::{Cell, Column};
pub use changes::Changes;
pub use cover::{Cover, cover};
pub use entry::{Entries, Sums};
pub(crate) use lock::Lock;
pub(crate) use packed::{long as read_number, put as put_number};
pub use packed::{pack, unpack, unpack_into};
pub use rebuild::{catch_up, compare, compare_sums, is_behind, rebuild};
pub(crate) use touched::MOST_NAMES;
pub use touched::{Names, Touched};

use domain::Date;

/// Whose a row is when it is nobody's.
pub const NOBODY: i64 = 0;
/// Whose a row is when it is of all people and nobody together.
pub const EVERYBODY: i64 = -1;
/// In place of the day of a deal that is open since a day nobody knows: before all days.
pub const SINCE_EVER: i32 = i32::MIN;

/// The stretch of time that a row covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl Grain {
    /// All, from the shortest.
    pub const ALL: [Self; 3] = [Self::Day, Self::Month, Self::Year];

    /// The number that stands for it in the table.
    pub const fn stored(self) -> i16 {
        match self {
            Self::Day => 0,
            Self::Month => 1,
            Self::Year => 2,
        }
    }

    /// First day of the stretch that holds a day.
    pub fn first_day(self, day: i32) -> i32 {
        let Some(date) = Date::from_day_number(day) else {
            return day;
        };
        let first = match self {
            Self::Day => Ok(date),
            Self::Month => Ok(date.first_of_month()),
            Self::Year => Date::from_ymd(date.year(), 1, 1),
        };
        first.map_or(day, Date::day_number)
    }

    /// The day after the stretch that holds a day.
    fn end(self, day: i32) -> i32 {
        let Some(date) = Date::from_day_number(day) else {
            return day.saturating_add(1);
        };
        let next = match self {
            Self::Day => date.add_days(1),
            Self::Month => date.first_of_month().add_months(1),
            Self::Year => Date::from_ymd(date.year() + 1, 1, 1).ok(),
        };
        next.map_or(i32::MAX, Date::day_number)
    }
}

//! Calendar dates (proleptic Gregorian, years 1 to 9999) and moments in UTC.
//!
//! Deliberately absent: time zones and the current day. The server applies the organisation's zone
//! once and passes `today` on.

mod timestamp;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use timestamp::Timestamp;

/// Why a text or a triple of numbers is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not of the form `2017-03-09`.
    #[error("a date is written as 2017-03-09")]
    Syntax,
    /// Well-formed, but not in the calendar: 30 February, month 13.
    #[error("no such day in the calendar")]
    NoSuchDay,
    /// Outside the years 1 to 9999.
    #[error("outside the years 1 to 9999")]
    OutOfRange,
}

impl DateError {
    /// Stable code for messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Syntax => "date_syntax",
            Self::NoSuchDay => "date_no_such_day",
            Self::OutOfRange => "date_out_of_range",
        }
    }
}

/// Day of the week; weeks of ISO 8601 start on Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// Monday, the default start of a week.
    #[default]
    Monday,
    /// Tuesday.
    Tuesday,
    /// Wednesday.
    Wednesday,
    /// Thursday.
    Thursday,
    /// Friday.
    Friday,
    /// Saturday.
    Saturday,
    /// Sunday.
    Sunday,
}

impl Weekday {
    /// All seven, from Monday.
    pub const ALL: [Self; 7] =
        [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday, Self::Sunday];

    /// 0 for Monday to 6 for Sunday.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The inverse of [`Weekday::index`], modulo seven.
    pub fn from_index(index: usize) -> Self {
        Self::ALL[index % 7]
    }

    /// Lower-case English name, as on the wire and in the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

/// A calendar date, stored as the number of days since 1970-01-01.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

impl Date {
    /// 0001-01-01.
    pub const MIN: Self = Self(-719_162);
    /// 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// The date of a year, month and day.
    ///
    /// # Errors
    /// [`DateError::OutOfRange`] outside the years 1..=9999, [`DateError::NoSuchDay`] where the calendar has no such day.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Result<Self, DateError> {
        if !(1..=9999).contains(&year) {
            return Err(DateError::OutOfRange);
        }
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return Err(DateError::NoSuchDay);
        }
        Ok(Self(days_from_civil(year, month, day)))
    }

    /// The date of a day number (as stored in the database); `None` outside the years 1..=9999.
    pub fn from_day_number(days: i32) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&days).then_some(Self(days))
    }

    /// Days since 1970-01-01.
    pub const fn day_number(self) -> i32 {
        self.0
    }

    /// Year, month (1..=12) and day (1..=31).
    pub fn ymd(self) -> (i32, u32, u32) {
        civil_from_days(self.0)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// The month, 1..=12.
    pub fn month(self) -> u32 {
        self.ymd().1
    }

    /// The day of the month, 1..=31.
    pub fn day(self) -> u32 {
        self.ymd().2
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday (index 3).
        Weekday::from_index((self.0 + 3).rem_euclid(7) as usize)
    }

    /// This many days later (earlier if negative); `None` outside the range.
    pub fn add_days(self, days: i32) -> Option<Self> {
        self.0.checked_add(days).and_then(Self::from_day_number)
    }

    /// This many months later; a day that the month lacks becomes its last day (31 January + 1 = 28 or 29 February).
    pub fn add_months(self, months: i32) -> Option<Self> {
        let (y, m, d) = self.ymd();
        let index = (y * 12 + m as i32 - 1).checked_add(months)?;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) as u32 + 1);
        if !(1..=9999).contains(&year) {
            return None;
        }
        Self::from_ymd(year, month, d.min(days_in_month(year, month))).ok()
    }

    /// The first day of this date's month.
    pub fn first_of_month(self) -> Self {
        Self(self.0 - (self.day() as i32 - 1))
    }

    /// The last day of this date's month.
    pub fn last_of_month(self) -> Self {
        let (y, m, d) = self.ymd();
        Self(self.0 + (days_in_month(y, m) - d) as i32)
    }

    /// Days from `earlier` to this date; negative if this one is earlier.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// ISO week: the year it belongs to and its number, 1..=53.
    pub fn iso_week(self) -> (i32, u32) {
        // The week belongs to the year that its Thursday is in.
        let thursday = self.0 - self.weekday().index() as i32 + 3;
        let (year, _, _) = civil_from_days(thursday);
        let first = days_from_civil(year, 1, 1);
        (year, ((thursday - first) / 7 + 1) as u32)
    }
}

/// Whether the year has 29 February.
pub fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Days in a month; 0 for a month outside 1..=12.
pub fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap_year(year) => 29,
        2 => 28,
        _ => 0,
    }
}

// Both conversions after Howard Hinnant, "chrono-compatible low-level date algorithms".
fn days_from_civil(year: i32, month: u32, day: u32) -> i32 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let yoe = y.rem_euclid(400);
    let mp = (month as i32 + 9) % 12;
    let doy = (153 * mp + 2) / 5 + day as i32 - 1;
    let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    era * 146_097 + doe - 719_468
}

fn civil_from_days(days: i32) -> (i32, u32, u32) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + i32::from(month <= 2);
    (year, month as u32, day as u32)
}

impl FromStr for Date {
    type Err = DateError;

    /// Reads `2017-03-09` and nothing else.
    fn from_str(s: &str) -> Result<Self, DateError> {
        let b = s.as_bytes();
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' {
            return Err(DateError::Syntax);
        }
        let number =
            |part: &[u8]| part.iter().try_fold(0u32, |n, c| c.is_ascii_digit().then(|| n * 10 + u32::from(c - b'0')));
        match (number(&b[..4]), number(&b[5..7]), number(&b[8..])) {
            (Some(y), Some(m), Some(d)) => Self::from_ymd(y as i32, m, d),
            _ => Err(DateError::Syntax),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests;

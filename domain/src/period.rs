//! Periods: half-open ranges of days, their names, and how they are divided and compared.

mod calendar;
mod holidays;
mod name;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use calendar::{Calendar, CalendarError};
pub use holidays::{Holiday, Holidays, LiberationDay, easter};

use crate::Date;
use crate::date::DateError;

/// Why a text or a pair of dates is no period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// The end is not after the start.
    #[error("a period ends after it starts")]
    Empty,
    /// No known name and no range.
    #[error("a period is written as 2017, 2017Q2, 2017-03, 2017-W09 or 2017-01-01..2017-02-15")]
    Syntax,
    /// One of the two dates is wrong.
    #[error(transparent)]
    Date(#[from] DateError),
}

impl PeriodError {
    /// Stable code for messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "period_empty",
            Self::Syntax => "period_syntax",
            Self::Date(e) => e.code(),
        }
    }
}

/// The usual lengths of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// Seven days from the calendar's first day of the week.
    Week,
    /// Calendar month.
    Month,
    /// Three months of the fiscal year.
    Quarter,
    /// Six months of the fiscal year.
    HalfYear,
    /// Fiscal year; the calendar year where it starts in January.
    Year,
}

impl Grain {
    /// All, from short to long.
    pub const ALL: [Self; 5] = [Self::Week, Self::Month, Self::Quarter, Self::HalfYear, Self::Year];

    /// Months in it; `None` for the week.
    pub fn months(self) -> Option<i32> {
        match self {
            Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::HalfYear => Some(6),
            Self::Year => Some(12),
        }
    }

    /// Stable code, as in the URL and the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half_year",
            Self::Year => "year",
        }
    }

    /// The inverse of [`Grain::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.code() == code)
    }
}

/// Days from `from` up to, but not including, `to`. Never empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct Period {
    from: Date,
    to: Date,
}

#[derive(Serialize, Deserialize)]
struct Bounds {
    from: Date,
    to: Date,
}

impl TryFrom<Bounds> for Period {
    type Error = PeriodError;
    fn try_from(b: Bounds) -> Result<Self, PeriodError> {
        Self::new(b.from, b.to)
    }
}

impl From<Period> for Bounds {
    fn from(p: Period) -> Self {
        Self { from: p.from, to: p.to }
    }
}

impl Period {
    /// The days from `from` up to, but not including, `to`.
    ///
    /// # Errors
    /// [`PeriodError::Empty`] unless `from < to`.
    pub fn new(from: Date, to: Date) -> Result<Self, PeriodError> {
        if from < to { Ok(Self { from, to }) } else { Err(PeriodError::Empty) }
    }

    /// One day; `None` for the last day of the range of dates.
    pub fn day(day: Date) -> Option<Self> {
        Self::new(day, day.add_days(1)?).ok()
    }

    /// Whole months from the first of a month.
    pub(crate) fn months(year: i32, month: u32, months: i32) -> Option<Self> {
        let from = Date::from_ymd(year, month, 1).ok()?;
        Self::new(from, from.add_months(months)?).ok()
    }

    /// A calendar month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Self::months(year, month, 1)
    }

    /// A calendar year.
    pub fn year(year: i32) -> Option<Self> {
        Self::months(year, 1, 12)
    }

    /// The period of this grain that contains the date.
    pub fn containing(date: Date, grain: Grain, calendar: &Calendar) -> Option<Self> {
        let Some(months) = grain.months() else {
            let back = (date.weekday().index() + 7 - calendar.week_start.index()) % 7;
            let from = date.add_days(-(back as i32))?;
            return Self::new(from, from.add_days(7)?).ok();
        };
        let into_year = (date.month() as i32 - i32::from(calendar.start_month())).rem_euclid(12);
        let from = date.first_of_month().add_months(-(into_year % months))?;
        Self::new(from, from.add_months(months)?).ok()
    }

    /// The first day.
    pub const fn from(self) -> Date {
        self.from
    }

    /// The day after the last.
    pub const fn to(self) -> Date {
        self.to
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.to.add_days(-1).unwrap_or(self.from)
    }

    /// Number of days.
    pub fn days(self) -> i32 {
        self.to.days_since(self.from)
    }

    /// Whether the day lies in it.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day < self.to
    }

    /// The days that both have.
    pub fn intersect(self, other: Self) -> Option<Self> {
        Self::new(self.from.max(other.from), self.to.min(other.to)).ok()
    }

    /// Whole months, if it starts on the first of one and ends with one.
    pub fn whole_months(self) -> Option<i32> {
        let ((y1, m1, d1), (y2, m2, d2)) = (self.from.ymd(), self.to.ymd());
        (d1 == 1 && d2 == 1).then(|| (y2 - y1) * 12 + m2 as i32 - m1 as i32)
    }

    fn shifted(self, times: i32) -> Option<Self> {
        match self.whole_months() {
            Some(n) => {
                Self::new(self.from.add_months(n.checked_mul(times)?)?, self.to.add_months(n.checked_mul(times)?)?)
            }
            None => {
                let days = self.days().checked_mul(times)?;
                Self::new(self.from.add_days(days)?, self.to.add_days(days)?)
            }
        }
        .ok()
    }

    /// The period of the same length just before: whole months step by months, others by days.
    pub fn previous(self) -> Option<Self> {
        self.shifted(-1)
    }

    /// The period of the same length just after.
    pub fn next(self) -> Option<Self> {
        self.shifted(1)
    }

    /// Whether it is counted in weeks, so that a comparison keeps its weekdays.
    fn is_weeks(self) -> bool {
        self.days() % 7 == 0 && self.whole_months().is_none()
    }

    /// The same period a year earlier: whole months as such, other ranges up to the same last date; a week keeps its
    /// weekdays (52 weeks back).
    pub fn year_before(self) -> Option<Self> {
        let to = if self.is_weeks() {
            return Self::new(self.from.add_days(-364)?, self.to.add_days(-364)?).ok();
        } else if self.whole_months().is_some() {
            self.to.add_months(-12)?
        } else {
            self.last().add_months(-12)?.add_days(1)?
        };
        Self::new(self.from.add_months(-12)?, to).ok()
    }

    /// Whether it has not ended on this day; the last day itself is not over yet.
    pub fn is_partial(self, today: Date) -> bool {
        today < self.to
    }

    /// The part up to and including today; `None` before it starts, the whole after it ends.
    pub fn elapsed(self, today: Date) -> Option<Self> {
        let until = today.add_days(1).unwrap_or(today);
        Self::new(self.from, self.to.min(until)).ok()
    }

    /// What a fair comparison compares with: the previous period, cut to as many days as have passed of
    /// this one. `None` when the previous one is too short for that (31 March against February): hide,
    /// do not fake.
    pub fn same_part_of_previous(self, today: Date) -> Option<Self> {
        let previous = self.previous()?;
        if self.is_partial(today) { previous.first_days(self.elapsed(today)?.days()) } else { Some(previous) }
    }

    /// The same a year earlier: up to the same date, or, of a week, up to the same weekday.
    pub fn same_part_of_year_before(self, today: Date) -> Option<Self> {
        let before = self.year_before()?;
        if !self.is_partial(today) {
            return Some(before);
        }
        let elapsed = self.elapsed(today)?;
        if self.is_weeks() {
            return before.first_days(elapsed.days());
        }
        // By the last day, not the day after it: a year before 28 February is 28 February, also in a leap year.
        let to = elapsed.last().add_months(-12)?.add_days(1)?;
        Self::new(before.from, to).ok()
    }

    /// Its first days; `None` when it has fewer.
    fn first_days(self, days: i32) -> Option<Self> {
        let to = self.from.add_days(days)?;
        if to > self.to { None } else { Self::new(self.from, to).ok() }
    }

    /// Divides it by a grain; the first and last part are cut to the period. The key is the name of the
    /// whole week, month, quarter … that the part lies in.
    pub fn split(self, grain: Grain, calendar: &Calendar) -> Vec<(String, Self)> {
        let mut parts = Vec::new();
        let mut day = self.from;
        while let Some(whole) = Self::containing(day, grain, calendar)
            && let Some(part) = whole.intersect(self)
        {
            parts.push((whole.name(calendar), part));
            day = whole.to;
        }
        parts
    }

    /// The last `count` periods of a grain up to and including the one that holds `until`, oldest first.
    pub fn series(until: Date, grain: Grain, count: usize, calendar: &Calendar) -> Vec<Self> {
        let mut all = Vec::with_capacity(count.min(1000));
        let mut current = Self::containing(until, grain, calendar);
        while let Some(p) = current
            && all.len() < count
        {
            all.push(p);
            current = p.from.add_days(-1).and_then(|d| Self::containing(d, grain, calendar));
        }
        all.reverse();
        all
    }

    /// Working days in it by this calendar.
    pub fn working_days_in(self, calendar: &Calendar) -> u32 {
        calendar.working_days_in(self)
    }

    /// Cuts it before a day inside it.
    pub fn cut(self, day: Date) -> Option<(Self, Self)> {
        Some((Self::new(self.from, day).ok()?, Self::new(day, self.to).ok()?))
    }
}

impl fmt::Display for Period {
    /// `2017-01-01..2017-02-15`, the second day not included.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;

//! An organisation's calendar: fiscal year, week, working days, holidays.

use serde::{Deserialize, Serialize};

use super::{Holidays, Period};
use crate::{Date, Weekday};

/// Why a calendar cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// No day of the week is worked.
    #[error("at least one day of the week is worked")]
    NoWorkingDays,
    /// The fiscal year starts in no month.
    #[error("months are 1 to 12")]
    StartMonth,
}

impl CalendarError {
    /// Stable code for messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoWorkingDays => "calendar_no_working_days",
            Self::StartMonth => "calendar_start_month",
        }
    }
}

/// How an organisation counts its year, its weeks and its working days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Month in which the fiscal year starts, 1..=12. The fiscal year has the number of the calendar
    /// year in which it *ends*: with April as start, FY2017 is April 2016 to March 2017.
    pub fiscal_start_month: u8,
    /// First day of the week.
    pub week_start: Weekday,
    /// Whether each weekday, from Monday, is worked.
    pub working_days: [bool; 7],
    /// Public holidays, on which nobody works.
    pub holidays: Holidays,
}

impl Default for Calendar {
    /// Calendar year, weeks from Monday, Monday to Friday worked, Dutch public holidays.
    fn default() -> Self {
        Self {
            fiscal_start_month: 1,
            week_start: Weekday::Monday,
            working_days: [true, true, true, true, true, false, false],
            holidays: Holidays::default(),
        }
    }
}

impl Calendar {
    /// Checks what an organisation has set, before it is stored.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub fn check(&self) -> Result<(), CalendarError> {
        if !self.has_working_days() {
            return Err(CalendarError::NoWorkingDays);
        }
        if self.start_month() == self.fiscal_start_month { Ok(()) } else { Err(CalendarError::StartMonth) }
    }

    /// Whether any day of the week is worked.
    pub fn has_working_days(&self) -> bool {
        self.working_days.contains(&true)
    }

    /// The fiscal start month, 1 where the stored number is no month.
    pub fn start_month(&self) -> u8 {
        if (1..=12).contains(&self.fiscal_start_month) { self.fiscal_start_month } else { 1 }
    }

    /// Whether the fiscal year differs from the calendar year.
    pub fn is_fiscal(&self) -> bool {
        self.start_month() != 1
    }

    /// Whether people work on this day.
    pub fn is_working_day(&self, day: Date) -> bool {
        self.working_days[day.weekday().index()] && !self.holidays.contains(day)
    }

    /// Working days in a period.
    pub fn working_days_in(&self, period: Period) -> u32 {
        let days = period.from().day_number()..period.to().day_number();
        days.filter_map(Date::from_day_number).filter(|d| self.is_working_day(*d)).count() as u32
    }
}

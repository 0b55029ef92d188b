//! An organisation's calendar: fiscal year, week, working days, holidays.

use serde::{Deserialize, Serialize};

use super::{Holidays, Period};
use crate::{Date, Weekday};

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

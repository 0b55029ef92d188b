//! Names of periods: `2017`, `2017H1`, `2017Q2`, `2017-03`, `2017-W09`, `FY2017`, `FY2017Q2`.

use super::{Calendar, Period, PeriodError};
use crate::{Date, Weekday};

impl Period {
    /// Reads a name, or a range `2017-01-01..2017-02-15` whose second day is not included.
    ///
    /// # Errors
    /// [`PeriodError`] for another text, an empty range, or a day that is not in the calendar.
    pub fn parse(text: &str, calendar: &Calendar) -> Result<Self, PeriodError> {
        let text = text.trim();
        if let Some((from, to)) = text.split_once("..") {
            return Self::new(from.parse()?, to.parse()?);
        }
        match text.strip_prefix("FY") {
            Some(name) => year_part(name, i32::from(calendar.start_month())),
            None => year_part(text, 1).or_else(|| month_or_week(text)),
        }
        .ok_or(PeriodError::Syntax)
    }

    /// The shortest name that [`Period::parse`] reads back; the range where it has no name. Under a
    /// fiscal calendar quarters and years of the fiscal year have fiscal names.
    pub fn name(self, calendar: &Calendar) -> String {
        self.short_name(calendar).unwrap_or_else(|| self.to_string())
    }

    fn short_name(self, calendar: &Calendar) -> Option<String> {
        if let Some(months) = self.whole_months() {
            let (year, month, _) = self.from().ymd();
            if months == 1 {
                return Some(format!("{year:04}-{month:02}"));
            }
            let start = i32::from(calendar.start_month());
            let fiscal = calendar.is_fiscal().then(|| part_name(year, month, months, start)).flatten();
            return fiscal.map(|n| format!("FY{n}")).or_else(|| part_name(year, month, months, 1));
        }
        if self.days() == 7 && self.from().weekday() == Weekday::Monday {
            let (year, week) = self.from().iso_week();
            return Some(format!("{year:04}-W{week:02}"));
        }
        None
    }
}

/// `2017`, `2017H2` or `2017Q3` of the year that starts in month `start`.
fn part_name(year: i32, month: u32, months: i32, start: i32) -> Option<String> {
    let into_year = (month as i32 - start).rem_euclid(12);
    if into_year % months != 0 {
        return None;
    }
    let first_year = if (month as i32) < start { year - 1 } else { year };
    let number = if start == 1 { first_year } else { first_year + 1 };
    let part = into_year / months + 1;
    match months {
        3 => Some(format!("{number:04}Q{part}")),
        6 => Some(format!("{number:04}H{part}")),
        12 => Some(format!("{number:04}")),
        _ => None,
    }
}

/// Reads what [`part_name`] writes.
fn year_part(text: &str, start: i32) -> Option<Period> {
    let number = year(text.get(..4)?)?;
    let first_year = if start == 1 { number } else { number - 1 };
    let (offset, months) = match text.get(4..)?.as_bytes() {
        [] => (0, 12),
        [b'Q', q @ b'1'..=b'4'] => (i32::from(q - b'1') * 3, 3),
        [b'H', h @ b'1'..=b'2'] => (i32::from(h - b'1') * 6, 6),
        _ => return None,
    };
    let month = start - 1 + offset;
    Period::months(first_year + month / 12, (month % 12) as u32 + 1, months)
}

fn month_or_week(text: &str) -> Option<Period> {
    let number = year(text.get(..4)?)?;
    match text.get(4..)?.as_bytes() {
        [b'-', b'W', a, b] => {
            let week = two_digits(*a, *b)?;
            // 4 January is always in week 1.
            let fourth = Date::from_ymd(number, 1, 4).ok()?;
            let monday = fourth.add_days(-(fourth.weekday().index() as i32) + 7 * (week as i32 - 1))?;
            let period = Period::new(monday, monday.add_days(7)?).ok()?;
            (monday.iso_week() == (number, week)).then_some(period)
        }
        [b'-', a, b] => Period::month(number, two_digits(*a, *b)?),
        _ => None,
    }
}

fn year(digits: &str) -> Option<i32> {
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn two_digits(a: u8, b: u8) -> Option<u32> {
    (a.is_ascii_digit() && b.is_ascii_digit()).then(|| u32::from(a - b'0') * 10 + u32::from(b - b'0'))
}

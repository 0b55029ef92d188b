//! Dates and periods.

use super::Locale;
use super::number::NBSP;
use crate::{Calendar, Date, Period, Weekday};

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const SHORT_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SHORT_NL: [&str; 12] = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
const DAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const DAYS_NL: [&str; 7] = ["ma", "di", "wo", "do", "vr", "za", "zo"];

/// The short name of a month, 1..=12.
pub fn month_short(locale: Locale, month: u32) -> &'static str {
    let index = (month as usize).clamp(1, 12) - 1;
    match locale {
        Locale::En => SHORT_EN[index],
        Locale::Nl => SHORT_NL[index],
    }
}

/// The full name of a month, 1..=12.
pub fn month_name(locale: Locale, month: u32) -> &'static str {
    let index = (month as usize).clamp(1, 12) - 1;
    match locale {
        Locale::En => MONTHS_EN[index],
        Locale::Nl => MONTHS_NL[index],
    }
}

/// The short name of a weekday: `Mon`, `ma`.
pub fn weekday_short(locale: Locale, day: Weekday) -> &'static str {
    match locale {
        Locale::En => DAYS_EN[day.index()],
        Locale::Nl => DAYS_NL[day.index()],
    }
}

/// `3 Mar 2017`, `3 mrt 2017`.
pub fn date(locale: Locale, date: Date) -> String {
    format!("{}{NBSP}{}", day_month(locale, date), date.year())
}

/// `3 Mar`, `3 mrt`.
pub fn day_month(locale: Locale, date: Date) -> String {
    format!("{}{NBSP}{}", date.day(), month_short(locale, date.month()))
}

/// `Fri 3 Mar 2017`, `vr 3 mrt 2017`.
pub fn date_with_weekday(locale: Locale, day: Date) -> String {
    format!("{}{NBSP}{}", weekday_short(locale, day.weekday()), date(locale, day))
}

/// A period in words: `2017`, `Q2 2017`, `maart 2017`, `week 9, 2017`, `1 jan – 14 feb 2017`. Ranges
/// name their last day, as people do.
pub fn period(locale: Locale, p: Period, calendar: &Calendar) -> String {
    let name = p.name(calendar);
    if p.whole_months() == Some(1) {
        return format!("{}{NBSP}{}", month_name(locale, p.from().month()), p.from().year());
    }
    named(locale, &name).unwrap_or_else(|| range(locale, p))
}

/// The same for a narrow place, such as an axis: `mrt 2017`.
pub fn period_short(locale: Locale, p: Period, calendar: &Calendar) -> String {
    if p.whole_months() == Some(1) {
        return format!("{}{NBSP}{}", month_short(locale, p.from().month()), p.from().year());
    }
    period(locale, p, calendar)
}

/// Words for the names that [`Period::name`] gives to years, parts of years and weeks.
fn named(locale: Locale, name: &str) -> Option<String> {
    if name.contains("..") {
        return None;
    }
    if let Some((year, week)) = name.split_once("-W") {
        let word = match locale {
            Locale::En => "Week",
            Locale::Nl => "week",
        };
        return Some(format!("{word}{NBSP}{}, {year}", week.trim_start_matches('0')));
    }
    let (fiscal, rest) = match name.strip_prefix("FY") {
        Some(rest) if locale == Locale::Nl => (format!("boekjaar{NBSP}"), rest),
        Some(rest) => (format!("FY{NBSP}"), rest),
        None => (String::new(), name),
    };
    let (year, part) = (rest.get(..4)?, rest.get(4..)?);
    Some(if part.is_empty() { format!("{fiscal}{year}") } else { format!("{part}{NBSP}{fiscal}{year}") })
}

fn range(locale: Locale, p: Period) -> String {
    let (first, last) = (p.from(), p.last());
    if first == last {
        return date(locale, first);
    }
    let start = if first.year() == last.year() { day_month(locale, first) } else { date(locale, first) };
    format!("{start} – {}", date(locale, last))
}

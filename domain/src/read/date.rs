//! Dates in the orders that files use, in digits or with the month by name, with or without a time behind them.

use serde::{Deserialize, Serialize};

use super::ReadError;
use crate::format::{Locale, month_name, month_short};
use crate::{Date, Timestamp};

/// The order of a written date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Year, month, day: `2017-03-09`.
    Ymd,
    /// Day, month, year: `09-03-2017`.
    Dmy,
    /// Month, day, year: `3/9/2017`.
    Mdy,
}

impl Order {
    /// All.
    pub const ALL: [Self; 3] = [Self::Ymd, Self::Dmy, Self::Mdy];

    /// Stable code, as in mapping files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ymd => "ymd",
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
        }
    }

    /// The inverse of [`Order::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.code() == code)
    }
}

/// A date, or a moment that becomes a date once a time zone is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A calendar date; a local time behind it was dropped.
    Day(Date),
    /// A time with a zone (`Z`, `+02:00`): its date depends on the organisation's zone.
    Moment(Timestamp),
}

/// Reads a date; of a time with a zone the date as written. Use [`read_when`] to apply a zone.
///
/// # Errors
/// [`ReadError::AmbiguousDate`] where the order decides and is not known; others for what is no date.
pub fn read_date(text: &str, order: Option<Order>) -> Result<Date, ReadError> {
    parse(text, order).map(|(date, _)| date)
}

/// Reads a date, or a moment where a time zone is written.
///
/// # Errors
/// As [`read_date`].
pub fn read_when(text: &str, order: Option<Order>) -> Result<When, ReadError> {
    let (date, time) = parse(text, order)?;
    Ok(match time {
        Some(Time { millis, offset: Some(minutes) }) => {
            let local = i64::from(date.day_number()) * 86_400_000 + millis;
            When::Moment(Timestamp(local - i64::from(minutes) * 60_000))
        }
        Some(Time { offset: None, .. }) | None => When::Day(date),
    })
}

struct Time {
    millis: i64,
    /// Minutes east of UTC.
    offset: Option<i32>,
}

fn parse(text: &str, order: Option<Order>) -> Result<(Date, Option<Time>), ReadError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(ReadError::Empty);
    }
    // A time has a colon; what stands before its hour is the date, which may hold spaces itself.
    let (day, rest) = match text.find(':') {
        Some(colon) => {
            let cut = |c: char| matches!(c, 'T' | 't') || c.is_whitespace();
            text[..colon].rfind(cut).map(|at| text.split_at(at)).ok_or(ReadError::BadDate)?
        }
        None => (text, ""),
    };
    let rest = rest.trim_start_matches(['T', 't']).trim_start();
    let date = day_of(day, order)?;
    let time = if rest.is_empty() { None } else { Some(time(rest).ok_or(ReadError::BadDate)?) };
    Ok((date, time))
}

fn number(text: &str) -> Option<u32> {
    (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn ymd(y: u32, m: u32, d: u32) -> Result<Date, ReadError> {
    Date::from_ymd(y as i32, m, d).map_err(|_| ReadError::NoSuchDay)
}

fn day_of(text: &str, order: Option<Order>) -> Result<Date, ReadError> {
    let text = text.trim_end();
    if text.contains(char::is_alphabetic) {
        return named(text);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return match (number(&text[..4]), number(&text[4..6]), number(&text[6..])) {
            (Some(y), Some(m), Some(d)) => ymd(y, m, d),
            _ => Err(ReadError::BadDate),
        };
    }
    let separator = text
        .chars()
        .find(|c| !c.is_ascii_digit())
        .filter(|c| matches!(c, '-' | '/' | '.'))
        .ok_or(ReadError::BadDate)?;
    let mut parts = text.split(separator);
    let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err(ReadError::BadDate);
    };
    let (Some(x), Some(y), Some(z)) = (number(a), number(b), number(c)) else {
        return Err(ReadError::BadDate);
    };
    match (a.len(), b.len(), c.len()) {
        // A year in front can be read in one way only, whatever the order of other dates.
        (4, 1..=2, 1..=2) => ymd(x, y, z),
        (1..=2, 1..=2, 4) => match order {
            Some(Order::Dmy) => ymd(z, y, x),
            Some(Order::Mdy) => ymd(z, x, y),
            Some(Order::Ymd) => Err(ReadError::DateOrder),
            None => match (ymd(z, y, x), ymd(z, x, y)) {
                (Ok(dmy), Ok(mdy)) if dmy != mdy => Err(ReadError::AmbiguousDate),
                (Ok(date), _) | (_, Ok(date)) => Ok(date),
                (Err(e), Err(_)) => Err(e),
            },
        },
        (1..=2, 1..=2, 1..=2) => Err(ReadError::ShortYear),
        _ => Err(ReadError::BadDate),
    }
}

/// `1 apr 2018`, `April 1, 2018`, `3-mrt-2018`, `2018 Apr 1`: no order can be mistaken.
fn named(text: &str) -> Result<Date, ReadError> {
    let separator = |c: char| matches!(c, '-' | '/' | '.' | ',') || c.is_whitespace();
    let parts: Vec<&str> = text.split(separator).filter(|p| !p.is_empty()).collect();
    let [a, b, c] = parts[..] else {
        return Err(ReadError::BadDate);
    };
    let (year, month, day) = match (month_of(a), month_of(b)) {
        (Some(month), None) => (c, month, b),
        (None, Some(month)) if a.len() == 4 => (a, month, c),
        (None, Some(month)) => (c, month, a),
        _ => return Err(ReadError::BadDate),
    };
    let (Some(y), Some(d)) = (number(year), number(day).filter(|_| day.len() <= 2)) else {
        return Err(ReadError::BadDate);
    };
    match year.len() {
        4 => ymd(y, month, d),
        1..=2 => Err(ReadError::ShortYear),
        _ => Err(ReadError::BadDate),
    }
}

/// A month by its English or Dutch name, whole or short.
fn month_of(text: &str) -> Option<u32> {
    let is = |name: &str| name.eq_ignore_ascii_case(text);
    let named = |m: u32| Locale::ALL.into_iter().any(|l| is(month_name(l, m)) || is(month_short(l, m)));
    (1..=12).find(|m| named(*m)).or_else(|| is("sept").then_some(9))
}

/// `8:26`, `08:26:00.123`, `8:26 PM`, each with an optional `Z`, `UTC`, `+02:00`, `+0200`.
fn time(text: &str) -> Option<Time> {
    let upper = text.to_ascii_uppercase();
    let utc = ["Z", "UTC", "GMT"].into_iter().find_map(|name| upper.strip_suffix(name));
    let (clock, offset) = match utc {
        Some(clock) => (clock.trim_end(), Some(0)),
        None => match upper.find(['+', '-']) {
            Some(at) => (upper[..at].trim_end(), Some(offset(&upper[at..])?)),
            None => (upper.as_str(), None),
        },
    };
    let (clock, half) = match (clock.strip_suffix("AM"), clock.strip_suffix("PM")) {
        (Some(c), _) => (c.trim_end(), Some(0)),
        (_, Some(c)) => (c.trim_end(), Some(12)),
        (None, None) => (clock, None),
    };
    let mut parts = clock.split(':');
    let hour = number(parts.next()?)?;
    let minute = number(parts.next()?)?;
    let (second, fraction) = match parts.next() {
        Some(s) => {
            let (whole, fraction) = s.split_once(['.', ',']).unwrap_or((s, ""));
            (number(whole)?, fraction)
        }
        None => (0, ""),
    };
    let hour = match half {
        None => hour,
        Some(add) if (1..=12).contains(&hour) => hour % 12 + add,
        Some(_) => return None,
    };
    if parts.next().is_some()
        || hour > 23
        || minute > 59
        || second > 59
        || !fraction.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let millis = fraction.bytes().chain(*b"000").take(3).fold(0i64, |n, b| n * 10 + i64::from(b - b'0'));
    Some(Time { millis: i64::from((hour * 60 + minute) * 60 + second) * 1000 + millis, offset })
}

fn offset(text: &str) -> Option<i32> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, &text[1..]),
        _ => (1, &text[1..]),
    };
    let (h, m) = match digits.split_once(':') {
        Some((h, m)) => (number(h)?, number(m)?),
        None if digits.len() == 4 => (number(digits.get(..2)?)?, number(digits.get(2..)?)?),
        None => (number(digits)?, 0),
    };
    (h <= 18 && m <= 59).then_some(sign * (h * 60 + m) as i32)
}

//! Dates: `2018-04-01`, `2018-04-01 08:26:00`, `1/4/2018`, `01-04-2018`, `1 apr 2018`.

use super::Order;
use crate::import::fault::Code;
use crate::import::mapping::DateOrder;
use domain::read::When;
use domain::{Date, Timestamp};

/// The orders that a cell, or all cells of a column, allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateOrders {
    /// Day before month is possible.
    pub dmy: bool,
    /// Month before day is possible.
    pub mdy: bool,
}

impl DateOrders {
    /// Anything goes: nothing was seen that decides.
    pub const ANY: Self = Self { dmy: true, mdy: true };

    /// What both allow.
    pub fn and(self, other: Self) -> Self {
        Self { dmy: self.dmy && other.dmy, mdy: self.mdy && other.mdy }
    }
}

/// The ways a cell can be read as a date.
enum Shape {
    /// One way only.
    Plain(Date),
    /// Day and month in digits: as day-month, as month-day.
    Digits(Option<Date>, Option<Date>),
}

/// The orders that a cell of digits allows; `None` if the cell does not depend on an order or is no date.
pub fn date_orders(text: &str) -> Option<DateOrders> {
    match shape(text)? {
        Shape::Plain(_) => None,
        Shape::Digits(dmy, mdy) => Some(DateOrders { dmy: dmy.is_some(), mdy: mdy.is_some() }),
    }
}

pub(super) fn read(text: &str, order: Order) -> Result<Date, Code> {
    match (shape(text).ok_or(Code::BadDate)?, order) {
        (Shape::Plain(date), _) => Ok(date),
        (Shape::Digits(dmy, _), Order::Known(DateOrder::Dmy)) => dmy.ok_or(Code::BadDate),
        (Shape::Digits(_, mdy), Order::Known(DateOrder::Mdy)) => mdy.ok_or(Code::BadDate),
        (Shape::Digits(..), Order::Known(DateOrder::Ymd)) => Err(Code::BadDate),
        (Shape::Digits(Some(one), Some(other)), _) if one == other => Ok(one),
        (Shape::Digits(..), Order::Mixed) => Err(Code::MixedDates),
        (Shape::Digits(Some(_), Some(_)), Order::Open) => Err(Code::AmbiguousDate),
        (Shape::Digits(one, other), Order::Open) => one.or(other).ok_or(Code::BadDate),
    }
}

/// The moment of a time with a zone behind a date that was read (`Z`, `+02:00`); none if there is no such time.
pub(super) fn moment(text: &str, date: Date) -> Result<Option<Timestamp>, Code> {
    let Some(time) = parts(text.trim()).and_then(|(_, time)| time).filter(|t| t.contains(['Z', '+', '-'])) else {
        return Ok(None);
    };
    match domain::read::read_when(&format!("{date}T{time}"), None) {
        Ok(When::Moment(moment)) => Ok(Some(moment)),
        Ok(When::Day(_)) | Err(_) => Err(Code::BadDate),
    }
}

fn shape(text: &str) -> Option<Shape> {
    let (text, _) = parts(text.trim())?;
    if let Ok(date) = text.parse() {
        return Some(Shape::Plain(date));
    }
    let mut parts = text.split(['-', '/', '.', ' ', ',']).filter(|p| !p.is_empty());
    let (a, b, c) = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(a), Some(b), Some(c), None) => (a, b, c),
        (Some(whole), None, None, None) if whole.len() == 8 => (whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?),
        _ => return None,
    };
    if let Some(year) = year(a) {
        return Date::from_ymd(year, month(b)?, day(c)?).ok().map(Shape::Plain);
    }
    // A year of two digits could be a day: `Apr-18`, `01-04-18` are not read.
    let year = year(c)?;
    if let Some(named) = month_name(b) {
        return Date::from_ymd(year, named, day(a)?).ok().map(Shape::Plain);
    }
    if let Some(named) = month_name(a) {
        return Date::from_ymd(year, named, day(b)?).ok().map(Shape::Plain);
    }
    let (first, second) = (day(a)?, day(b)?);
    let dmy = Date::from_ymd(year, second, first).ok();
    let mdy = Date::from_ymd(year, first, second).ok();
    (dmy.is_some() || mdy.is_some()).then_some(Shape::Digits(dmy, mdy))
}

/// A date and the time of day behind it; `None` if what follows the date is no time.
fn parts(text: &str) -> Option<(&str, Option<&str>)> {
    let Some(colon) = text.find(':') else { return Some((text, None)) };
    let before = text.get(..colon)?;
    let cut = before.rfind(['T', ' '])?;
    let time = text.get(cut + 1..)?;
    let allowed =
        |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '+' | '-' | 'Z' | ' ') || "AaPpMm".contains(c);
    (time.starts_with(|c: char| c.is_ascii_digit()) && time.chars().all(allowed))
        .then(|| (before.get(..cut).unwrap_or_default().trim_end(), Some(time)))
}

fn year(part: &str) -> Option<i32> {
    (part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
}

fn day(part: &str) -> Option<u32> {
    ((1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse().ok())?
}

fn month(part: &str) -> Option<u32> {
    day(part).or_else(|| month_name(part))
}

/// A month by its English or Dutch name, whole or its first three letters.
fn month_name(part: &str) -> Option<u32> {
    const NAMES: [(&str, &str); 12] = [
        ("january", "januari"),
        ("february", "februari"),
        ("march", "maart"),
        ("april", "april"),
        ("may", "mei"),
        ("june", "juni"),
        ("july", "juli"),
        ("august", "augustus"),
        ("september", "september"),
        ("october", "oktober"),
        ("november", "november"),
        ("december", "december"),
    ];
    if !part.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let part = part.to_ascii_lowercase();
    if matches!(part.as_str(), "mrt" | "sept") {
        return Some(if part == "mrt" { 3 } else { 9 });
    }
    let fits = |name: &str| name == part || (part.len() == 3 && name.starts_with(&part));
    NAMES.iter().position(|(en, nl)| fits(en) || fits(nl)).map(|i| i as u32 + 1)
}

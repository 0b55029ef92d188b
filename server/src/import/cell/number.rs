//! Numbers: `1234.5`, `1.234,56`, `€ 1 234`, `(12.00)`, `12,5 %`.

use super::Number;
use crate::import::fault::Code;
use crate::import::mapping::Decimal;
use domain::{Currency, Micros};

/// The decimal signs that a cell, or all cells of a column, allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimals {
    /// A point can be the decimal sign.
    pub point: bool,
    /// A comma can be the decimal sign.
    pub comma: bool,
}

impl Decimals {
    /// Anything goes: nothing was seen that decides.
    pub const ANY: Self = Self { point: true, comma: true };

    /// What both allow.
    pub fn and(self, other: Self) -> Self {
        Self { point: self.point && other.point, comma: self.comma && other.comma }
    }
}

/// The decimal signs that a cell allows; `None` if it holds neither sign or is no number.
pub fn decimals(text: &str) -> Option<Decimals> {
    let bare = strip(text)?;
    if !bare.digits.contains(['.', ',']) {
        return None;
    }
    let fits = |decimal| plain(&bare.digits, decimal).is_some();
    let both = Decimals { point: fits(Decimal::Point), comma: fits(Decimal::Comma) };
    (both.point || both.comma).then_some(both)
}

pub(super) fn read(text: &str, decimal: Option<Decimal>) -> Result<Number, Code> {
    let bare = strip(text).ok_or(Code::BadNumber)?;
    let digits = match decimal {
        Some(decimal) => plain(&bare.digits, decimal).ok_or(Code::BadNumber)?,
        None => match (plain(&bare.digits, Decimal::Point), plain(&bare.digits, Decimal::Comma)) {
            (Some(one), Some(other)) if one != other => return Err(Code::AmbiguousNumber),
            (one, other) => one.or(other).ok_or(Code::BadNumber)?,
        },
    };
    let (micros, rounded) = Micros::parse(&digits).map_err(|e| match e {
        domain::money::MoneyError::TooLarge => Code::OutOfRange,
        _ => Code::BadNumber,
    })?;
    let micros = if bare.negative { Micros(-micros.0) } else { micros };
    Ok(Number { micros, rounded, percent: bare.percent, currency: bare.currency })
}

/// A number without what stands around it.
struct Bare {
    digits: String,
    negative: bool,
    percent: bool,
    currency: Option<Currency>,
}

fn strip(text: &str) -> Option<Bare> {
    let mut rest = text.trim_matches(blank);
    let (mut negative, mut percent, mut currency) = (false, false, None);
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        negative = true;
        rest = inner.trim_matches(blank);
    }
    let (mut signs, mut minus) = (0, false);
    // A sign and a currency may stand in either order, before or behind.
    for _ in 0..3 {
        if let Some(after) = rest.strip_prefix(['-', '\u{2212}']).or_else(|| rest.strip_suffix('-')) {
            signs += 1;
            minus = true;
            rest = after;
        } else if let Some(after) = rest.strip_prefix('+') {
            signs += 1;
            rest = after;
        } else if let Some(after) = rest.strip_suffix('%') {
            percent = true;
            rest = after;
        } else if let Some((after, code)) = currency_beside(rest) {
            currency = code;
            rest = after;
        }
        rest = rest.trim_matches(blank);
    }
    if signs > 1 || (negative && signs > 0) {
        return None;
    }
    let ok = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’') || blank(c);
    if !rest.contains(|c: char| c.is_ascii_digit()) || !rest.chars().all(ok) {
        return None;
    }
    Some(Bare { digits: rest.to_owned(), negative: negative || minus, percent, currency })
}

fn blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Takes a currency sign or code off; a `$` or `¥` belongs to many and names none.
fn currency_beside(text: &str) -> Option<(&str, Option<Currency>)> {
    const SIGNS: [(&str, &str); 6] = [("€", "EUR"), ("£", "GBP"), ("₹", "INR"), ("US$", "USD"), ("$", ""), ("¥", "")];
    for (sign, code) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign)) {
            return Some((rest, code.parse().ok()));
        }
    }
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase());
    let front = text.get(..3).filter(|p| letters(p)).and_then(|p| p.parse().ok());
    if let Some(currency) = front {
        return Some((text.get(3..)?, Some(currency)));
    }
    let cut = text.len().checked_sub(3)?;
    let back: Currency = text.get(cut..).filter(|p| letters(p)).and_then(|p| p.parse().ok())?;
    Some((text.get(..cut)?, Some(back)))
}

/// The number with a point and without thousands marks; `None` if it cannot be read with this decimal sign.
fn plain(digits: &str, decimal: Decimal) -> Option<String> {
    let (sign, other) = match decimal {
        Decimal::Point => ('.', ','),
        Decimal::Comma => (',', '.'),
    };
    let (whole, fraction) = match digits.split_once(sign) {
        Some((whole, fraction)) => (whole, fraction),
        None => (digits, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut marks = whole.chars().filter(|c| !c.is_ascii_digit());
    let whole = match marks.next() {
        None => whole.to_owned(),
        Some(mark) if (mark == other || mark == '\'' || mark == '’' || blank(mark)) && marks.all(|m| m == mark) => {
            let groups: Vec<&str> = whole.split(mark).collect();
            let (first, later) = groups.split_first()?;
            // `0,123` has no thousands: a leading zero makes it a fraction.
            let grouped =
                (1..=3).contains(&first.len()) && !first.starts_with('0') && later.iter().all(|g| g.len() == 3);
            grouped.then(|| groups.concat())?
        }
        Some(_) => return None,
    };
    Some(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
}

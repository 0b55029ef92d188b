//! Numbers with currency signs, thousands marks, percent and parentheses.

use serde::{Deserialize, Serialize};

use super::ReadError;
use crate::{Currency, Micros, Ratio};

/// The decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Sign {
    /// `1234.56`
    #[serde(rename = ".")]
    Dot,
    /// `1234,56`
    #[serde(rename = ",")]
    Comma,
}

impl Sign {
    /// The character.
    pub const fn char(self) -> char {
        match self {
            Self::Dot => '.',
            Self::Comma => ',',
        }
    }

    /// The sign of a character.
    pub fn from_char(c: char) -> Option<Self> {
        match c {
            '.' => Some(Self::Dot),
            ',' => Some(Self::Comma),
            _ => None,
        }
    }
}

/// A number exactly as written: `scaled × 10^-scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    /// All digits as a whole number.
    pub scaled: i128,
    /// How many of them are decimals.
    pub scale: u32,
    /// Whether a percent sign stood behind it; the value is *not* divided.
    pub percent: bool,
    /// The currency that stood beside it, where code or sign names only one: `$` and `¥` belong to many.
    pub currency: Option<Currency>,
}

impl Decimal {
    /// The exact value; a percent sign is ignored.
    pub fn to_ratio(self) -> Option<Ratio> {
        Ratio::new(self.scaled, 10i128.checked_pow(self.scale)?)
    }

    /// The exact value as a share: `12.5 %` and `0.125` are the same.
    pub fn to_share(self) -> Option<Ratio> {
        let value = self.to_ratio()?;
        if self.percent { value.checked_div(Ratio::int(100)) } else { Some(value) }
    }

    /// Micro-units, and whether digits beyond the sixth had to be rounded (half-even); `None` if too large.
    pub fn to_micros(self) -> Option<(Micros, bool)> {
        // Six decimals or fewer need no fraction: this is what nearly every cell of a file has.
        if let Some(missing) = 6u32.checked_sub(self.scale) {
            let micros = self.scaled.checked_mul(10i128.pow(missing))?;
            return Some((Micros(i64::try_from(micros).ok()?), false));
        }
        let value = self.to_ratio()?;
        let micros = i64::try_from(value.round_half_even(6)?).ok()?;
        let exact = Ratio::new(i128::from(micros), 1_000_000)? == value;
        Some((Micros(micros), !exact))
    }

    /// The whole number; `None` with decimals other than zeros, or too large.
    pub fn to_i64(self) -> Option<i64> {
        let value = self.to_ratio()?;
        if value.denominator() == 1 { i64::try_from(value.numerator()).ok() } else { None }
    }
}

/// Most digits that a number may have.
const MAX_DIGITS: usize = 30;

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Reads one number. `decimal` is the sign that the person or the file is known to use.
///
/// # Errors
/// [`ReadError::AmbiguousNumber`] where the sign decides and is not known; others for what is no number.
pub fn read_number(text: &str, decimal: Option<Sign>) -> Result<Decimal, ReadError> {
    let mut rest = text.trim_matches(is_space);
    if rest.is_empty() {
        return Err(ReadError::Empty);
    }
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
        (rest, negative) = (inner.trim_matches(is_space), true);
    }
    let mut minus = false;
    let mut currency = None;
    let mut percent = false;
    // A minus and a currency may stand before the digits in either order: -€5, € -5.
    for _ in 0..2 {
        if let Some(r) = rest.strip_prefix(['-', '−', '+']) {
            if minus || negative {
                return Err(ReadError::BadNumber);
            }
            minus = true;
            negative = !rest.starts_with('+');
            rest = r.trim_start_matches(is_space);
        }
        if let Some((c, r)) = leading_currency(rest) {
            if currency.is_some() {
                return Err(ReadError::BadNumber);
            }
            (currency, rest) = (Some(c), r.trim_start_matches(is_space));
        }
    }
    // And behind them: 5-, 5- EUR, 5 €-. A dash in the place of the decimals is no minus: € 5,- is five euros.
    for _ in 0..2 {
        let dashes = rest.trim_end_matches(['-', '–', '—']);
        if dashes.len() < rest.len() && dashes.ends_with(',') {
            rest = dashes;
        }
        if let Some(r) = rest.strip_suffix(['-', '−']) {
            if minus || negative {
                return Err(ReadError::BadNumber);
            }
            (negative, rest) = (true, r.trim_end_matches(is_space));
        }
        let bare = rest.strip_suffix('%').map(|r| (None, r));
        if let Some((c, r)) = bare.or_else(|| trailing_currency(rest).map(|(c, r)| (Some(c), r))) {
            // One of them at most: an amount is no percentage.
            if percent || currency.is_some() {
                return Err(ReadError::BadNumber);
            }
            (percent, currency) = (c.is_none(), c);
            rest = r.trim_end_matches(is_space);
        }
    }
    let (scaled, scale) = digits(rest, decimal)?;
    let currency = currency.flatten();
    Ok(Decimal { scaled: if negative { -scaled } else { scaled }, scale, percent, currency })
}

const SIGNS: [(&str, Option<Currency>); 6] = [
    ("€", Some(Currency::EUR)),
    ("£", Some(Currency::GBP)),
    ("₹", Some(Currency::INR)),
    ("US$", Some(Currency::USD)),
    ("$", None),
    ("¥", None),
];

/// Takes a sign or a code of three capitals off the front; the currency, if it is a certain one, and the rest.
fn leading_currency(text: &str) -> Option<(Option<Currency>, &str)> {
    let sign = SIGNS.iter().find_map(|(sign, currency)| Some((*currency, text.strip_prefix(sign)?)));
    sign.or_else(|| Some((Some(code(text.get(..3)?)?), text.get(3..)?)))
}

/// The same at the end.
fn trailing_currency(text: &str) -> Option<(Option<Currency>, &str)> {
    let sign = SIGNS.iter().find_map(|(sign, currency)| Some((*currency, text.strip_suffix(sign)?)));
    let at = text.len().checked_sub(3);
    sign.or_else(|| Some((Some(code(text.get(at?..)?)?), text.get(..at?)?)))
}

fn code(text: &str) -> Option<Currency> {
    if text.bytes().all(|b| b.is_ascii_uppercase()) { text.parse().ok() } else { None }
}

/// All digits as one number, and how many are decimals.
fn digits(text: &str, known: Option<Sign>) -> Result<(i128, u32), ReadError> {
    let valid = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’') || is_space(c);
    if !text.chars().all(valid) || !text.contains(|c: char| c.is_ascii_digit()) {
        return Err(ReadError::BadNumber);
    }
    let (whole, fraction) = match decimal_sign(text, known)? {
        Some(sign) => text.split_once(sign.char()).ok_or(ReadError::BadNumber)?,
        None => (text, ""),
    };
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(ReadError::Grouping);
    }
    let whole = ungrouped(whole)?;
    if whole.len() + fraction.len() > MAX_DIGITS {
        return Err(ReadError::NumberTooLarge);
    }
    let all = whole.bytes().chain(fraction.bytes()).fold(0i128, |n, b| n * 10 + i128::from(b - b'0'));
    Ok((all, fraction.len() as u32))
}

/// Which sign splits whole from fraction in this text, if any does.
fn decimal_sign(text: &str, known: Option<Sign>) -> Result<Option<Sign>, ReadError> {
    let found = |sign: Sign| text.matches(sign.char()).count();
    let (dots, commas) = (found(Sign::Dot), found(Sign::Comma));
    let by_itself = match (dots, commas) {
        (0, 0) => return Ok(None),
        // The later of two kinds is the decimal sign, and stands once.
        (1.., 1..) => {
            let sign = if text.rfind('.') > text.rfind(',') { Sign::Dot } else { Sign::Comma };
            if found(sign) > 1 {
                return Err(ReadError::Grouping);
            }
            Some(sign)
        }
        (2.., 0) | (0, 2..) => None,
        (1, 0) => return one_mark(text, Sign::Dot, known),
        (0, 1) => return one_mark(text, Sign::Comma, known),
    };
    match (by_itself, known) {
        (Some(sign), Some(known)) if sign != known => Err(ReadError::Grouping),
        (None, Some(known)) if found(known) > 0 => Err(ReadError::Grouping),
        _ => Ok(by_itself),
    }
}

/// One dot or comma: a decimal sign, a thousands mark, or not to be told.
fn one_mark(text: &str, mark: Sign, known: Option<Sign>) -> Result<Option<Sign>, ReadError> {
    if let Some(known) = known {
        return Ok((mark == known).then_some(mark));
    }
    let (before, after) = text.split_once(mark.char()).unwrap_or((text, ""));
    // A group of thousands is three digits behind one to three that do not start with 0.
    let could_group = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    if could_group && before.bytes().chain(after.bytes()).all(|b| b.is_ascii_digit()) {
        Err(ReadError::AmbiguousNumber)
    } else {
        Ok(Some(mark))
    }
}

/// The digits of a whole part without its thousands marks, which must be one kind and in their places.
fn ungrouped(whole: &str) -> Result<String, ReadError> {
    let normal = |c: char| match c {
        '’' => '\'',
        c if is_space(c) => ' ',
        c => c,
    };
    let mut marks = whole.chars().filter(|c| !c.is_ascii_digit()).map(normal);
    let Some(mark) = marks.next() else {
        return Ok(whole.to_string());
    };
    if marks.any(|m| m != mark) {
        return Err(ReadError::Grouping);
    }
    let groups: Vec<&str> = whole.split(|c: char| !c.is_ascii_digit()).collect();
    let first_fits = groups.first().is_some_and(|g| (1..=3).contains(&g.len()) && !(g.starts_with('0')));
    if !first_fits || groups.iter().skip(1).any(|g| g.len() != 3) {
        return Err(ReadError::Grouping);
    }
    Ok(groups.concat())
}

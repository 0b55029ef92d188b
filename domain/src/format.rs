//! Numbers, money and dates as a reader of English or Dutch writes them; the same text on the server and
//! in the browser. Rounding happens here, once, half-even.
//!
//! Spaces inside a value are no-break spaces, so that `€ 1.234,56` and `64,9 %` stay on one line. Names of
//! months and days are here because they are part of the notation; sentences are in the locale files.

mod calendar;
mod number;

use serde::{Deserialize, Serialize};

pub use calendar::{date, date_with_weekday, day_month, month_name, month_short, period, period_short, weekday_short};
pub use number::{
    count, days, decimal, interval, interval_of, money, money_compact, money_in_table, number, percent, points, signed,
};

use crate::metric::{Answer, Figure, Unit};
use crate::{Currency, Outcome};

/// The reader's language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English.
    #[default]
    En,
    /// Dutch.
    Nl,
}

impl Locale {
    /// All.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The language tag.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// The locale of a language tag; regions are ignored (`nl-BE` is Dutch).
    pub fn from_code(tag: &str) -> Option<Self> {
        let language = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(language))
    }

    /// The decimal sign.
    pub const fn decimal_sign(self) -> char {
        match self {
            Self::En => '.',
            Self::Nl => ',',
        }
    }

    /// The thousands mark.
    pub const fn thousands_mark(self) -> char {
        match self {
            Self::En => ',',
            Self::Nl => '.',
        }
    }
}

impl std::str::FromStr for Locale {
    type Err = UnknownLocale;
    fn from_str(s: &str) -> Result<Self, UnknownLocale> {
        Self::from_code(s).ok_or(UnknownLocale)
    }
}

/// A language that Maatstaf does not speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("languages are en and nl")]
pub struct UnknownLocale;

/// A figure as text: money with the currency's decimals, rates with one decimal, days with at most one.
pub fn figure(locale: Locale, figure: &Figure, currency: Currency) -> String {
    match figure.unit {
        Unit::Money => money(locale, figure.exact, currency),
        Unit::MoneyPerDay => money(locale, figure.exact, currency) + per_day(locale),
        Unit::Ratio => percent(locale, figure.exact, 1),
        Unit::Count if figure.exact.denominator() == 1 => decimal(locale, figure.exact, 0),
        Unit::Count => number(locale, figure.exact, 1),
        Unit::Days => days(locale, figure.exact, 1),
        Unit::Number => number(locale, figure.exact, 2),
    }
}

fn per_day(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "/day",
        Locale::Nl => "/dag",
    }
}

/// A figure as short text for a tile or an axis: `€ 84 k`, `65 %`.
pub fn figure_compact(locale: Locale, f: &Figure, currency: Currency) -> String {
    match f.unit {
        Unit::Money => money_compact(locale, f.exact, currency),
        Unit::Ratio => percent(locale, f.exact, 0),
        Unit::MoneyPerDay | Unit::Count | Unit::Days | Unit::Number => figure(locale, f, currency),
    }
}

/// A figure for a table or a sentence, where people compare: as [`figure`], but see [`money_in_table`].
pub fn figure_in_table(locale: Locale, f: &Figure, currency: Currency) -> String {
    match f.unit {
        Unit::Money => money_in_table(locale, f.exact, currency),
        Unit::MoneyPerDay => money_in_table(locale, f.exact, currency) + per_day(locale),
        Unit::Ratio | Unit::Count | Unit::Days | Unit::Number => figure(locale, f, currency),
    }
}

/// As [`answer`], for a table: see [`figure_in_table`].
pub fn answer_in_table(locale: Locale, answer: &Answer, currency: Currency) -> Option<String> {
    match &answer.value {
        Outcome::Value(f) => Some(figure_in_table(locale, f, currency)),
        Outcome::NotMeasurable(_) => None,
    }
}

/// The value of an answer, or `None` where it is not measurable (the reason is in the locale files).
pub fn answer(locale: Locale, answer: &Answer, currency: Currency) -> Option<String> {
    match &answer.value {
        Outcome::Value(f) => Some(figure(locale, f, currency)),
        Outcome::NotMeasurable(_) => None,
    }
}

#[cfg(test)]
mod tests;

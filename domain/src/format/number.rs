//! Numbers, percentages and money.

use super::Locale;
use crate::{Currency, Ratio};

/// Space that keeps a value on one line.
pub(super) const NBSP: char = '\u{a0}';
/// Shown where a number has too many digits to be rounded exactly.
const TOO_LARGE: &str = "…";

/// Puts thousands marks and the decimal sign into plain text such as `-1234.50`.
fn localised(locale: Locale, plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |d| ("-", d));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut text = String::with_capacity(plain.len() + plain.len() / 3);
    text.push_str(sign);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(locale.thousands_mark());
        }
        text.push(c);
    }
    if !fraction.is_empty() {
        text.push(locale.decimal_sign());
        text.push_str(fraction);
    }
    text
}

/// A whole number with thousands marks: `8.800`.
pub fn count(locale: Locale, n: i64) -> String {
    localised(locale, &n.to_string())
}

/// A number with exactly this many decimals.
pub fn decimal(locale: Locale, value: Ratio, decimals: u32) -> String {
    value.to_decimal(decimals).map_or_else(|| TOO_LARGE.into(), |plain| localised(locale, &plain))
}

/// A number with at most this many decimals; zeros at the end are left out.
pub fn number(locale: Locale, value: Ratio, most_decimals: u32) -> String {
    let Some(plain) = value.to_decimal(most_decimals) else {
        return TOO_LARGE.into();
    };
    if plain.contains('.') {
        localised(locale, plain.trim_end_matches('0').trim_end_matches('.'))
    } else {
        localised(locale, &plain)
    }
}

fn hundredfold(value: Ratio) -> Option<Ratio> {
    value.checked_mul(Ratio::int(100))
}

/// A share as a percentage: 0.649 is `64.9%` in English, `64,9 %` in Dutch.
pub fn percent(locale: Locale, share: Ratio, decimals: u32) -> String {
    let Some(value) = hundredfold(share) else {
        return TOO_LARGE.into();
    };
    with_percent_sign(locale, decimal(locale, value, decimals))
}

fn with_percent_sign(locale: Locale, number: String) -> String {
    match locale {
        Locale::En => number + "%",
        Locale::Nl => format!("{number}{NBSP}%"),
    }
}

/// Text with a plus before a positive number; zero and negative stay as they are.
pub fn signed(value: Ratio, text: String) -> String {
    if value.signum() > 0 { format!("+{text}") } else { text }
}

/// The difference of two shares in percentage points, with its sign: `+2.1 pp`.
pub fn points(locale: Locale, difference: Ratio, decimals: u32) -> String {
    let Some(value) = hundredfold(difference) else {
        return TOO_LARGE.into();
    };
    format!("{}{NBSP}pp", signed(value, decimal(locale, value, decimals)))
}

/// Calendar days: `57 days`, `1 dag`, at most this many decimals.
pub fn days(locale: Locale, value: Ratio, most_decimals: u32) -> String {
    let one = value.abs() == Ratio::ONE;
    let word = match (locale, one) {
        (Locale::En, true) => "day",
        (Locale::En, false) => "days",
        (Locale::Nl, true) => "dag",
        (Locale::Nl, false) => "dagen",
    };
    format!("{}{NBSP}{word}", number(locale, value, most_decimals))
}

/// Puts the currency to an amount: `€1,234.56`, `-€5.00`, `€ 1.234,56`, `€ -5,00`, `CHF 5.00`.
fn with_currency(locale: Locale, amount: String, currency: Currency) -> String {
    match (locale, currency.sign()) {
        (Locale::En, Some(sign)) => match amount.strip_prefix('-') {
            Some(positive) => format!("-{sign}{positive}"),
            None => format!("{sign}{amount}"),
        },
        (Locale::Nl, Some(sign)) => format!("{sign}{NBSP}{amount}"),
        (Locale::En | Locale::Nl, None) => format!("{}{NBSP}{amount}", currency.code()),
    }
}

/// Money with the currency's own decimals; `units` are whole units, not micro-units.
pub fn money(locale: Locale, units: Ratio, currency: Currency) -> String {
    with_currency(locale, decimal(locale, units, currency.digits()), currency)
}

/// Money where people compare: without cents from a thousand units up.
pub fn money_in_table(locale: Locale, units: Ratio, currency: Currency) -> String {
    let decimals = if units.abs() < Ratio::int(1000) { currency.digits() } else { 0 };
    with_currency(locale, decimal(locale, units, decimals), currency)
}

/// Money in at most three digits: `€84k`, `€ 1,2 mln.`
pub fn money_compact(locale: Locale, units: Ratio, currency: Currency) -> String {
    let suffixes = match locale {
        Locale::En => ["", "k", "M", "B"],
        Locale::Nl => ["", "k", "mln", "mld"],
    };
    let mut text = None;
    for (power, suffix) in suffixes.iter().enumerate() {
        let Some(scaled) = Ratio::new(1, 1000i128.pow(power as u32)).and_then(|s| units.checked_mul(s)) else {
            break;
        };
        let decimals = u32::from(power > 0 && scaled.abs() < Ratio::int(10));
        let number = number(locale, scaled, decimals);
        text = Some(match (suffix.is_empty(), locale) {
            (true, _) => number,
            (false, Locale::En) => number + suffix,
            (false, Locale::Nl) => format!("{number}{NBSP}{suffix}"),
        });
        // 999,950 rounds to 1,000 thousand, which is said as 1 million.
        if scaled.round_half_even(decimals.min(1)).is_some_and(|n| n.abs() < 1000 * 10i128.pow(decimals)) {
            break;
        }
    }
    with_currency(locale, text.unwrap_or_else(|| TOO_LARGE.into()), currency)
}

/// A 95 % interval of a share: `51.9–76.0%`.
pub fn interval(locale: Locale, (low, high): (f64, f64)) -> String {
    interval_of(locale, low, high, 1)
}

/// An interval of a share with this many decimals.
pub fn interval_of(locale: Locale, low: f64, high: f64, decimals: u32) -> String {
    let text = |share: f64| localised(locale, &format!("{:.*}", decimals as usize, share * 100.0));
    with_percent_sign(locale, format!("{}–{}", text(low), text(high)))
}

//! Exact money: micro-units (10⁻⁶ of the currency's unit) as whole numbers, never floats.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Currency, Ratio};

/// Micro-units in one unit of a currency.
pub const MICROS_PER_UNIT: i64 = 1_000_000;

/// Why a text or a result is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not of the form `-1234.56`.
    #[error("not a plain decimal number")]
    Syntax,
    /// Beyond ± 9 223 372 036 854.775807.
    #[error("amount too large")]
    TooLarge,
    /// Amounts of different currencies were combined.
    #[error("different currencies")]
    CurrencyMismatch,
}

impl MoneyError {
    /// Stable code for messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::Syntax => "amount_syntax",
            Self::TooLarge => "amount_too_large",
            Self::CurrencyMismatch => "currency_mismatch",
        }
    }
}

/// An amount in micro-units without its currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub i64);

impl Micros {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whole units of a currency.
    pub fn from_units(units: i64) -> Option<Self> {
        units.checked_mul(MICROS_PER_UNIT).map(Self)
    }

    /// Micro-units.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Reads plain decimal text (`1234.5`, `-0.07`): a dot, no thousands marks. Says whether digits
    /// beyond the sixth had to be rounded (half-even).
    ///
    /// # Errors
    /// [`MoneyError::Syntax`] or [`MoneyError::TooLarge`].
    pub fn parse(text: &str) -> Result<(Self, bool), MoneyError> {
        let text = text.trim();
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if (whole.is_empty() && fraction.is_empty())
            || !(whole.bytes().chain(fraction.bytes())).all(|b| b.is_ascii_digit())
        {
            return Err(MoneyError::Syntax);
        }
        let mut value: i128 = 0;
        for b in whole.bytes() {
            value =
                value.checked_mul(10).and_then(|v| v.checked_add(i128::from(b - b'0'))).ok_or(MoneyError::TooLarge)?;
        }
        let fraction = fraction.as_bytes();
        for i in 0..6 {
            let digit = fraction.get(i).map_or(0, |b| i128::from(b - b'0'));
            value = value.checked_mul(10).and_then(|v| v.checked_add(digit)).ok_or(MoneyError::TooLarge)?;
        }
        let rest = fraction.get(6..).unwrap_or(&[]);
        let rounded = rest.iter().any(|b| *b != b'0');
        if let Some(first) = rest.first() {
            let beyond_half = rest[1..].iter().any(|b| *b != b'0');
            if *first > b'5' || (*first == b'5' && (beyond_half || value % 2 == 1)) {
                value = value.checked_add(1).ok_or(MoneyError::TooLarge)?;
            }
        }
        let value = if negative { -value } else { value };
        i64::try_from(value).map(|v| (Self(v), rounded)).map_err(|_| MoneyError::TooLarge)
    }

    /// The exact number of whole units.
    pub fn to_ratio(self) -> Ratio {
        // The denominator is not zero and both fit, so this never falls back.
        Ratio::new(i128::from(self.0), i128::from(MICROS_PER_UNIT)).unwrap_or(Ratio::ZERO)
    }

    /// Text with this many decimals, rounded half-even: `1234.50`.
    pub fn to_decimal(self, decimals: u32) -> String {
        micros_to_decimal(i128::from(self.0), decimals)
    }
}

impl fmt::Display for Micros {
    /// Shortest exact text: `1234.5`, `7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.to_decimal(6);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Serialize for Micros {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Micros {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::ids::i64_from_any(d).map(Self)
    }
}

/// Text of a sum of micro-units with this many decimals, rounded half-even.
pub fn micros_to_decimal(micros: i128, decimals: u32) -> String {
    Ratio::new(micros, i128::from(MICROS_PER_UNIT)).and_then(|r| r.to_decimal(decimals)).unwrap_or_default()
}

/// An amount with its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Micro-units.
    pub micros: Micros,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of micro-units.
    pub const fn new(micros: i64, currency: Currency) -> Self {
        Self { micros: Micros(micros), currency }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] or [`MoneyError::TooLarge`].
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        let sum = self.micros.0.checked_add(other.micros.0).ok_or(MoneyError::TooLarge)?;
        Ok(Self::new(sum, self.currency))
    }

    /// Divides it over weights into parts that people can pay and that add up to it exactly: as [`allocate`], but in
    /// whole smallest units of the currency (cents). What the amount has below one goes to the largest weight.
    /// `None` as for [`allocate`].
    pub fn split(self, weights: &[i64]) -> Option<Vec<Self>> {
        let step = 10i64.checked_pow(6u32.saturating_sub(self.currency.digits()))?;
        let mut parts = allocate(Micros(self.micros.0 / step), weights)?;
        for part in &mut parts {
            part.0 = part.0.checked_mul(step)?;
        }
        let (largest, _) = weights.iter().enumerate().rev().max_by_key(|(_, w)| **w)?;
        let part = parts.get_mut(largest)?;
        part.0 = part.0.checked_add(self.micros.0 % step)?;
        Some(parts.into_iter().map(|micros| Self { micros, currency: self.currency }).collect())
    }

    /// Text with the currency's own decimals, as in the API: `275056.00`.
    pub fn to_decimal(self) -> String {
        self.micros.to_decimal(self.currency.digits())
    }
}

/// Divides a total over weights so that the parts add up to it exactly: each gets its share without the fraction, and
/// the micros left go to the largest fractions (ties to the earlier part). A negative total is the positive one with
/// its sign turned, so that a return undoes what its sale brought. `None` when the weights are empty, negative or all
/// zero, or too large.
pub fn allocate(total: Micros, weights: &[i64]) -> Option<Vec<Micros>> {
    if weights.iter().any(|w| *w < 0) {
        return None;
    }
    let sum: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if sum == 0 {
        return None;
    }
    let size = i128::from(total.0).abs();
    let mut parts = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (i, w) in weights.iter().enumerate() {
        let product = size * i128::from(*w);
        parts.push(product / sum);
        remainders.push((product % sum, i));
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let left = usize::try_from(size - parts.iter().sum::<i128>()).ok()?;
    for (_, i) in remainders.iter().take(left) {
        parts[*i] += 1;
    }
    let sign = i128::from(total.0.signum());
    parts.into_iter().map(|p| i64::try_from(sign * p).ok().map(Micros)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_decimals_are_read_exactly() {
        let read = |s| Micros::parse(s).map(|(m, r)| (m.0, r));
        assert_eq!(read("275056"), Ok((275_056_000_000, false)));
        assert_eq!(read("-0.000001"), Ok((-1, false)));
        assert_eq!(read("0.0000005"), Ok((0, true)));
        assert_eq!(read("0.0000015"), Ok((2, true)));
        assert_eq!(read("0.00000050001"), Ok((1, true)));
        assert_eq!(read("1.5000000"), Ok((1_500_000, false)));
        assert_eq!(read("12,5"), Err(MoneyError::Syntax));
        assert_eq!(read("."), Err(MoneyError::Syntax));
        assert_eq!(read("9223372036855"), Err(MoneyError::TooLarge));
        // The largest there is before the last digit is rounded up.
        assert_eq!(read("170141183460469231731687303715884.1057279"), Err(MoneyError::TooLarge));
    }

    #[test]
    fn currencies_do_not_mix() {
        let eur = Money::new(1, Currency::EUR);
        assert_eq!(eur.checked_add(Money::new(1, Currency::USD)), Err(MoneyError::CurrencyMismatch));
        assert_eq!(Money::new(i64::MAX, Currency::EUR).checked_add(eur), Err(MoneyError::TooLarge));
        assert_eq!(Money::new(275_056_000_000, Currency::USD).to_decimal(), "275056.00");
    }

    #[test]
    fn credit_and_distributions_lose_nothing() {
        let micros = |total, weights: &[i64]| allocate(Micros(total), weights).map(|p| p.iter().map(|m| m.0).collect());
        assert_eq!(micros(100, &[1, 1, 1]), Some(vec![34, 33, 33]));
        assert_eq!(micros(-100, &[1, 1, 1]), Some(vec![-34, -33, -33]), "a return undoes its sale");
        assert_eq!(micros(5, &[60, 40]), Some(vec![3, 2]));
        assert_eq!(micros(7, &[0, 1]), Some(vec![0, 7]));
        assert_eq!((micros(7, &[]), micros(7, &[0, 0]), micros(7, &[2, -1])), (None, None, None));
        assert_eq!(micros(i64::MIN, &[1]), Some(vec![i64::MIN]));
        let split = |amount: &str, currency: &str, weights: &[i64]| -> Vec<String> {
            let money = Money { micros: Micros::parse(amount).unwrap().0, currency: currency.parse().unwrap() };
            money.split(weights).unwrap().iter().map(|m| m.micros.to_string()).collect()
        };
        assert_eq!(split("100", "EUR", &[1, 1, 1]), ["33.34", "33.33", "33.33"]);
        assert_eq!(split("-100", "EUR", &[1, 1, 1]), ["-33.34", "-33.33", "-33.33"]);
        assert_eq!(split("100", "JPY", &[1, 1, 1]), ["34", "33", "33"]);
        assert_eq!(split("1", "KWD", &[1, 1, 1]), ["0.334", "0.333", "0.333"]);
        assert_eq!(split("0.055", "EUR", &[40, 60]), ["0.02", "0.035"], "half a cent cannot be divided");
        // erpnext PR #40062: 5 × 100 % + 10 × 50 % is 10, not 15.
        let half = allocate(Micros(10), &[50, 50]).unwrap();
        assert_eq!(5 + half[0].0, 10);
    }

    proptest! {
        #[test]
        fn split_parts_add_up_and_are_payable(total: i64, weights in prop::collection::vec(0i64..1000, 1..12), digits in 0usize..3) {
            let currency = ["JPY", "EUR", "KWD"][digits].parse::<Currency>().unwrap();
            let step = [1_000_000, 10_000, 1000][digits];
            if let Some(parts) = Money::new(total, currency).split(&weights) {
                prop_assert_eq!(parts.iter().map(|p| i128::from(p.micros.0)).sum::<i128>(), i128::from(total));
                let odd = parts.iter().filter(|p| p.micros.0 % step != 0).count();
                prop_assert_eq!(odd, usize::from(total % step != 0));
            } else {
                prop_assert!(weights.iter().all(|w| *w == 0));
            }
        }

        #[test]
        fn a_part_is_within_one_of_its_share(total: i64, weights in prop::collection::vec(0i64..1000, 1..12)) {
            let sum: i64 = weights.iter().sum();
            for (part, w) in allocate(Micros(total), &weights).unwrap_or_default().iter().zip(&weights) {
                let off = i128::from(part.0) * i128::from(sum) - i128::from(total) * i128::from(*w);
                prop_assert!(off.abs() < i128::from(sum));
            }
        }

        #[test]
        fn parts_add_up_to_the_whole(total: i64, weights in prop::collection::vec(0i64..i64::MAX, 1..12)) {
            if let Some(parts) = allocate(Micros(total), &weights) {
                prop_assert_eq!(parts.iter().map(|p| i128::from(p.0)).sum::<i128>(), i128::from(total));
            } else {
                prop_assert!(weights.iter().all(|w| *w == 0));
            }
        }

        #[test]
        fn text_round_trips(n: i64) {
            prop_assert_eq!(Micros::parse(&Micros(n).to_string()), Ok((Micros(n), false)));
        }

        #[test]
        fn no_text_panics(s in "\\PC{0,40}") {
            let _ = Micros::parse(&s);
        }
    }
}

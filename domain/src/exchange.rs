//! Exchange rates by date, and amounts in an organisation's reporting currency.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Currency, Date, Micros, Money, Outcome, Ratio, Why};

/// Why a rate is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// Zero or less.
    #[error("an exchange rate is above zero")]
    NotPositive,
    /// The reporting currency is worth itself on every day.
    #[error("the reporting currency has no rate")]
    OwnCurrency,
}

impl RateError {
    /// Stable code for messages.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotPositive => "rate_not_positive",
            Self::OwnCurrency => "rate_own_currency",
        }
    }
}

/// What units of other currencies are worth in the reporting currency, from each date on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    reporting: Currency,
    by_currency: BTreeMap<Currency, BTreeMap<Date, Ratio>>,
}

impl Rates {
    /// No rates yet.
    pub fn new(reporting: Currency) -> Self {
        Self { reporting, by_currency: BTreeMap::new() }
    }

    /// From this date until a later one, a unit of the currency is worth `rate` units of the reporting currency.
    /// Replaces the rate of the same date.
    ///
    /// # Errors
    /// [`RateError`] for a rate of zero or less, or for the reporting currency itself.
    pub fn set(&mut self, currency: Currency, date: Date, rate: Ratio) -> Result<(), RateError> {
        if currency == self.reporting {
            return Err(RateError::OwnCurrency);
        }
        if rate.signum() <= 0 {
            return Err(RateError::NotPositive);
        }
        self.by_currency.entry(currency).or_default().insert(date, rate);
        Ok(())
    }

    /// The days from which a currency is worth something else, in order.
    pub fn days(&self, currency: Currency) -> impl Iterator<Item = Date> + '_ {
        self.by_currency.get(&currency).into_iter().flat_map(|rates| rates.keys().copied())
    }

    /// The currencies that are worth something else on some day than by other rates.
    pub fn differing(&self, other: &Self) -> Vec<Currency> {
        let all: BTreeSet<Currency> = self.by_currency.keys().chain(other.by_currency.keys()).copied().collect();
        all.into_iter().filter(|currency| self.by_currency.get(currency) != other.by_currency.get(currency)).collect()
    }

    /// The latest rate on or before the date; 1 for the reporting currency. Without one not measurable, with the
    /// currency and the date that was asked about.
    pub fn on(&self, currency: Currency, date: Date) -> Outcome<Ratio> {
        if currency == self.reporting {
            return Outcome::Value(Ratio::ONE);
        }
        let latest = self.by_currency.get(&currency).and_then(|rates| rates.range(..=date).next_back());
        Outcome::from_option(latest.map(|(_, rate)| *rate), Why::MissingRate { currency, date })
    }

    /// An amount in the reporting currency by the rate of its date, rounded once, half-even, to a micro-unit.
    pub fn convert(&self, amount: Money, date: Date) -> Outcome<Money> {
        self.on(amount.currency, date).and_then(|rate| {
            // Both in micro-units, so the rate applies as it is.
            let exact = Ratio::from(amount.micros.0).checked_mul(rate).and_then(|r| r.round_half_even(0));
            let micros = exact.and_then(|m| i64::try_from(m).ok());
            Outcome::from_option(micros, Why::TooLarge).map(|m| Money { micros: Micros(m), currency: self.reporting })
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn d(s: &str) -> Date {
        s.parse().unwrap()
    }

    fn r(n: i128, den: i128) -> Ratio {
        Ratio::new(n, den).unwrap()
    }

    fn rates() -> Rates {
        let mut rates = Rates::new(Currency::EUR);
        rates.set(Currency::USD, d("2017-03-01"), r(95, 100)).unwrap();
        rates.set(Currency::USD, d("2017-03-03"), r(94, 100)).unwrap();
        rates
    }

    #[test]
    fn the_latest_rate_on_or_before_the_date_holds() {
        let on = |day| rates().on(Currency::USD, d(day)).into_value().map(|x| x.to_string());
        assert_eq!(on("2017-03-01").as_deref(), Some("19/20"));
        assert_eq!(on("2017-03-02").as_deref(), Some("19/20"));
        assert_eq!(on("2017-03-03").as_deref(), Some("47/50"));
        assert_eq!(on("2030-01-01").as_deref(), Some("47/50"));
        assert_eq!(rates().on(Currency::EUR, d("1999-01-01")), Outcome::Value(Ratio::ONE));
    }

    #[test]
    fn without_a_rate_the_currency_and_the_date_are_named() {
        let why = |c, day| rates().convert(Money::new(1, c), d(day)).why();
        let missing = |currency, day| Some(Why::MissingRate { currency, date: d(day) });
        assert_eq!(why(Currency::USD, "2017-02-28"), missing(Currency::USD, "2017-02-28"));
        assert_eq!(why(Currency::GBP, "2017-03-05"), missing(Currency::GBP, "2017-03-05"));
        assert_eq!(why(Currency::EUR, "2017-02-28"), None);
    }

    #[test]
    fn one_rounding_half_to_even() {
        let convert = |micros, rate| {
            let mut rates = Rates::new(Currency::EUR);
            rates.set(Currency::USD, d("2017-01-01"), rate).unwrap();
            rates.convert(Money::new(micros, Currency::USD), d("2017-01-01")).map(|m| m.micros.0)
        };
        // 1.0565 dollars to the euro: 100 dollars are 94.652 153 33… euros.
        assert_eq!(convert(100_000_000, r(10_000, 10_565)), Outcome::Value(94_652_153));
        assert_eq!(convert(1, r(1, 2)), Outcome::Value(0));
        assert_eq!(convert(3, r(1, 2)), Outcome::Value(2));
        assert_eq!(convert(-3, r(1, 2)), Outcome::Value(-2));
        assert_eq!(convert(i64::MAX, r(2, 1)), Outcome::NotMeasurable(Why::TooLarge));
        assert_eq!(convert(i64::MAX, r(i128::MAX, 1)), Outcome::NotMeasurable(Why::TooLarge));
        assert_eq!(convert(i64::MIN, Ratio::ONE), Outcome::Value(i64::MIN));
    }

    #[test]
    fn a_rate_is_above_zero_and_of_another_currency() {
        let set = |currency, rate| Rates::new(Currency::EUR).set(currency, Date::MIN, rate);
        assert_eq!(set(Currency::USD, Ratio::ZERO), Err(RateError::NotPositive));
        assert_eq!(set(Currency::USD, r(-1, 2)), Err(RateError::NotPositive));
        assert_eq!(set(Currency::EUR, Ratio::ONE), Err(RateError::OwnCurrency));
    }

    proptest! {
        #[test]
        fn the_order_of_rates_does_not_matter(days in prop::collection::vec((0i32..50, 1i64..1000), 1..9), asked in 0i32..60) {
            let of = |list: &[(i32, i64)]| {
                let mut rates = Rates::new(Currency::EUR);
                for (day, rate) in list {
                    rates.set(Currency::USD, Date::from_day_number(*day).unwrap(), Ratio::from(*rate)).unwrap();
                }
                rates.on(Currency::USD, Date::from_day_number(asked).unwrap())
            };
            let mut unique = days.clone();
            unique.sort_unstable();
            unique.dedup_by_key(|(day, _)| *day);
            let mut turned = unique.clone();
            turned.reverse();
            prop_assert_eq!(of(&unique), of(&turned));
            let latest = unique.iter().rev().find(|(day, _)| *day <= asked).map(|(_, rate)| Ratio::from(*rate));
            prop_assert_eq!(of(&unique).into_value(), latest);
        }

        #[test]
        fn rounding_is_off_by_half_a_micro_at_most(micros: i64, n in 1i64..1_000_000_000, den in 1i64..1_000_000_000) {
            let mut rates = Rates::new(Currency::EUR);
            let rate = r(n.into(), den.into());
            rates.set(Currency::USD, Date::MIN, rate).unwrap();
            if let Outcome::Value(m) = rates.convert(Money::new(micros, Currency::USD), Date::MIN) {
                let exact = Ratio::from(micros).checked_mul(rate).unwrap();
                let off = Ratio::from(m.micros.0).checked_sub(exact).unwrap().abs();
                prop_assert!(off <= r(1, 2));
            }
        }
    }

    #[test]
    fn rates_are_compared_currency_by_currency() {
        let currency = |code: &str| code.parse::<Currency>().unwrap();
        let day = |text: &str| text.parse::<Date>().unwrap();
        let mut one = Rates::new(currency("EUR"));
        one.set(currency("USD"), day("2024-01-01"), Ratio::ONE).unwrap();
        let mut other = one.clone();
        assert_eq!(one.differing(&other), []);
        other.set(currency("USD"), day("2024-01-02"), Ratio::ONE).unwrap();
        other.set(currency("GBP"), day("2024-01-01"), Ratio::ONE).unwrap();
        assert_eq!(one.differing(&other), [currency("GBP"), currency("USD")]);
        assert_eq!(other.differing(&one), one.differing(&other));
        assert_eq!(other.days(currency("USD")).collect::<Vec<_>>(), [day("2024-01-01"), day("2024-01-02")]);
    }
}

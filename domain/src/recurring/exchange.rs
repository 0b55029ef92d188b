//! Subscriptions in foreign currencies.

use super::{ExchangeRate, Subscription};
use crate::{Currency, Date, Micros, Outcome, Ratio, Why};

/// A subscription whose amount is in a currency of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priced {
    /// The subscription; its amount per year is in `currency`.
    pub subscription: Subscription,
    /// The currency that the customer pays in.
    pub currency: Currency,
}

/// Converts amounts per year into the reporting currency, each rounded half-even to a micro-unit once.
/// `rate` gives the units of the reporting currency for one unit of another on a day (the latest rate on or
/// before it). Subscriptions that never were active are left out; the order stays.
///
/// [`ExchangeRate::Held`] takes the rate of the day on which the customer's unbroken service in the currency
/// began, so that a renewal at the same price is no movement. Not measurable, with currency and date, where a
/// rate is missing.
pub fn convert(
    priced: &[Priced],
    reporting: Currency,
    choice: ExchangeRate,
    rate: impl Fn(Currency, Date) -> Option<Ratio>,
) -> Outcome<Vec<Subscription>> {
    let mut converted: Vec<Option<Subscription>> = vec![None; priced.len()];
    let mut order: Vec<usize> = (0..priced.len()).collect();
    order.sort_by_key(|i| priced.get(*i).map(|p| (p.subscription.customer, p.currency, p.subscription.start)));
    let mut run: Option<Run> = None;
    for i in order {
        let (Some(one), Some(slot)) = (priced.get(i), converted.get_mut(i)) else { continue };
        if one.subscription.end.is_some_and(|end| end <= one.subscription.start) {
            continue;
        }
        if one.currency == reporting {
            *slot = Some(one.subscription);
            continue;
        }
        let unbroken = run.filter(|r| choice == ExchangeRate::Held && r.is_joined_by(one));
        let next = match unbroken {
            Some(r) => r.longer(one),
            None => match rate(one.currency, one.subscription.start) {
                Some(rate) => Run::new(one, rate),
                None => {
                    let (currency, date) = (one.currency, one.subscription.start);
                    return Outcome::NotMeasurable(Why::MissingRate { currency, date });
                }
            },
        };
        run = Some(next);
        let Some(per_year) = times(one.subscription.per_year, next.rate) else {
            return Outcome::NotMeasurable(Why::TooLarge);
        };
        *slot = Some(Subscription { per_year, ..one.subscription });
    }
    Outcome::Value(converted.into_iter().flatten().collect())
}

fn times(amount: Micros, rate: Ratio) -> Option<Micros> {
    let exact = Ratio::from(amount.get()).checked_mul(rate)?;
    i64::try_from(exact.round_half_even(0)?).ok().map(Micros)
}

/// Unbroken service of a customer in one currency.
#[derive(Clone, Copy)]
struct Run {
    customer: u32,
    currency: Currency,
    end: Option<Date>,
    rate: Ratio,
}

impl Run {
    fn new(one: &Priced, rate: Ratio) -> Self {
        Self { customer: one.subscription.customer, currency: one.currency, end: one.subscription.end, rate }
    }

    fn is_joined_by(&self, one: &Priced) -> bool {
        self.customer == one.subscription.customer
            && self.currency == one.currency
            && self.end.is_none_or(|end| one.subscription.start <= end)
    }

    fn longer(self, one: &Priced) -> Self {
        let end = self.end.and_then(|a| one.subscription.end.map(|b| a.max(b)));
        Self { end, ..self }
    }
}

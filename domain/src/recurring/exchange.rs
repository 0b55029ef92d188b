//! Subscriptions in foreign currencies.

use super::{ExchangeRate, Subscription};
use crate::exchange::Rates;
use crate::{Currency, Date, Money, Outcome, Why};

/// A subscription whose amount is in a currency of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Priced {
    /// The subscription; its amount per year is in `currency`.
    pub subscription: Subscription,
    /// The currency that the customer pays in.
    pub currency: Currency,
}

/// Converts amounts per year into the reporting currency, each rounded half-even to a micro-unit once.
/// Subscriptions that never were active are left out; the order stays.
///
/// [`ExchangeRate::Held`] takes the rate of the day on which the customer's unbroken service in the currency
/// began, so that a renewal at the same price is no movement. Not measurable, with currency and date, where a
/// rate is missing.
pub fn convert(priced: &[Priced], choice: ExchangeRate, rates: &Rates) -> Outcome<Vec<Subscription>> {
    converted(priced, choice, rates).into()
}

fn converted(priced: &[Priced], choice: ExchangeRate, rates: &Rates) -> Result<Vec<Subscription>, Why> {
    let was_active = |s: &Subscription| s.end.is_none_or(|end| s.start < end);
    let mut order: Vec<(usize, &Priced)> =
        priced.iter().enumerate().filter(|(_, p)| was_active(&p.subscription)).collect();
    order.sort_by_key(|(_, p)| (p.subscription.customer, p.currency, p.subscription.start));
    let mut found = Vec::with_capacity(order.len());
    let mut run: Option<Run> = None;
    for (at, one) in order {
        let unbroken = run.filter(|r| choice == ExchangeRate::Held && r.is_joined_by(one));
        let joined = unbroken.map_or_else(|| Run::new(one), |r| r.longer(one));
        run = Some(joined);
        let amount = Money { micros: one.subscription.per_year, currency: one.currency };
        let per_year = rates.convert(amount, joined.began).into_result()?.micros;
        found.push((at, Subscription { per_year, ..one.subscription }));
    }
    found.sort_unstable_by_key(|(at, _)| *at);
    Ok(found.into_iter().map(|(_, s)| s).collect())
}

/// Unbroken service of a customer in one currency.
#[derive(Clone, Copy)]
struct Run {
    customer: u32,
    currency: Currency,
    began: Date,
    end: Option<Date>,
}

impl Run {
    fn new(one: &Priced) -> Self {
        let Subscription { customer, start, end, .. } = one.subscription;
        Self { customer, currency: one.currency, began: start, end }
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

//! All changes of all customers, in order.

use std::borrow::Borrow;

use super::{Choices, Subscription};
use crate::{Date, Period};

/// A subscription that starts or stops to count. The key sorts by customer, then day, in one comparison;
/// the sign stands apart from the amount because the smallest i64 has no negative.
#[derive(Clone, Copy)]
pub(super) struct Event {
    key: u64,
    amount: i64,
}

const DAY_BITS: u32 = 22;
const DAY_MASK: u64 = (1 << DAY_BITS) - 1;

impl Event {
    fn new(customer: u32, day: Date, amount: i64, subtracts: bool) -> Self {
        let day = day.day_number().abs_diff(Date::MIN.day_number());
        let key = (u64::from(customer) << DAY_BITS | u64::from(day)) << 1 | u64::from(subtracts);
        Self { key, amount }
    }

    pub(super) fn customer(self) -> u32 {
        (self.key >> (DAY_BITS + 1)) as u32
    }

    /// Day number, as of [`Date::day_number`].
    pub(super) fn day(self) -> i32 {
        (self.key >> 1 & DAY_MASK) as i32 + Date::MIN.day_number()
    }

    /// Micro-units per year.
    pub(super) fn change(self) -> i128 {
        let amount = i128::from(self.amount);
        if self.key & 1 == 1 { -amount } else { amount }
    }
}

/// The subscriptions of an organisation under its choices, sorted once; every figure is read from it in one
/// pass. A customer's revenue is never below zero: discounts beyond the price count as nothing.
pub struct History {
    pub(super) events: Vec<Event>,
    pub(super) choices: Choices,
}

impl History {
    /// Reads subscriptions in any order.
    pub fn new(subscriptions: impl IntoIterator<Item: Borrow<Subscription>>, choices: Choices) -> Self {
        let subscriptions = subscriptions.into_iter();
        let mut events = Vec::with_capacity(subscriptions.size_hint().0.saturating_mul(2));
        for one in subscriptions {
            let one: &Subscription = one.borrow();
            let (amount, until) = (one.per_year.get(), one.counts_until(&choices));
            let Some(off) = one.takes_off(&choices) else { continue };
            if !one.counts(&choices) {
                continue;
            }
            events.push(Event::new(one.customer, one.start, amount, off));
            events.extend(until.map(|end| Event::new(one.customer, end, amount, !off)));
        }
        events.sort_unstable_by_key(|e| e.key);
        Self { events, choices }
    }

    /// The events of each customer, by day.
    pub(super) fn customers(&self) -> impl Iterator<Item = (u32, &[Event])> {
        self.events.chunk_by(|a, b| a.customer() == b.customer()).filter_map(|e| Some((e.first()?.customer(), e)))
    }

    /// From the first day with revenue to the day after the last change; `None` without any.
    pub fn span(&self) -> Option<Period> {
        let days = || self.events.iter().map(|e| e.day());
        let last = Date::from_day_number(days().max()?)?;
        Period::new(Date::from_day_number(days().min()?)?, last.add_days(1)?).ok()
    }
}

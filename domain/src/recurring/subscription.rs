//! What comes in.

use serde::{Deserialize, Serialize};

use super::{Choices, ChurnBooked, Discounts, UsageFees};
use crate::{Date, Micros};

/// How often a subscription is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// Each month.
    Month,
    /// Every three months.
    Quarter,
    /// Every six months.
    HalfYear,
    /// Once a year.
    Year,
}

impl Interval {
    /// The amount per year of an amount per interval; `None` when it is too large.
    pub fn per_year(self, amount: Micros) -> Option<Micros> {
        let times = match self {
            Self::Month => 12,
            Self::Quarter => 4,
            Self::HalfYear => 2,
            Self::Year => 1,
        };
        amount.get().checked_mul(times).map(Micros)
    }
}

/// What part of a customer's bill a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The price of a plan, after the discounts that are no lines of their own.
    #[default]
    Plan,
    /// A lasting discount; its amount is taken off.
    Discount,
    /// A one-off coupon; its amount is taken off, if one-off coupons count.
    OneOffDiscount,
    /// A metered fee that recurs, if such fees count.
    Usage,
}

/// A subscription over the days from `start` up to, but not including, `end`. Of a change of price or plan
/// the old one ends on the day on which the new one starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// The customer, as a number that the caller gives each of them.
    pub customer: u32,
    /// The plan, as a number that the caller gives each of them.
    pub plan: Option<u32>,
    /// The first day of service.
    pub start: Date,
    /// The first day without service; `None` while it runs. On or before `start`: never active.
    pub end: Option<Date>,
    /// The day on which the customer cancelled, if known; service may last longer.
    pub cancelled: Option<Date>,
    /// Amount per year in the reporting currency. 0 is a trial: no customer yet.
    pub per_year: Micros,
    /// What part of the bill it is.
    pub part: Part,
}

impl Subscription {
    /// The price of a plan that runs on.
    pub fn new(customer: u32, start: Date, per_year: Micros) -> Self {
        Self { customer, plan: None, start, end: None, cancelled: None, per_year, part: Part::Plan }
    }

    /// The first day on which it does not count any more.
    pub(super) fn counts_until(&self, choices: &Choices) -> Option<Date> {
        match (choices.churn_booked, self.cancelled) {
            (ChurnBooked::Cancellation, Some(day)) => Some(self.end.map_or(day, |end| end.min(day))),
            (ChurnBooked::Cancellation | ChurnBooked::EndOfTerm, _) => self.end,
        }
    }

    /// Whether it is in any figure: it has an amount that counts, on at least one day.
    pub fn counts(&self, choices: &Choices) -> bool {
        self.per_year.get() != 0
            && self.takes_off(choices).is_some()
            && self.counts_until(choices).is_none_or(|end| self.start < end)
    }

    /// Whether it counts on a day.
    pub(super) fn counts_on(&self, day: Date, choices: &Choices) -> bool {
        self.start <= day && self.counts_until(choices).is_none_or(|end| day < end)
    }

    /// Whether its amount is taken off; `None` when it does not count at all.
    pub(super) fn takes_off(&self, choices: &Choices) -> Option<bool> {
        match self.part {
            Part::Plan => Some(false),
            Part::Discount => Some(true),
            Part::OneOffDiscount => match choices.discounts {
                Discounts::Subtracted => Some(true),
                Discounts::OneOffIgnored => None,
            },
            Part::Usage => match choices.usage_fees {
                UsageFees::LeftOut => None,
                UsageFees::Counted => Some(false),
            },
        }
    }
}

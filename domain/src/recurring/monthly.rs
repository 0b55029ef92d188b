//! What a customer's subscriptions come to month by month, only where something changes. Figures of many customers and
//! of any whole months are sums of it, so that they can be kept instead of being worked out from all subscriptions.

use std::collections::BTreeSet;

use super::walk::{Standing, before, month_end};
use super::{History, JoinedAndLeft, Movement, Mrr};
use crate::{Date, Outcome, Why};

/// Months that a churn rate of a quarter looks back.
const QUARTER: i32 = 3;
/// Months that twelve-month figures look back.
const YEAR: i32 = 12;

/// What a month adds to figures; amounts in micro-units per year, as [`Mrr`] holds them. A movement belongs to its month.
/// A balance is what it differs by from the month before: the sum of all months up to one is the balance at its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// Movement: new customers.
    pub new: i128,
    /// Movement: increases.
    pub expansion: i128,
    /// Movement: customers who came back.
    pub reactivation: i128,
    /// Movement: decreases.
    pub contraction: i128,
    /// Movement: customers who left.
    pub churn: i128,
    /// Movement: customers that the churn rate of the month counts.
    pub churned: i128,
    /// Balance: customers with recurring revenue.
    pub customers: i128,
    /// Balance: revenue of twelve months before.
    pub year_ago: i128,
    /// Balance: revenue of the customers of twelve months before.
    pub year_ago_now: i128,
    /// Balance: the same, of each at most what it was.
    pub year_ago_kept: i128,
    /// Balance: customers of twelve months before.
    pub customers_year_ago: i128,
    /// Balance: customers that the churn rate of the last three months counts.
    pub churned_in_quarter: i128,
    /// Balance: customers that the churn rate of the last twelve months counts.
    pub churned_in_year: i128,
    /// Balance: customers who ever had a subscription that counts.
    pub begun: i128,
    /// Movement: the part of increases that is kept out of rates.
    pub expansion_outside_rates: i128,
    /// Movement: the part of customers who came back that is kept out of rates.
    pub reactivation_outside_rates: i128,
    /// Movement: the part of decreases that is kept out of rates.
    pub contraction_outside_rates: i128,
    /// Movement: the part of churn that is kept out of rates.
    pub churn_outside_rates: i128,
    /// Movement: how many customers were new.
    pub count_new: i128,
    /// Movement: how many increases there were.
    pub count_expansion: i128,
    /// Movement: how many customers came back.
    pub count_reactivation: i128,
    /// Movement: how many decreases there were.
    pub count_contraction: i128,
    /// Movement: how many customers left.
    pub count_churn: i128,
}

impl Flows {
    /// How many figures there are.
    pub const COUNT: usize = 23;

    /// All figures, in a fixed order.
    pub const fn to_array(self) -> [i128; Self::COUNT] {
        [
            self.new,
            self.expansion,
            self.reactivation,
            self.contraction,
            self.churn,
            self.churned,
            self.customers,
            self.year_ago,
            self.year_ago_now,
            self.year_ago_kept,
            self.customers_year_ago,
            self.churned_in_quarter,
            self.churned_in_year,
            self.begun,
            self.expansion_outside_rates,
            self.reactivation_outside_rates,
            self.contraction_outside_rates,
            self.churn_outside_rates,
            self.count_new,
            self.count_expansion,
            self.count_reactivation,
            self.count_contraction,
            self.count_churn,
        ]
    }

    /// Figures in the order of [`Flows::to_array`].
    pub const fn from_array(all: [i128; Self::COUNT]) -> Self {
        let [
            new,
            expansion,
            reactivation,
            contraction,
            churn,
            churned,
            customers,
            year_ago,
            year_ago_now,
            year_ago_kept,
            customers_year_ago,
            churned_in_quarter,
            churned_in_year,
            begun,
            expansion_outside_rates,
            reactivation_outside_rates,
            contraction_outside_rates,
            churn_outside_rates,
            count_new,
            count_expansion,
            count_reactivation,
            count_contraction,
            count_churn,
        ] = all;
        Self {
            new,
            expansion,
            reactivation,
            contraction,
            churn,
            churned,
            customers,
            year_ago,
            year_ago_now,
            year_ago_kept,
            customers_year_ago,
            churned_in_quarter,
            churned_in_year,
            begun,
            expansion_outside_rates,
            reactivation_outside_rates,
            contraction_outside_rates,
            churn_outside_rates,
            count_new,
            count_expansion,
            count_reactivation,
            count_contraction,
            count_churn,
        }
    }

    /// The sum, or with a sign of -1 the difference. It saturates: amounts of fewer than 2⁶³ subscriptions stay far
    /// below the bounds.
    #[must_use]
    pub fn plus(self, other: Self, sign: i128) -> Self {
        let (mut all, other) = (self.to_array(), other.to_array());
        for (a, b) in all.iter_mut().zip(other) {
            *a = a.saturating_add(b.saturating_mul(sign));
        }
        Self::from_array(all)
    }

    /// By how much recurring revenue changes; summed from the first month on, the balance.
    pub fn net(&self) -> Mrr {
        let up = self.new.saturating_add(self.expansion).saturating_add(self.reactivation);
        Mrr::of_year(up.saturating_sub(self.contraction).saturating_sub(self.churn))
    }

    /// Whether nothing changes.
    pub fn is_zero(&self) -> bool {
        *self == Self::default()
    }
}

/// A calendar month in which a customer's figures, or those that look back on it, change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerMonth {
    /// Its first day.
    pub first_day: Date,
    /// What it adds to figures.
    pub flows: Flows,
    /// Whether the first subscription that counts begins in it.
    pub is_first: bool,
    /// Whether revenue changes on any of its days, or the first subscription begins: only then may a part of the month
    /// differ from all of it.
    pub is_moved: bool,
    /// Whether the customer has revenue at its start.
    pub had_before: bool,
    /// Whether the customer has revenue at the end of any of its days on which something changes.
    pub had_within: bool,
    /// Whether the customer has revenue at its end.
    pub had_after: bool,
}

/// A month with changes, as the engine books it.
struct Seen {
    first_day: Date,
    movements: Flows,
    /// At its end.
    closing: i128,
    is_moved: bool,
    had_within: bool,
}

impl History {
    /// The months of each customer in which anything changes, in order. Asked of one customer's subscriptions: rows of
    /// several follow one another.
    pub fn monthly(&self) -> Outcome<Vec<CustomerMonth>> {
        let mut all = Vec::new();
        for (_, events) in self.customers() {
            match self.seen(events) {
                Ok(seen) => all.extend(self.months_of(&seen)),
                Err(why) => return Outcome::NotMeasurable(why),
            }
        }
        Outcome::Value(all)
    }

    fn seen(&self, events: &[super::history::Event]) -> Result<Vec<Seen>, Why> {
        let outside = self.choices.joined_and_left == JoinedAndLeft::MovementsOnly;
        let (mut all, mut standing, mut rest) = (Vec::new(), Standing::default(), events);
        while let Some(first) = rest.first() {
            let (month, later) = before(rest, month_end(first.day(), i32::MAX));
            let first_day = Date::from_day_number(first.day()).ok_or(Why::NotApplicable)?.first_of_month();
            let (mut is_moved, mut had_within, mut sum) = (all.is_empty(), false, standing.sum);
            for day in month.chunk_by(|a, b| a.day() == b.day()) {
                let opening = sum;
                for event in day {
                    sum = sum.checked_add(event.change()).ok_or(Why::TooLarge)?;
                }
                is_moved |= sum != opening;
                had_within |= sum > 0;
            }
            let mut movements = Flows::default();
            self.step(&mut standing, month, |movement, amount, joined_and_left| {
                let m = &mut movements;
                let outside = outside && joined_and_left;
                let (sum, count, kept_out) = match movement {
                    Movement::New => (&mut m.new, &mut m.count_new, None),
                    Movement::Expansion => {
                        (&mut m.expansion, &mut m.count_expansion, Some(&mut m.expansion_outside_rates))
                    }
                    Movement::Reactivation => {
                        (&mut m.reactivation, &mut m.count_reactivation, Some(&mut m.reactivation_outside_rates))
                    }
                    Movement::Contraction => {
                        (&mut m.contraction, &mut m.count_contraction, Some(&mut m.contraction_outside_rates))
                    }
                    Movement::Churn => (&mut m.churn, &mut m.count_churn, Some(&mut m.churn_outside_rates)),
                };
                *sum += amount;
                *count += 1;
                if let Some(kept_out) = kept_out.filter(|_| outside) {
                    *kept_out += amount;
                }
                Ok(())
            })?;
            all.push(Seen { first_day, movements, closing: standing.mrr(), is_moved, had_within });
            rest = later;
        }
        Ok(all)
    }

    fn months_of(&self, seen: &[Seen]) -> Vec<CustomerMonth> {
        let own = seen.iter().map(|s| s.first_day);
        // What looks back changes again when the month it looks back to does.
        let again = own.clone().flat_map(|m| [QUARTER, YEAR].map(|months| m.add_months(months))).flatten();
        let months: BTreeSet<Date> = own.chain(again).collect();
        let month = |first_day: Date| {
            let next = first_day.add_months(1)?;
            let at = seen.binary_search_by_key(&first_day, |s| s.first_day).ok();
            let here = at.and_then(|at| seen.get(at));
            let (then, now) = (balance(seen, first_day), balance(seen, next));
            let is_first = at == Some(0);
            let flows = Flows {
                churned: self.churned(seen, next, 1),
                customers: i128::from(now > 0) - i128::from(then > 0),
                begun: i128::from(is_first),
                ..here.map_or_else(Flows::default, |s| s.movements)
            };
            let flows = flows.plus(self.looking_back(seen, next), 1).plus(self.looking_back(seen, first_day), -1);
            let is_moved = here.is_some_and(|s| s.is_moved);
            Some(CustomerMonth {
                first_day,
                flows,
                is_first,
                is_moved,
                had_before: then > 0,
                had_within: here.is_some_and(|s| s.had_within),
                had_after: now > 0,
            })
        };
        months.into_iter().filter_map(month).filter(|m| m.is_moved || !m.flows.is_zero()).collect()
    }

    /// Figures at a bound that compare it with an earlier one, as [`History::retention`] does.
    fn looking_back(&self, seen: &[Seen], bound: Date) -> Flows {
        let then = bound.add_months(-YEAR).map_or(0, |day| balance(seen, day));
        let now = if then > 0 { balance(seen, bound) } else { 0 };
        Flows {
            year_ago: then,
            year_ago_now: now,
            year_ago_kept: now.min(then),
            customers_year_ago: i128::from(then > 0),
            churned_in_quarter: self.churned(seen, bound, QUARTER),
            churned_in_year: self.churned(seen, bound, YEAR),
            ..Flows::default()
        }
    }

    /// 1 where the churn rate of the months before a bound counts the customer.
    fn churned(&self, seen: &[Seen], bound: Date, months: i32) -> i128 {
        let Some(from) = bound.add_months(-months) else { return 0 };
        let is_lost = balance(seen, bound) == 0
            && if balance(seen, from) > 0 {
                true
            } else {
                let mut within = seen.iter().filter(|s| from <= s.first_day && s.first_day < bound);
                self.choices.joined_and_left == JoinedAndLeft::Counted && within.any(|s| s.had_within)
            };
        i128::from(is_lost)
    }
}

/// The revenue at the start of a month.
fn balance(seen: &[Seen], first_day: Date) -> i128 {
    let at = seen.partition_point(|s| s.first_day < first_day);
    at.checked_sub(1).and_then(|at| seen.get(at)).map_or(0, |s| s.closing)
}

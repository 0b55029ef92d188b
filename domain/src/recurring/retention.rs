//! The same customers at two dates.

use serde::{Deserialize, Serialize};

use super::{History, JoinedAndLeft, Mrr};
use crate::{Outcome, Period, Why};

/// What became of the customers of a period's opening by its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Customers with recurring revenue at the start.
    pub customers: i64,
    /// Those of them without any at the end.
    pub lost: i64,
    /// Customers that the churn rate counts: the lost, and, where the organisation counts them
    /// ([`JoinedAndLeft::Counted`](super::JoinedAndLeft::Counted)), those who joined and left in the period.
    pub churned: i64,
    /// Revenue of the opening's customers at the start.
    pub base: Mrr,
    /// Revenue of the same customers at the end.
    pub now: Mrr,
    /// The same, of each at most what it was at the start.
    pub kept: Mrr,
}

/// The twelve months that end with a period: what `nrr` and `grr` of that period are measured over. `None`
/// before the calendar begins.
pub fn twelve_months(period: Period) -> Option<Period> {
    Period::new(period.to().add_months(-12)?, period.to()).ok()
}

impl History {
    /// Compares the start of a period with its end, customer by customer.
    pub fn retention(&self, period: Period) -> Outcome<Retention> {
        self.retention_of(period, |_| true)
    }

    /// The same for some customers.
    pub fn retention_of(&self, period: Period, mut customer: impl FnMut(u32) -> bool) -> Outcome<Retention> {
        self.compare(period, &mut customer).into()
    }

    fn compare(&self, period: Period, wanted: &mut dyn FnMut(u32) -> bool) -> Result<Retention, Why> {
        let (from, to) = (period.from().day_number(), period.to().day_number());
        let counted = self.choices.joined_and_left == JoinedAndLeft::Counted;
        let mut all = Retention::default();
        for (customer, events) in self.customers() {
            if !wanted(customer) {
                continue;
            }
            let (mut then, mut now, mut most) = (0i128, 0i128, 0);
            for (i, e) in events.iter().enumerate() {
                if e.day() >= to {
                    break;
                }
                now = now.checked_add(e.change()).ok_or(Why::TooLarge)?;
                if e.day() < from {
                    then = now;
                } else if events.get(i + 1).is_none_or(|next| next.day() > e.day()) {
                    most = most.max(now);
                }
            }
            let (then, now) = (then.max(0), now.max(0));
            if then > 0 {
                all.customers += 1;
                all.lost += i64::from(now == 0);
                all.churned += i64::from(now == 0);
                all.base = all.base.plus(Mrr::of_year(then))?;
                all.now = all.now.plus(Mrr::of_year(now))?;
                all.kept = all.kept.plus(Mrr::of_year(now.min(then)))?;
            } else if now == 0 && most > 0 && counted {
                all.churned += 1;
            }
        }
        Ok(all)
    }
}

//! Recurring revenue: subscriptions become monthly recurring revenue (MRR), its movements and its rates.
//!
//! A subscription holds its amount per *year*; sums stay whole numbers of micro-units per year ([`Mrr`]) and
//! a twelfth is taken only when a figure is shown. What counts at a date is what is active at the end of the
//! day before it: a period's bounds are compared, `from` with `to`. Whatever happens between two bounds nets
//! out per customer, unless the organisation's [`Choices`] say otherwise.
//!
//! Opening + new + expansion + reactivation − contraction − churn = closing, exactly, for every input.

mod choices;
mod exchange;
mod history;
mod measures;
mod monthly;
mod movements;
mod mrr;
mod price_change;
mod retention;
mod subscription;
mod walk;
pub mod what_if;

pub use choices::{Choices, ChurnBooked, Discounts, ExchangeRate, JoinedAndLeft, Returned, UsageFees, WithinStep};
pub use exchange::{Priced, convert};
pub use history::History;
pub use measures::{MonthByMonth, net_mrr_churn_by_step, whole_months};
pub use monthly::{CustomerMonth, Flows};
pub use movements::{Booking, Customers, Movement, Movements, OutsideRates, days, months};
pub use mrr::Mrr;
pub use price_change::{PriceChange, PriceEffect, price_effect};
pub use retention::{Retention, twelve_months};
pub use subscription::{Interval, Part, Subscription};

#[cfg(test)]
mod tests;

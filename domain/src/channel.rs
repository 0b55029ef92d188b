//! Channel analysis: what spend on channels and campaigns brings, from impressions to customers.
//!
//! A column that a fact does not state is not zero. A ratio of two columns is incomplete where a fact states
//! one of them and not the other: a channel without spend makes cost per lead incomplete, not low. KPIs of a group are
//! the catalogue's: [`Totals::answer`].

mod share;
mod totals;

pub use share::{BudgetShare, budget_shares};
pub use totals::{ChannelFact, Column, Totals, totals_by};

use crate::metric::{Metric, catalogue};

/// Ids of the KPIs of a channel: costs first, then the conversion chain, then earnings.
pub const KPIS: [&str; 11] = [
    "cpl",
    "cpc",
    "cost_per_order",
    "ctr",
    "lead_conversion",
    "qualified_share",
    "lead_to_customer",
    "order_conversion",
    "aov",
    "roi",
    "roas",
];

/// The KPIs of a channel.
pub fn kpis() -> impl Iterator<Item = &'static Metric> {
    KPIS.into_iter().filter_map(catalogue::find)
}

#[cfg(test)]
mod tests;

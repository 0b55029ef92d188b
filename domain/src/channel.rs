//! Channel analysis: what spend on channels and campaigns brings, from impressions to customers.
//!
//! A column that a fact does not state is not zero. A ratio of two columns is incomplete where a fact states
//! one of them and not the other: a channel without spend makes cost per lead incomplete, not low.

mod kpi;
mod share;
mod totals;

pub use kpi::ChannelKpi;
pub use share::{BudgetShare, budget_shares};
pub use totals::{ChannelFact, Column, Totals, totals_by};

#[cfg(test)]
mod tests;

//! Win-rate analysis: the win rate of groups of deals under each of its definitions, reasons of loss, and
//! patterns: which groups differ from the rest by more than noise.
//!
//! Deals become [`MeasureValues`] per group, and those become answers by [`evaluate`] alone, so that a figure
//! here is the figure of the catalogue. A store that groups for itself starts at the measures.

mod deal;
mod loss;
mod pattern;

pub use deal::{Deal, Window, measures, measures_by};
pub use loss::{LossReason, loss_reasons};
pub use pattern::{LEVEL, Pattern, Verdict, patterns};

use crate::metric::{Answer, Measure, MeasureValues, Metric, catalogue, evaluate};
use crate::stats::Rate;

/// Ids of the definitions of the win rate, the usual one first.
pub const DEFINITIONS: [&str; 5] =
    ["win_rate", "win_rate_pursued", "win_rate_disqualified", "win_rate_value", "win_rate_cohort"];

/// The win rate of one group under every definition, side by side.
pub fn definitions(values: &MeasureValues) -> Vec<(&'static Metric, Answer)> {
    DEFINITIONS.into_iter().filter_map(catalogue::find).map(|m| (m, evaluate(m, values))).collect()
}

/// Deals won of those decided; what [`patterns`] compares. `None` for counts that are not known.
pub fn decided(values: &MeasureValues) -> Option<Rate> {
    let (won, lost) = (values.get(Measure::DealsWon).count()?, values.get(Measure::DealsLost).count()?);
    Some(Rate { k: won, n: won.checked_add(lost)? })
}

#[cfg(test)]
mod tests;

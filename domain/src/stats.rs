//! How sure a figure is, and what is ordinary wobble.
//!
//! Floats are used here and nowhere else: these are estimates, not accounts.

mod mean;
mod mix;
mod rate;
mod series;
mod significance;
mod special;

pub use mean::{mean, mean_difference95, mean95, standard_deviation};
pub use mix::{Mix, Part, mix_effect};
pub use rate::{Rate, difference95, distinguishable, wilson95};
pub use series::{Xmr, concentration, median, percentile_of, quantile, xmr};
pub use significance::{holm, two_proportion_p_value};
pub(crate) use special::t95;

#[cfg(test)]
mod tests;

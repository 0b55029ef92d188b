//! How sure a figure is, and what is ordinary wobble.
//!
//! Floats are used here and nowhere else: these are estimates, not accounts.

mod mean;
mod mix;
mod quotient;
mod rate;
mod series;
mod significance;
mod special;

pub use mean::{mean, mean_difference95, mean95, standard_deviation};
pub use mix::{Mix, Part, mix_effect};
pub use quotient::{quotient, quotient_difference95, quotient95};
pub use rate::{Rate, counts_distinguishable, difference95, distinguishable, wilson95};
pub use series::{Added, Xmr, concentration, is_concentrated, median, percentile_of, quantile, share_of_largest, xmr};
pub use significance::{holm, two_proportion_p_value};
pub(crate) use special::t95;

#[cfg(test)]
mod tests;

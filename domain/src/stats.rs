//! How sure a figure is, and what is ordinary wobble.
//!
//! Floats are used here and nowhere else: these are estimates, not accounts.

mod mix;
mod rate;
mod series;
mod special;
mod test;

pub use mix::{Mix, Part, mix_effect};
pub use rate::{Rate, difference95, distinguishable, wilson95};
pub use series::{Xmr, concentration, mean, median, percentile_of, quantile, standard_deviation, xmr};
pub use test::{holm, two_proportion_p_value};

#[cfg(test)]
mod tests;

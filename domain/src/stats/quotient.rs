//! Ratios of sums, such as cost per lead or return on investment: Σ above ÷ Σ below over units (days, deals,
//! customers), with an interval.
//!
//! The ratio estimator of survey sampling (Cochran, Sampling Techniques, 3rd edition, 2.11 and 6.4), which A/B tests
//! know as the delta method: each unit's v = R + (above − R × below) ÷ mean below has R as its mean and the estimator's
//! spread as its spread, so the intervals of means serve. It holds for units that do not depend on each other and a
//! base that varies little against its size; the mean of the units' own ratios is another figure.

use super::{mean, mean_difference95, mean95};

/// Σ above ÷ Σ below; `None` where nothing is below the line.
pub fn quotient(units: &[(f64, f64)]) -> Option<f64> {
    let (above, below) = units.iter().fold((0.0, 0.0), |(a, b), (x, y)| (a + x, b + y));
    Some(above / below).filter(|r| below != 0.0 && r.is_finite())
}

/// 95 % interval of Σ above ÷ Σ below. `None` with fewer than two units, without a base, or with values that are no
/// numbers or too large.
pub fn quotient95(units: &[(f64, f64)]) -> Option<(f64, f64)> {
    mean95(&linear(units)?)
}

/// Welch's 95 % interval of the difference of two such ratios, a − b. `None` as for [`quotient95`].
pub fn quotient_difference95(a: &[(f64, f64)], b: &[(f64, f64)]) -> Option<(f64, f64)> {
    mean_difference95(&linear(a)?, &linear(b)?)
}

fn linear(units: &[(f64, f64)]) -> Option<Vec<f64>> {
    let ratio = quotient(units)?;
    let base = mean(&units.iter().map(|(_, below)| *below).collect::<Vec<_>>())?;
    Some(units.iter().map(|(above, below)| ratio + (above - ratio * below) / base).collect())
}

//! Series of values: quantiles, limits of ordinary wobble, concentration.

use super::mean;
use crate::Ratio;

/// Limits of an individuals chart (XmR): points outside them are unusual, points inside are not news.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Xmr {
    /// Mean of the values.
    pub mean: f64,
    /// Mean of the moving ranges.
    pub mean_range: f64,
    /// Mean + 2.66 × mean moving range.
    pub upper: f64,
    /// Mean − 2.66 × mean moving range.
    pub lower: f64,
    /// 3.27 × mean moving range: a larger step between neighbours is unusual.
    pub range_limit: f64,
}

impl Xmr {
    /// Whether a value is outside the limits.
    pub fn is_unusual(&self, value: f64) -> bool {
        value > self.upper || value < self.lower
    }
}

impl Xmr {
    /// Whether a change between two stretches of a series differs by more than its neighbours ordinarily do, from the
    /// values of single steps (months). `steps` is how long each stretch is; `added` says how values of successive steps
    /// become that of a stretch. Between single steps it is the range limit; else that is scaled as independent
    /// wobble adds up: by √steps where values are added up or run on, by 1 ÷ √steps where they are averaged out.
    pub fn is_unusual_change(&self, change: f64, steps: f64, added: Added) -> bool {
        let scale = match added {
            Added::Summed | Added::RunsOn => steps.sqrt(),
            Added::Averaged => 1.0 / steps.sqrt(),
        };
        change.abs() > self.range_limit * scale
    }
}

/// How values of successive steps become the value of a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// They are added: revenue.
    Summed,
    /// The last one counts, which holds what came before: a balance.
    RunsOn,
    /// What is above and below the line is added, so that wobble evens out: a ratio, a mean.
    Averaged,
}

/// XmR limits of a series in its order in time; `None` with fewer than three values, where limits say nothing, and
/// with values that are no numbers or too large.
pub fn xmr(values: &[f64]) -> Option<Xmr> {
    if values.len() < 3 {
        return None;
    }
    let ranges: Vec<f64> = values.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    let (mean, mean_range) = (mean(values)?, mean(&ranges)?);
    let limits = Xmr {
        mean,
        mean_range,
        upper: mean + 2.66 * mean_range,
        lower: mean - 2.66 * mean_range,
        range_limit: 3.27 * mean_range,
    };
    // An infinite or missing value anywhere makes one of these infinite or no number.
    let all = [limits.upper, limits.lower, limits.range_limit];
    all.iter().all(|x| x.is_finite()).then_some(limits)
}

/// Exact median; of an even number the mean of the middle two. `None` of nothing.
pub fn median(values: &[Ratio]) -> Option<Ratio> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let n = sorted.len();
    let (a, b) = (*sorted.get(n.checked_sub(1)? / 2)?, *sorted.get(n / 2)?);
    a.checked_add(b)?.checked_div(Ratio::int(2))
}

/// The q-quantile (0 ≤ q ≤ 1), linear between neighbours: definition 7 of Hyndman and Fan (1996), the default of R and
/// what spreadsheets call inclusive. Values that are no numbers are left out. `None` of nothing.
pub fn quantile(values: &[f64], q: f64) -> Option<f64> {
    if q.is_nan() {
        return None;
    }
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = q.clamp(0.0, 1.0) * (sorted.len().checked_sub(1)? as f64);
    let (low, high) = (*sorted.get(at.floor() as usize)?, *sorted.get(at.ceil() as usize)?);
    Some(low + (high - low) * at.fract())
}

/// Share of past values that lie below this one, ties counted half. `None` without a past.
pub fn percentile_of(value: Ratio, past: &[Ratio]) -> Option<Ratio> {
    let below = past.iter().filter(|p| **p < value).count() as i128;
    let equal = past.iter().filter(|p| **p == value).count() as i128;
    Ratio::new(2 * below + equal, 2 * past.len() as i128)
}

/// Share of the largest part in the sum, of parts that are not negative. `None` when they add up to nothing.
pub fn concentration(parts: &[Ratio]) -> Option<Ratio> {
    let sum = parts.iter().try_fold(Ratio::ZERO, |a, p| a.checked_add(*p))?;
    let largest = parts.iter().max()?;
    if parts.iter().any(|p| p.signum() < 0) { None } else { share_of_largest(*largest, sum) }
}

/// The same where the largest part and the sum are known; `None` where the one is no part of the other.
pub fn share_of_largest(largest: Ratio, sum: Ratio) -> Option<Ratio> {
    if largest.signum() < 0 || largest > sum { None } else { largest.checked_div(sum) }
}

/// Whether the largest part makes up so much of a sum, over 30 %, that it is named beside it.
pub fn is_concentrated(share: Ratio) -> bool {
    Ratio::new(3, 10).is_some_and(|limit| share > limit)
}

//! Proportions: Wilson's interval, and Newcombe's for a difference.

use super::special::Z;

/// `k` of `n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many of them.
    pub k: i64,
    /// Out of how many.
    pub n: i64,
}

impl Rate {
    /// Whether there is a base and the part lies within it.
    pub(super) fn is_valid(self) -> bool {
        self.n > 0 && (0..=self.n).contains(&self.k)
    }
}

/// Wilson's 95 % interval of a proportion of `k` in `n`:
/// (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n). `None` for an empty base or counts that are no
/// proportion.
pub fn wilson95(k: i64, n: i64) -> Option<(f64, f64)> {
    if !(Rate { k, n }).is_valid() {
        return None;
    }
    let (p, n_f) = (k as f64 / n as f64, n as f64);
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n_f);
    let half = Z * (p * (1.0 - p) / n_f + z2 / (4.0 * n_f * n_f)).sqrt();
    let scale = 1.0 + z2 / n_f;
    // At the ends the bound is exactly 0 or 1; floats would miss it by a hair.
    let low = if k == 0 { 0.0 } else { ((centre - half) / scale).max(0.0) };
    let high = if k == n { 1.0 } else { ((centre + half) / scale).min(1.0) };
    Some((low, high))
}

/// Newcombe's 95 % interval of the difference a − b of two independent rates (method 10 of Newcombe 1998:
/// the two Wilson intervals combined). `None` when one has an empty base.
pub fn difference95(a: Rate, b: Rate) -> Option<(f64, f64)> {
    let ((la, ua), (lb, ub)) = (wilson95(a.k, a.n)?, wilson95(b.k, b.n)?);
    let (pa, pb) = (a.k as f64 / a.n as f64, b.k as f64 / b.n as f64);
    let d = pa - pb;
    let low = d - ((pa - la).powi(2) + (ub - pb).powi(2)).sqrt();
    let high = d + ((ua - pa).powi(2) + (pb - lb).powi(2)).sqrt();
    Some((low.max(-1.0), high.min(1.0)))
}

/// Whether two rates can be told apart: the interval of their difference leaves out zero. `None` when one
/// has an empty base.
pub fn distinguishable(a: Rate, b: Rate) -> Option<bool> {
    difference95(a, b).map(|(low, high)| low > 0.0 || high < 0.0)
}

/// Whether two counts of equally long periods can be told apart: their difference is more than chance makes of events
/// that come one by one, whose spread is the root of their number. `None` of what is no count.
pub fn counts_distinguishable(a: f64, b: f64) -> Option<bool> {
    (a >= 0.0 && b >= 0.0).then(|| (a - b).abs() > Z * (a + b).sqrt())
}

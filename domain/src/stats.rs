//! How sure a figure is.

/// The two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval of a proportion of `k` in `n`:
/// (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n). `None` for an empty base or counts that are no
/// proportion.
pub fn wilson95(k: i64, n: i64) -> Option<(f64, f64)> {
    if n <= 0 || k < 0 || k > n {
        return None;
    }
    let (p, n_f) = (k as f64 / n as f64, n as f64);
    let z2 = Z * Z;
    let centre = p + z2 / (2.0 * n_f);
    let half = Z * (p * (1.0 - p) / n_f + z2 / (4.0 * n_f * n_f)).sqrt();
    let scale = 1.0 + z2 / n_f;
    // At the ends the bound is exactly 0 or 1; floats would miss it by a hair.
    let low = if k == 0 {
        0.0
    } else {
        ((centre - half) / scale).max(0.0)
    };
    let high = if k == n {
        1.0
    } else {
        ((centre + half) / scale).min(1.0)
    };
    Some((low, high))
}

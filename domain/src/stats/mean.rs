//! Means with their intervals by Student's t: no resampling, so the same data always give the same interval.

use super::special::t95;

/// Arithmetic mean; `None` of nothing.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Standard deviation of a sample (n − 1); `None` with fewer than two values.
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    let m = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|v| (v - m).powi(2)).sum();
    Some((squares / (values.len() - 1) as f64).sqrt())
}

/// 95 % interval of the mean behind a sample: mean ± t(n − 1) × s ÷ √n. `None` with fewer than two values, or with
/// values that are no numbers or too large.
pub fn mean95(values: &[f64]) -> Option<(f64, f64)> {
    let half = t95((values.len().max(2) - 1) as f64) * squared_error(values)?.sqrt();
    around(mean(values)?, half)
}

/// Welch's 95 % interval of the difference of two means, a − b, of independent samples whose spread may differ. It
/// leaves out zero where the two can be told apart. `None` as for [`mean95`].
pub fn mean_difference95(a: &[f64], b: &[f64]) -> Option<(f64, f64)> {
    let (ea, eb) = (squared_error(a)?, squared_error(b)?);
    let difference = mean(a)? - mean(b)?;
    let parts = ea * ea / (a.len() - 1) as f64 + eb * eb / (b.len() - 1) as f64;
    // Without any spread the difference is what it is, and the degrees of freedom are 0 ÷ 0.
    let half = if parts > 0.0 { t95((ea + eb) * (ea + eb) / parts) * (ea + eb).sqrt() } else { 0.0 };
    around(difference, half)
}

/// The square of the standard error of the mean; `None` with fewer than two values.
fn squared_error(values: &[f64]) -> Option<f64> {
    standard_deviation(values).map(|s| s * s / values.len() as f64)
}

fn around(middle: f64, half: f64) -> Option<(f64, f64)> {
    let (low, high) = (middle - half, middle + half);
    (low.is_finite() && high.is_finite()).then_some((low, high))
}

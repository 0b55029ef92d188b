//! Tails of the normal and of Student's t-distribution.

use std::f64::consts::{PI, SQRT_2};

/// The two-sided 95 % quantile of the normal distribution.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// Chance that a standard normal value is at least this far from zero, in either direction.
pub(super) fn normal_two_sided(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// The complementary error function of x ≥ 0: a series of positive terms near zero (Abramowitz & Stegun 7.1.6), a
/// continued fraction further out (7.1.14). Good to about 13 digits.
fn erfc(x: f64) -> f64 {
    if x < 2.5 {
        let mut term = x;
        let mut sum = x;
        for n in 1..60 {
            term *= 2.0 * x * x / f64::from(2 * n + 1);
            sum += term;
        }
        return (1.0 - 2.0 / PI.sqrt() * (-x * x).exp() * sum).clamp(0.0, 1.0);
    }
    let fraction = (1..80).rev().fold(x, |below, k| x + f64::from(k) / 2.0 / below);
    (-x * x).exp() / (PI.sqrt() * fraction)
}

/// Two-sided 95 % quantile of Student's t-distribution: 95 % of it lies within ± this. `df` ≥ 1 degrees of freedom,
/// not necessarily whole (Welch).
pub(crate) fn t95(df: f64) -> f64 {
    // From a million on it differs from the normal quantile by less than 3e-6.
    if df >= 1e6 {
        return Z;
    }
    let (mut low, mut high) = (Z, 12.71);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if t_two_sided(middle, df) > 0.05 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Chance that a t-distributed value is at least this far from zero (Abramowitz & Stegun 26.7.1, 26.5.27).
fn t_two_sided(t: f64, df: f64) -> f64 {
    incomplete_beta(df / 2.0, 0.5, df / (df + t * t))
}

/// The regularised incomplete beta function I_x(a, b), 0 < x < 1.
fn incomplete_beta(a: f64, b: f64, x: f64) -> f64 {
    // The continued fraction converges fast on this side only; the other follows from I_x(a, b) = 1 − I_{1−x}(b, a).
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(b, a, 1.0 - x);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln()).exp();
    // Abramowitz & Stegun 26.5.8, from the inside out.
    let fraction = (1..=200).rev().fold(1.0, |below, k| {
        let m = f64::from(k / 2);
        let d = if k % 2 == 0 {
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        } else {
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        };
        1.0 + d / below
    });
    front / (a * fraction)
}

/// ln Γ(x) for x > 0, by Stirling's series (Abramowitz & Stegun 6.1.41) where it is exact to the last digits: small
/// arguments are moved up first.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < 10.0 {
        below += x.ln();
        x += 1.0;
    }
    let y = 1.0 / (x * x);
    let series = (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x;
    (x - 0.5) * x.ln() - x + (2.0 * PI).ln() / 2.0 + series - below
}

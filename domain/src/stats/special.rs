//! Tails of the normal distribution.

use std::f64::consts::{PI, SQRT_2};

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

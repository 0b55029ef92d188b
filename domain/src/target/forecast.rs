//! Where a period will end if it goes on as it does, with a band.

use serde::{Deserialize, Serialize};

use crate::{Ratio, stats};

/// A forecast of the value at the end of the period. Floats: it is an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The likely value.
    pub value: f64,
    /// 95 % band, where there is something to base it on.
    pub band: Option<(f64, f64)>,
}

/// Forecast of a total that grows: what is there ÷ the share `s` of the period that is behind us. The band comes from
/// how much past periods of the same length differed (σ, of at least three; larger in proportion if the forecast is
/// above their mean, so that growth widens it and a slow start does not narrow it). With days that are independent
/// of each other, the forecast is off by two things: what the rest of the period brings, and what the part behind us
/// says about it; together σ × √((1 − s) ÷ s). Few past periods tell σ poorly, hence Student's t. `None` before
/// anything is expected.
pub fn forecast_total(actual: Ratio, share_elapsed: Ratio, past: &[f64]) -> Option<Forecast> {
    if share_elapsed.signum() <= 0 {
        return None;
    }
    let actual = actual.to_f64();
    let share = share_elapsed.to_f64().min(1.0);
    let value = actual / share;
    let deviation = || {
        let mean = stats::mean(past).filter(|m| past.len() >= 3 && m.abs() > f64::EPSILON)?;
        Some(stats::standard_deviation(past)? * (value / mean).abs().max(1.0))
    };
    let band = deviation().filter(|sigma| sigma.is_finite()).map(|sigma| {
        let half = stats::t95((past.len() - 1) as f64) * sigma * ((1.0 - share) / share).sqrt();
        // What is already there does not go away.
        let floor = if actual >= 0.0 { actual } else { f64::NEG_INFINITY };
        ((value - half).max(floor).min(value), value + half)
    });
    Some(Forecast { value, band })
}

/// Forecast of a rate: as it is now, with its own interval.
pub fn forecast_rate(actual: Ratio, interval95: Option<(f64, f64)>) -> Forecast {
    Forecast { value: actual.to_f64(), band: interval95 }
}

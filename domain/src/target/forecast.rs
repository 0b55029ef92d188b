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

/// Forecast of a total that grows: what is there ÷ the share of the period that is behind us. The band comes
/// from how much past periods of the same length differed: their coefficient of variation, on the part that
/// is still to come (independent days, so √ of its share). `None` before anything is expected.
pub fn forecast_total(actual: Ratio, share_elapsed: Ratio, past: &[f64]) -> Option<Forecast> {
    if share_elapsed.signum() <= 0 {
        return None;
    }
    let actual = actual.to_f64();
    let share = share_elapsed.to_f64().min(1.0);
    let value = actual / share;
    let remaining = 1.0 - share;
    let variation = || {
        let mean = stats::mean(past).filter(|m| past.len() >= 3 && m.abs() > f64::EPSILON)?;
        Some(stats::standard_deviation(past)? / mean.abs())
    };
    let band = variation().map(|cv| {
        let half = 1.96 * cv * value.abs() * remaining.sqrt();
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

//! What a target needs to know of the KPI that it is set on.

use crate::metric::{Better, Interval, Metric, OverTime, Perspective, Status, Unit, catalogue};

/// A KPI of the catalogue, or one of the organisation's own as it is defined today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// Its id.
    pub id: String,
    /// Unit of its value.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// Stated uncertainty.
    pub interval: Interval,
    /// Perspective of the balanced scorecard; an own KPI may have none.
    pub perspective: Option<Perspective>,
    /// Whether its value grows with the period (revenue, deals) instead of standing by itself at any time (rates, means,
    /// balances).
    pub grows: bool,
    /// Ids of counter-metrics that belong to it.
    pub guardrails: &'static [&'static str],
    /// Whether new targets may be set on it.
    pub in_use: bool,
}

impl From<&Metric> for Definition {
    fn from(metric: &Metric) -> Self {
        Self {
            id: metric.id.to_owned(),
            unit: metric.unit,
            better: metric.better,
            interval: metric.interval,
            perspective: Some(metric.perspective),
            grows: match metric.roll_up.time {
                OverTime::Sum => true,
                OverTime::LastOfPeriod | OverTime::RecomputeFromParts => false,
            },
            guardrails: metric.guardrails,
            in_use: metric.status == Status::Active,
        }
    }
}

impl Definition {
    /// That of a KPI of the catalogue.
    pub fn of_catalogue(id: &str) -> Option<Self> {
        catalogue::find(id).map(Self::from)
    }
}

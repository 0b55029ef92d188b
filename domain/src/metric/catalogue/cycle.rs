//! Sales cycle: days from first contact (else creation) to closing, of deals won.

use super::RECOMPUTE;
use crate::Why;
use crate::metric::Given::Days;
use crate::metric::{
    Better, Empty, Example, Expected, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

/// Mean sales cycle in calendar days.
pub const CYCLE_DAYS_MEAN: Metric = Metric {
    id: "cycle_days_mean",
    unit: Unit::Days,
    better: Better::Down,
    kind: Kind::Simple(Measure::CycleDaysWon, Take::Mean),
    counted: &[Measure::CycleDaysWon],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    interval: Interval::None,
    guardrails: &["avg_deal_value", "win_rate"],
    choices: &[],
    templates: &[Template::Consultancy, Template::Saas],
    perspective: Perspective::Process,
    status: Status::Active,
    version: 1,
    examples: &[
        Example {
            source: "usedaymark.io: 45, 54 and 39 days",
            given: &[(Measure::CycleDaysWon, Days(&[(45, 1), (54, 1), (39, 1)]))],
            expected: Expected::Value("46.000000"),
        },
        Example {
            source: "Sisense KPI library: 40, 30, 60 and 70 days",
            given: &[(Measure::CycleDaysWon, Days(&[(40, 1), (30, 1), (60, 1), (70, 1)]))],
            expected: Expected::Value("50"),
        },
        Example {
            source: "Sisense KPI library: 1,260 days over 35 deals",
            given: &[(Measure::CycleDaysWon, Days(&[(36, 35)]))],
            expected: Expected::Value("36"),
        },
        Example { source: "nothing won", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
};

/// Median sales cycle in calendar days; of an even number the mean of the middle two.
pub const CYCLE_DAYS_MEDIAN: Metric = Metric {
    id: "cycle_days_median",
    kind: Kind::Simple(Measure::CycleDaysWon, Take::Median),
    examples: &[
        Example {
            source: "usedaymark.io: 45, 54 and 39 days",
            given: &[(Measure::CycleDaysWon, Days(&[(45, 1), (54, 1), (39, 1)]))],
            expected: Expected::Value("45"),
        },
        Example {
            source: "an even number: 1, 57, 62, 138 days",
            given: &[(Measure::CycleDaysWon, Days(&[(1, 1), (57, 1), (62, 1), (138, 1)]))],
            expected: Expected::Value("59.5"),
        },
        Example {
            source: "one slow deal does not move it",
            given: &[(Measure::CycleDaysWon, Days(&[(10, 4), (900, 1)]))],
            expected: Expected::Value("10"),
        },
        Example { source: "nothing won", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..CYCLE_DAYS_MEAN
};

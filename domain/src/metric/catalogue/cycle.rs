//! Sales cycle: days from first contact (else creation) to closing. The usual one is of deals won; some count lost deals
//! too, and how long is spent on what is lost is a question of its own.

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

/// Mean sales cycle of deals lost: how long it takes to lose.
pub const CYCLE_DAYS_LOST_MEAN: Metric = Metric {
    id: "cycle_days_lost_mean",
    kind: Kind::Simple(Measure::CycleDaysLost, Take::Mean),
    counted: &[Measure::CycleDaysLost],
    guardrails: &["win_rate", "cycle_days_mean"],
    templates: &[Template::Consultancy],
    examples: &[
        Example {
            source: "CRM data set of Maven Analytics, 2,473 deals lost",
            given: &[(Measure::CycleDaysLost, Days(&[(41, 1288), (42, 1185)]))],
            expected: Expected::Value("41.479175"),
        },
        Example {
            source: "what is won does not count",
            given: &[(Measure::CycleDaysLost, Days(&[(10, 2)])), (Measure::CycleDaysWon, Days(&[(90, 5)]))],
            expected: Expected::Value("10"),
        },
        Example { source: "nothing lost", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..CYCLE_DAYS_MEAN
};

/// Median sales cycle of deals lost.
pub const CYCLE_DAYS_LOST_MEDIAN: Metric = Metric {
    id: "cycle_days_lost_median",
    kind: Kind::Simple(Measure::CycleDaysLost, Take::Median),
    examples: &[
        Example {
            source: "an odd number: 3, 14, 138 days",
            given: &[(Measure::CycleDaysLost, Days(&[(3, 1), (14, 1), (138, 1)]))],
            expected: Expected::Value("14"),
        },
        Example {
            source: "an even number: 3 and 14 days",
            given: &[(Measure::CycleDaysLost, Days(&[(3, 1), (14, 1)]))],
            expected: Expected::Value("8.5"),
        },
        Example { source: "nothing lost", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..CYCLE_DAYS_LOST_MEAN
};

/// Mean sales cycle of all deals decided, won or lost.
pub const CYCLE_DAYS_CLOSED_MEAN: Metric = Metric {
    id: "cycle_days_closed_mean",
    kind: Kind::Simple(Measure::CycleDaysClosed, Take::Mean),
    counted: &[Measure::CycleDaysClosed],
    guardrails: &["avg_deal_value", "win_rate"],
    examples: &[
        Example {
            source: "won after 90 days five times, lost after 10 days twice",
            given: &[(Measure::CycleDaysClosed, Days(&[(90, 5), (10, 2)]))],
            expected: Expected::Value("67.142857"),
        },
        Example {
            source: "usedaymark.io: 45, 54 and 39 days of closed deals",
            given: &[(Measure::CycleDaysClosed, Days(&[(45, 1), (54, 1), (39, 1)]))],
            expected: Expected::Value("46"),
        },
        Example { source: "nothing decided", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..CYCLE_DAYS_LOST_MEAN
};

/// Median sales cycle of all deals decided, won or lost.
pub const CYCLE_DAYS_CLOSED_MEDIAN: Metric = Metric {
    id: "cycle_days_closed_median",
    kind: Kind::Simple(Measure::CycleDaysClosed, Take::Median),
    examples: &[
        Example {
            source: "won after 90 days five times, lost after 10 days twice",
            given: &[(Measure::CycleDaysClosed, Days(&[(90, 5), (10, 2)]))],
            expected: Expected::Value("90"),
        },
        Example {
            source: "usedaymark.io: 45, 54 and 39 days of closed deals",
            given: &[(Measure::CycleDaysClosed, Days(&[(45, 1), (54, 1), (39, 1)]))],
            expected: Expected::Value("45"),
        },
        Example { source: "nothing decided", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..CYCLE_DAYS_CLOSED_MEAN
};

//! Against a target on revenue.

use super::RECOMPUTE;
use crate::Why;
use crate::metric::Given::{Count, Money};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Template, Unit,
};

/// Revenue ÷ the target on it.
pub const QUOTA_ATTAINMENT: Metric = Metric {
    id: "quota_attainment",
    unit: Unit::Ratio,
    better: Better::Up,
    kind: Kind::Ratio { numerator: &[Measure::AmountWon], denominator: &[Measure::TargetRevenue] },
    counted: &[Measure::DealsWon],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    interval: Interval::None,
    guardrails: &["discount_share", "csat", "win_rate"],
    choices: &[Choice::RevenueOf],
    templates: &Template::ALL,
    perspective: Perspective::Financial,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "F4.2: 80 k of 100 k",
            &[(Measure::AmountWon, Money(80000)), (Measure::TargetRevenue, Money(100000))],
            "0.800000",
        ),
        Example::worth(
            "India e-commerce data, all",
            &[(Measure::AmountWon, Money(431502)), (Measure::TargetRevenue, Money(435900))],
            "0.989911",
        ),
        Example::worth("nothing sold yet", &[(Measure::TargetRevenue, Money(5))], "0"),
        Example::not("no target", &[], Why::NoData),
    ],
};

/// Value of open deals ÷ what is left of the target; once it is reached there is nothing left to cover.
pub const PIPELINE_COVERAGE: Metric = Metric {
    id: "pipeline_coverage",
    unit: Unit::Number,
    kind: Kind::Formula("pipeline_value ÷ max(target_revenue − revenue, 0)"),
    counted: &[Measure::DealsOpen],
    guardrails: &["win_rate", "cycle_days_median"],
    templates: &[Template::Consultancy, Template::Saas],
    perspective: Perspective::Process,
    examples: &[
        Example::worth(
            "winsabove glossary: 4.8 million on 1.6 million left",
            &[
                (Measure::AmountOpen, Money(4800000)),
                (Measure::TargetRevenue, Money(2000000)),
                (Measure::AmountWon, Money(400000)),
                (Measure::DealsOpen, Count(9)),
            ],
            "3.0",
        ),
        Example::worth("nothing open", &[(Measure::TargetRevenue, Money(5))], "0"),
        Example::not(
            "the target is reached",
            &[(Measure::AmountOpen, Money(9)), (Measure::TargetRevenue, Money(5)), (Measure::AmountWon, Money(7))],
            Why::EmptyBase,
        ),
        Example::not("no target", &[], Why::NoData),
    ],
    ..QUOTA_ATTAINMENT
};

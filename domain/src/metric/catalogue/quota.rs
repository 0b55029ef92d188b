//! Against a target on revenue.

use super::RECOMPUTE;
use crate::Why;
use crate::metric::Given::{Count, Money};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Template, Term, Unit,
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

/// Revenue − the target on it: above zero it is passed.
pub const QUOTA_VARIANCE: Metric = Metric {
    id: "quota_variance",
    unit: Unit::Money,
    kind: Kind::Formula("revenue − target_revenue"),
    examples: &[
        Example::worth(
            "F4.2: 120 k − 100 k",
            &[(Measure::AmountWon, Money(120000)), (Measure::TargetRevenue, Money(100000))],
            "20000.00",
        ),
        Example::worth("nothing sold yet", &[(Measure::TargetRevenue, Money(5))], "-5"),
        Example::worth("exactly on target", &[(Measure::AmountWon, Money(5)), (Measure::TargetRevenue, Money(5))], "0"),
        Example::not("no target", &[], Why::NoData),
    ],
    ..QUOTA_ATTAINMENT
};

/// 1 ÷ win rate: how many times what is left of the target must be open to reach it.
pub const NEEDED_COVERAGE: Metric = Metric {
    id: "needed_coverage",
    unit: Unit::Number,
    better: Better::Down,
    kind: Kind::Derived(&[Term::Over("win_rate")]),
    counted: &[Measure::DealsWon, Measure::DealsLost],
    guardrails: &["pipeline_coverage", "win_rate"],
    choices: &[],
    examples: &[
        Example::worth(
            "winsabove glossary: a win rate of 22 %",
            &[(Measure::DealsWon, Count(22)), (Measure::DealsLost, Count(78))],
            "4.55",
        ),
        Example::worth("everything won", &[(Measure::DealsWon, Count(3))], "1"),
        Example::not("nothing won: no coverage is enough", &[(Measure::DealsLost, Count(3))], Why::EmptyBase),
        Example::not("nothing decided", &[], Why::EmptyBase),
    ],
    ..PIPELINE_COVERAGE
};

/// Pipeline coverage × win rate: the share of what is left of the target that the pipeline brings at today's win rate.
pub const EXPECTED_COVERAGE: Metric = Metric {
    id: "expected_coverage",
    unit: Unit::Ratio,
    kind: Kind::Derived(&[Term::Times("pipeline_coverage"), Term::Times("win_rate")]),
    guardrails: &["pipeline_coverage", "needed_coverage"],
    examples: &[
        Example::worth(
            "winsabove glossary: 4.8 million at 22 %, 1.056 million, on 1.6 million left",
            &[
                (Measure::AmountOpen, Money(4800000)),
                (Measure::TargetRevenue, Money(2000000)),
                (Measure::AmountWon, Money(400000)),
                (Measure::DealsWon, Count(22)),
                (Measure::DealsLost, Count(78)),
                (Measure::DealsOpen, Count(9)),
            ],
            "0.66",
        ),
        Example::worth(
            "nothing open",
            &[(Measure::TargetRevenue, Money(5)), (Measure::DealsWon, Count(1)), (Measure::DealsLost, Count(1))],
            "0",
        ),
        Example::not(
            "nothing decided",
            &[(Measure::AmountOpen, Money(4)), (Measure::TargetRevenue, Money(5))],
            Why::EmptyBase,
        ),
        Example::not("no target", &[], Why::NoData),
    ],
    ..PIPELINE_COVERAGE
};

//! What is open: value, weighted value, and the speed at which it turns into revenue.

use super::{MONEY_BALANCE, RECOMPUTE};
use crate::Why;
use crate::metric::Given::{Count, Days, Money};
use crate::metric::{
    Better, Empty, Example, Expected, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Term, Unit,
};

/// Σ amount of deals open at the end of the period or today, whichever is earlier.
pub const PIPELINE_VALUE: Metric = Metric {
    id: "pipeline_value",
    unit: Unit::Money,
    better: Better::Up,
    kind: Kind::Simple(Measure::AmountOpen, Take::Total),
    counted: &[Measure::DealsOpen],
    roll_up: MONEY_BALANCE,
    empty: Empty::Zero,
    interval: Interval::None,
    guardrails: &["win_rate", "cycle_days_median"],
    choices: &[],
    templates: &[Template::Consultancy, Template::Saas],
    perspective: Perspective::Financial,
    status: Status::Active,
    version: 1,
    examples: &[
        Example {
            source: "winsabove glossary: a pipeline of 4.8 million",
            given: &[(Measure::AmountOpen, Money(4_800_000)), (Measure::DealsOpen, Count(12))],
            expected: Expected::Value("4800000.00"),
        },
        Example {
            source: "amounts won are not open",
            given: &[(Measure::AmountWon, Money(100))],
            expected: Expected::Value("0"),
        },
        Example { source: "nothing open", given: &[], expected: Expected::Value("0") },
    ],
};

/// Σ amount × probability of deals open on that day.
pub const PIPELINE_WEIGHTED: Metric = Metric {
    id: "pipeline_weighted",
    kind: Kind::Simple(Measure::AmountOpenWeighted, Take::Total),
    examples: &[
        Example {
            source: "4.8 million at 22 %",
            given: &[(Measure::AmountOpenWeighted, Money(1_056_000)), (Measure::AmountOpen, Money(4_800_000))],
            expected: Expected::Value("1056000.00"),
        },
        Example {
            source: "open deals without a probability weigh nothing",
            given: &[(Measure::AmountOpen, Money(100))],
            expected: Expected::Value("0"),
        },
        Example { source: "nothing open", given: &[], expected: Expected::Value("0") },
    ],
    ..PIPELINE_VALUE
};

/// Open deals × average deal value × win rate ÷ mean cycle days.
pub const SALES_VELOCITY: Metric = Metric {
    id: "sales_velocity",
    unit: Unit::MoneyPerDay,
    kind: Kind::Derived(&[
        Term::Times("deals_open"),
        Term::Times("avg_deal_value"),
        Term::Times("win_rate"),
        Term::Over("cycle_days_mean"),
    ]),
    // The scarcest of its parts.
    counted: &[Measure::DealsWon],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["discount_share", "win_rate_pursued"],
    perspective: Perspective::Process,
    examples: &[
        Example {
            source: "mavenlb.com: 40 × 25,000 × 25 % ÷ 90",
            given: &[
                (Measure::DealsOpen, Count(40)),
                (Measure::AmountWon, Money(250_000)),
                (Measure::DealsWon, Count(10)),
                (Measure::DealsLost, Count(30)),
                (Measure::CycleDaysWon, Days(&[(90, 10)])),
            ],
            expected: Expected::Value("2777.78"),
        },
        Example {
            source: "winsabove glossary: 18 × 42,000 × 24 % ÷ 78",
            given: &[
                (Measure::DealsOpen, Count(18)),
                (Measure::AmountWon, Money(252_000)),
                (Measure::DealsWon, Count(6)),
                (Measure::DealsLost, Count(19)),
                (Measure::CycleDaysWon, Days(&[(78, 6)])),
            ],
            expected: Expected::Value("2326.15"),
        },
        Example {
            source: "won on the day of first contact",
            given: &[
                (Measure::DealsOpen, Count(1)),
                (Measure::AmountWon, Money(10)),
                (Measure::DealsWon, Count(1)),
                (Measure::CycleDaysWon, Days(&[(0, 1)])),
            ],
            expected: Expected::Not(Why::EmptyBase),
        },
        Example { source: "no deals", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..PIPELINE_VALUE
};

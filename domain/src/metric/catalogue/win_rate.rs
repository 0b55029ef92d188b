//! Win rate under its five definitions. They differ in the base, and vendors differ in which they mean.

use super::RECOMPUTE;
use super::counts::PURSUED;
use crate::Why;
use crate::metric::Given::{Count, Money};
use crate::metric::{
    Better, Empty, Example, Expected, Interval, Kind, Measure, Metric, Perspective, Status, Template, Unit,
};

const DECIDED: &[Measure] = &[Measure::DealsWon, Measure::DealsLost];

/// Won ÷ (won + lost), by the day of closing. Open deals are left out and counted beside it.
pub const WIN_RATE: Metric = Metric {
    id: "win_rate",
    unit: Unit::Ratio,
    better: Better::Up,
    kind: Kind::Ratio { numerator: &[Measure::DealsWon], denominator: DECIDED },
    counted: DECIDED,
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    interval: Interval::Wilson,
    guardrails: &["deals_won", "discount_share", "win_rate_pursued"],
    choices: &[],
    templates: &[Template::Consultancy, Template::Saas, Template::Agency],
    perspective: Perspective::Process,
    status: Status::Active,
    version: 1,
    examples: &[
        Example {
            source: "contextawareanalytics.com: 45 won, 135 lost, 80 open",
            given: &[(Measure::DealsWon, Count(45)), (Measure::DealsLost, Count(135)), (Measure::DealsOpen, Count(80))],
            expected: Expected::Value("0.250000"),
        },
        Example {
            source: "CRM data set of Maven Analytics, Anna Snelling, second quarter of 2017",
            given: &[(Measure::DealsWon, Count(37)), (Measure::DealsLost, Count(20))],
            expected: Expected::Value("0.649123"),
        },
        Example {
            source: "altiorco.com, disqualified deals left out: 20 won, 30 lost, 50 disqualified",
            given: &[
                (Measure::DealsWon, Count(20)),
                (Measure::DealsLost, Count(30)),
                (Measure::DealsDisqualified, Count(50)),
            ],
            expected: Expected::Value("0.400000"),
        },
        Example {
            source: "nothing decided, one open",
            given: &[(Measure::DealsOpen, Count(1))],
            expected: Expected::Not(Why::EmptyBase),
        },
    ],
};

/// Won ÷ all pursued, open ones included.
pub const WIN_RATE_PURSUED: Metric = Metric {
    id: "win_rate_pursued",
    kind: Kind::Ratio { numerator: &[Measure::DealsWon], denominator: PURSUED },
    counted: PURSUED,
    guardrails: &["win_rate"],
    templates: &[Template::Consultancy],
    examples: &[
        Example {
            source: "contextawareanalytics.com: 45 won, 135 lost, 80 open",
            given: &[(Measure::DealsWon, Count(45)), (Measure::DealsLost, Count(135)), (Measure::DealsOpen, Count(80))],
            expected: Expected::Value("0.173077"),
        },
        Example { source: "only open deals", given: &[(Measure::DealsOpen, Count(4))], expected: Expected::Value("0") },
        Example { source: "no deals", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..WIN_RATE
};

const DECIDED_OR_DISQUALIFIED: &[Measure] = &[Measure::DealsWon, Measure::DealsLost, Measure::DealsDisqualified];

/// Won ÷ (won + lost + disqualified): disqualified counts as lost.
pub const WIN_RATE_DISQUALIFIED: Metric = Metric {
    id: "win_rate_disqualified",
    kind: Kind::Ratio { numerator: &[Measure::DealsWon], denominator: DECIDED_OR_DISQUALIFIED },
    counted: DECIDED_OR_DISQUALIFIED,
    guardrails: &["win_rate"],
    templates: &[Template::Consultancy],
    examples: &[
        Example {
            source: "altiorco.com, disqualified deals counted as lost: 20 won, 30 lost, 50 disqualified",
            given: &[
                (Measure::DealsWon, Count(20)),
                (Measure::DealsLost, Count(30)),
                (Measure::DealsDisqualified, Count(50)),
            ],
            expected: Expected::Value("0.200000"),
        },
        Example {
            source: "only disqualified deals",
            given: &[(Measure::DealsDisqualified, Count(5))],
            expected: Expected::Value("0"),
        },
        Example { source: "no deals", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..WIN_RATE
};

/// Amount won ÷ (amount won + amount lost).
pub const WIN_RATE_VALUE: Metric = Metric {
    id: "win_rate_value",
    kind: Kind::Ratio { numerator: &[Measure::AmountWon], denominator: &[Measure::AmountWon, Measure::AmountLost] },
    // Euros are not independent trials: no binomial interval.
    interval: Interval::None,
    guardrails: &["win_rate", "discount_share"],
    templates: &[Template::Consultancy],
    examples: &[
        Example {
            source: "one of three deals won, but the large one",
            given: &[
                (Measure::AmountWon, Money(90_000)),
                (Measure::AmountLost, Money(30_000)),
                (Measure::DealsWon, Count(1)),
                (Measure::DealsLost, Count(2)),
            ],
            expected: Expected::Value("0.750000"),
        },
        Example {
            source: "lost deals whose amount is unknown",
            given: &[(Measure::DealsLost, Count(2))],
            expected: Expected::Not(Why::EmptyBase),
        },
        Example { source: "no deals", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..WIN_RATE
};

/// Of the deals created in the period, the share won to date. Low for young periods, as long deals are
/// still open.
pub const WIN_RATE_COHORT: Metric = Metric {
    id: "win_rate_cohort",
    kind: Kind::Cohort { numerator: &[Measure::CohortWon], denominator: &[Measure::CohortCreated] },
    counted: &[Measure::CohortCreated],
    guardrails: &["win_rate"],
    templates: &[Template::Consultancy],
    examples: &[
        Example {
            source: "ten created, four won so far",
            given: &[(Measure::CohortWon, Count(4)), (Measure::CohortCreated, Count(10))],
            expected: Expected::Value("0.400000"),
        },
        Example {
            source: "none won yet",
            given: &[(Measure::CohortCreated, Count(3))],
            expected: Expected::Value("0"),
        },
        Example { source: "none created", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..WIN_RATE
};

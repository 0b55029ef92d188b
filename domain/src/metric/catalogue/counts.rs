//! Numbers of deals.

use super::{COUNT, COUNT_BALANCE};
use crate::metric::Given::Count;
use crate::metric::{
    Better, Empty, Example, Expected, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

/// Deals won, by the day of closing.
pub const DEALS_WON: Metric = Metric {
    id: "deals_won",
    unit: Unit::Count,
    better: Better::Up,
    kind: Kind::Simple(Measure::DealsWon, Take::Total),
    counted: &[Measure::DealsWon],
    roll_up: COUNT,
    empty: Empty::Zero,
    interval: Interval::None,
    guardrails: &["win_rate", "avg_deal_value", "discount_share"],
    choices: &[],
    templates: &Template::ALL,
    perspective: Perspective::Customer,
    status: Status::Active,
    version: 1,
    examples: &[
        Example {
            source: "CRM data set of Maven Analytics, all",
            given: &[(Measure::DealsWon, Count(4238)), (Measure::DealsLost, Count(2473))],
            expected: Expected::Value("4238"),
        },
        Example {
            source: "lost deals do not count",
            given: &[(Measure::DealsLost, Count(3))],
            expected: Expected::Value("0"),
        },
        Example { source: "no deals", given: &[], expected: Expected::Value("0") },
    ],
};

/// Deals lost, by the day of closing.
pub const DEALS_LOST: Metric = Metric {
    id: "deals_lost",
    better: Better::Down,
    kind: Kind::Simple(Measure::DealsLost, Take::Total),
    counted: &[Measure::DealsLost],
    guardrails: &["deals_pursued"],
    templates: &[Template::Consultancy],
    perspective: Perspective::Process,
    examples: &[
        Example {
            source: "CRM data set of Maven Analytics, all",
            given: &[(Measure::DealsWon, Count(4238)), (Measure::DealsLost, Count(2473))],
            expected: Expected::Value("2473"),
        },
        Example {
            source: "disqualified deals are not lost",
            given: &[(Measure::DealsLost, Count(3)), (Measure::DealsDisqualified, Count(2))],
            expected: Expected::Value("3"),
        },
        Example { source: "no deals", given: &[], expected: Expected::Value("0") },
    ],
    ..DEALS_WON
};

/// Deals open at the end of the period or today, whichever is earlier.
pub const DEALS_OPEN: Metric = Metric {
    id: "deals_open",
    better: Better::Neither,
    kind: Kind::Simple(Measure::DealsOpen, Take::Total),
    counted: &[Measure::DealsOpen],
    roll_up: COUNT_BALANCE,
    guardrails: &["cycle_days_median"],
    templates: &[Template::Consultancy, Template::Saas],
    perspective: Perspective::Process,
    examples: &[
        Example {
            source: "CRM data set of Maven Analytics, all",
            given: &[(Measure::DealsOpen, Count(2089))],
            expected: Expected::Value("2089"),
        },
        Example {
            source: "decided deals are not open",
            given: &[(Measure::DealsWon, Count(2)), (Measure::DealsOpen, Count(1))],
            expected: Expected::Value("1"),
        },
        Example { source: "no deals", given: &[], expected: Expected::Value("0") },
    ],
    ..DEALS_WON
};

/// Deals disqualified, by the day of closing.
pub const DEALS_DISQUALIFIED: Metric = Metric {
    id: "deals_disqualified",
    better: Better::Neither,
    kind: Kind::Simple(Measure::DealsDisqualified, Take::Total),
    counted: &[Measure::DealsDisqualified],
    guardrails: &["win_rate_disqualified"],
    templates: &[Template::Consultancy],
    perspective: Perspective::Process,
    examples: &[
        Example {
            source: "altiorco.com, disqualified deals left out: 50 of 80",
            given: &[(Measure::DealsDisqualified, Count(50)), (Measure::DealsLost, Count(30))],
            expected: Expected::Value("50"),
        },
        Example {
            source: "lost deals are not disqualified",
            given: &[(Measure::DealsLost, Count(30))],
            expected: Expected::Value("0"),
        },
        Example { source: "no deals", given: &[], expected: Expected::Value("0") },
    ],
    ..DEALS_WON
};

/// Won + lost + disqualified in the period + open at its end.
pub const DEALS_PURSUED: Metric = Metric {
    id: "deals_pursued",
    better: Better::Neither,
    kind: Kind::Sum(PURSUED),
    counted: PURSUED,
    // Deals that stay open are part of every month, so months are not added.
    roll_up: super::RECOMPUTE,
    guardrails: &["win_rate"],
    templates: &[Template::Consultancy],
    perspective: Perspective::Process,
    examples: &[
        Example {
            source: "CRM data set of Maven Analytics, all",
            given: &[
                (Measure::DealsWon, Count(4238)),
                (Measure::DealsLost, Count(2473)),
                (Measure::DealsOpen, Count(2089)),
            ],
            expected: Expected::Value("8800"),
        },
        Example {
            source: "contextawareanalytics.com: 45 won, 135 lost, 80 open",
            given: &[(Measure::DealsWon, Count(45)), (Measure::DealsLost, Count(135)), (Measure::DealsOpen, Count(80))],
            expected: Expected::Value("260"),
        },
        Example { source: "no deals", given: &[], expected: Expected::Value("0") },
    ],
    ..DEALS_WON
};

/// All deals that somebody worked on.
pub const PURSUED: &[Measure] =
    &[Measure::DealsWon, Measure::DealsLost, Measure::DealsOpen, Measure::DealsDisqualified];

//! Revenue, average deal value, discount.

use super::{COUNT, MONEY_BALANCE, RECOMPUTE, SUM};
use crate::Why;
use crate::metric::Given::{Count, Money, Not};
use crate::metric::{
    Better, Choice, Empty, Example, Expected, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template,
    Unit,
};

const REVENUE_EXAMPLES: &[Example] = &[
    Example {
        source: "CRM data set of Maven Analytics, all deals won",
        given: &[(Measure::AmountWon, Money(10_005_534)), (Measure::DealsWon, Count(4238))],
        expected: Expected::Value("10005534.00"),
    },
    Example { source: "nothing won", given: &[], expected: Expected::Value("0") },
    Example {
        source: "a deal in a foreign currency without a rate",
        given: &[(Measure::AmountWon, Not(Why::NoData))],
        expected: Expected::Not(Why::NoData),
    },
];

/// Revenue as the template chooses it; of deals: Σ amount of deals won, by the day of closing.
pub const REVENUE: Metric = Metric {
    id: "revenue",
    unit: Unit::Money,
    better: Better::Up,
    kind: Kind::Simple(Measure::AmountWon, Take::Total),
    counted: &[Measure::DealsWon],
    roll_up: SUM,
    empty: Empty::Zero,
    interval: Interval::None,
    guardrails: &["discount_share", "win_rate"],
    choices: &[Choice::RevenueOf],
    templates: &Template::ALL,
    perspective: Perspective::Financial,
    status: Status::Active,
    version: 1,
    examples: REVENUE_EXAMPLES,
};

/// Revenue from deals, under a name that does not depend on the template.
pub const DEALS_REVENUE: Metric =
    Metric { id: "deals_revenue", templates: &[Template::Consultancy], choices: &[], ..REVENUE };

/// Revenue ÷ deals won.
pub const AVG_DEAL_VALUE: Metric = Metric {
    id: "avg_deal_value",
    choices: &[],
    kind: Kind::Ratio { numerator: &[Measure::AmountWon], denominator: &[Measure::DealsWon] },
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["win_rate", "cycle_days_mean"],
    templates: &[Template::Consultancy, Template::Saas],
    examples: &[
        Example {
            source: "CRM data set of Maven Analytics, all deals won",
            given: &[(Measure::AmountWon, Money(10_005_534)), (Measure::DealsWon, Count(4238))],
            expected: Expected::Value("2360.91"),
        },
        Example {
            source: "CRM data set of Maven Analytics, Anna Snelling",
            given: &[(Measure::AmountWon, Money(275_056)), (Measure::DealsWon, Count(208))],
            expected: Expected::Value("1322.38"),
        },
        Example { source: "nothing won", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..REVENUE
};

/// Σ discount ÷ Σ list amount, of deals won whose discount is known. Deals given away are counted beside it.
pub const DISCOUNT_SHARE: Metric = Metric {
    id: "discount_share",
    choices: &[],
    unit: Unit::Ratio,
    better: Better::Down,
    kind: Kind::Ratio { numerator: &[Measure::DiscountGiven], denominator: &[Measure::ListAmount] },
    counted: &[Measure::DealsDiscountKnown],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["win_rate", "deals_given_away"],
    templates: &[Template::Consultancy, Template::Saas, Template::Agency],
    version: 2,
    examples: &[
        Example {
            source: "two deals: 900 after 10 %, 1,500 after 25 % of 2,000",
            given: &[
                (Measure::DiscountGiven, Money(600)),
                (Measure::ListAmount, Money(3000)),
                (Measure::DealsDiscountKnown, Count(2)),
            ],
            expected: Expected::Value("0.200000"),
        },
        Example {
            source: "no discount given",
            given: &[(Measure::ListAmount, Money(500)), (Measure::DealsDiscountKnown, Count(1))],
            expected: Expected::Value("0"),
        },
        Example {
            source: "one deal at 25 % of 2,000, another given away: of that nothing tells what it was worth",
            given: &[
                (Measure::DiscountGiven, Money(500)),
                (Measure::ListAmount, Money(2000)),
                (Measure::DealsDiscountKnown, Count(1)),
                (Measure::DealsGivenAway, Count(1)),
            ],
            expected: Expected::Value("0.250000"),
        },
        Example { source: "no discount known", given: &[], expected: Expected::Not(Why::EmptyBase) },
    ],
    ..REVENUE
};

/// Deals won at a discount of 100 %: they have no list amount that a discount could be a share of.
pub const DEALS_GIVEN_AWAY: Metric = Metric {
    id: "deals_given_away",
    unit: Unit::Count,
    better: Better::Down,
    kind: Kind::Simple(Measure::DealsGivenAway, Take::Total),
    counted: &[Measure::DealsGivenAway],
    roll_up: COUNT,
    choices: &[],
    guardrails: &["discount_share"],
    templates: &[Template::Consultancy, Template::Saas, Template::Agency],
    examples: &[
        Example {
            source: "one of two",
            given: &[(Measure::DealsGivenAway, Count(1)), (Measure::DealsDiscountKnown, Count(1))],
            expected: Expected::Value("1"),
        },
        Example {
            source: "a discount of half is not given away",
            given: &[(Measure::DealsDiscountKnown, Count(1))],
            expected: Expected::Value("0"),
        },
        Example { source: "nothing won", given: &[], expected: Expected::Value("0") },
    ],
    ..REVENUE
};

/// Revenue since the start of the fiscal year, up to the end of the period.
pub const REVENUE_YTD: Metric = Metric {
    id: "revenue_ytd",
    kind: Kind::Cumulative(Measure::AmountWon),
    roll_up: MONEY_BALANCE,
    examples: &[
        Example {
            source: "a fiscal year that began with months of 100, 120 and 80",
            given: &[(Measure::AmountWon, Money(300)), (Measure::DealsWon, Count(7))],
            expected: Expected::Value("300.00"),
        },
        Example {
            source: "a deal in a foreign currency without a rate",
            given: &[(Measure::AmountWon, Not(Why::NoData))],
            expected: Expected::Not(Why::NoData),
        },
        Example { source: "nothing won since the year began", given: &[], expected: Expected::Value("0") },
    ],
    ..REVENUE
};

/// Cost of goods taken off revenue ÷ revenue; not known where no cost is kept.
pub const GROSS_MARGIN: Metric = Metric {
    id: "gross_margin",
    unit: Unit::Ratio,
    kind: Kind::Formula("(revenue − cost_of_goods_known) ÷ revenue"),
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["revenue", "discount_share"],
    examples: &[
        Example {
            source: "1,000 that cost 200",
            given: &[(Measure::AmountWon, Money(1000)), (Measure::CostOfGoodsKnown, Money(200))],
            expected: Expected::Value("0.800000"),
        },
        Example {
            source: "sold below cost",
            given: &[(Measure::AmountWon, Money(100)), (Measure::CostOfGoodsKnown, Money(150))],
            expected: Expected::Value("-0.500000"),
        },
        Example {
            source: "nothing sold",
            given: &[(Measure::CostOfGoodsKnown, Money(10))],
            expected: Expected::Not(Why::EmptyBase),
        },
        Example {
            source: "no cost kept: not 100 %",
            given: &[(Measure::AmountWon, Money(100))],
            expected: Expected::Not(Why::Incomplete),
        },
    ],
    ..REVENUE
};

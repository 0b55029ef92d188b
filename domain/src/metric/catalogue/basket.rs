//! Baskets: value, size, what is bought together, returns.

use super::{RECOMPUTE, SUM};
use crate::Why;
use crate::metric::Given::{Count, Exact, Money};
use crate::metric::{
    Better, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

/// Amount of sales; returns beside it, not in it.
pub const SALES_REVENUE: Metric = Metric {
    id: "sales_revenue",
    unit: Unit::Money,
    better: Better::Up,
    kind: Kind::Simple(Measure::SalesRevenue, Take::Total),
    counted: &[Measure::Transactions],
    roll_up: SUM,
    empty: Empty::Zero,
    interval: Interval::None,
    guardrails: &["return_rate", "sales_discount_share"],
    choices: &[],
    templates: &[Template::Retail],
    perspective: Perspective::Financial,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "UCI Online Retail, all",
            &[
                (Measure::SalesRevenue, Exact("10655622.48")),
                (Measure::Transactions, Count(19959)),
                (Measure::ReturnsAmount, Exact("896812.49")),
            ],
            "10655622.48",
        ),
        Example::worth(
            "India e-commerce data, all",
            &[(Measure::SalesRevenue, Money(431502)), (Measure::Transactions, Count(500))],
            "431502.00",
        ),
        Example::worth("nothing sold", &[], "0"),
    ],
};

/// Amount of sales ÷ transactions; returns beside it, not in it.
pub const ATV: Metric = Metric {
    id: "atv",
    kind: Kind::Ratio { numerator: &[Measure::SalesRevenue], denominator: &[Measure::Transactions] },
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["return_rate", "sales_discount_share", "csat"],
    examples: &[
        Example::worth(
            "UCI Online Retail, all",
            &[(Measure::SalesRevenue, Exact("10655622.48")), (Measure::Transactions, Count(19959))],
            "533.88",
        ),
        Example::worth(
            "info.nmtf.co.uk: 500 ÷ 50",
            &[(Measure::SalesRevenue, Money(500)), (Measure::Transactions, Count(50))],
            "10.00",
        ),
        Example::worth(
            "storeforcesolutions.com: 10,000 ÷ 200",
            &[(Measure::SalesRevenue, Money(10000)), (Measure::Transactions, Count(200))],
            "50.00",
        ),
        Example::not("no transactions", &[], Why::EmptyBase),
    ],
    ..SALES_REVENUE
};

/// Units sold ÷ transactions.
pub const UPT: Metric = Metric {
    id: "upt",
    unit: Unit::Number,
    kind: Kind::Ratio { numerator: &[Measure::UnitsSold], denominator: &[Measure::Transactions] },
    guardrails: &["return_rate", "atv"],
    perspective: Perspective::Process,
    examples: &[
        Example::worth(
            "UCI Online Retail, all",
            &[(Measure::Transactions, Count(19959)), (Measure::UnitsSold, Exact("5588375"))],
            "279.992735",
        ),
        Example::worth(
            "retaildogma.com: 3,564 ÷ 1,045",
            &[(Measure::UnitsSold, Exact("3564")), (Measure::Transactions, Count(1045))],
            "3.41",
        ),
        Example::worth(
            "retaildogma.com: 1,000 ÷ 500",
            &[(Measure::UnitsSold, Exact("1000")), (Measure::Transactions, Count(500))],
            "2",
        ),
        Example::not("no transactions", &[], Why::EmptyBase),
    ],
    ..ATV
};

/// Amount of sales ÷ units sold: upselling shows here.
pub const AVG_UNIT_PRICE: Metric = Metric {
    id: "avg_unit_price",
    kind: Kind::Ratio { numerator: &[Measure::SalesRevenue], denominator: &[Measure::UnitsSold] },
    guardrails: &["upt", "return_rate"],
    examples: &[
        Example::worth(
            "3 for 10 and 1 for 30",
            &[(Measure::SalesRevenue, Money(60)), (Measure::UnitsSold, Exact("4")), (Measure::Transactions, Count(2))],
            "15.00",
        ),
        Example::worth(
            "half a kilo for 4",
            &[(Measure::SalesRevenue, Money(4)), (Measure::UnitsSold, Exact("0.5")), (Measure::Transactions, Count(1))],
            "8.00",
        ),
        Example::not("nothing sold", &[], Why::EmptyBase),
    ],
    ..ATV
};

/// Transactions with both categories ÷ transactions with the first: cross-selling shows here.
pub const ATTACH_RATE: Metric = Metric {
    id: "attach_rate",
    unit: Unit::Ratio,
    kind: Kind::Ratio { numerator: &[Measure::AttachBoth], denominator: &[Measure::AttachBase] },
    counted: &[Measure::AttachBase],
    interval: Interval::Wilson,
    guardrails: &["return_rate", "csat"],
    perspective: Perspective::Process,
    examples: &[
        Example::worth(
            "simplicable.com: 23 of 100",
            &[(Measure::AttachBase, Count(100)), (Measure::AttachBoth, Count(23))],
            "0.230000",
        ),
        Example::worth("never together", &[(Measure::AttachBase, Count(9))], "0"),
        Example::not("the first was not sold", &[], Why::EmptyBase),
    ],
    ..ATV
};

/// Units of the second category ÷ units of the first; may pass 100 %.
pub const ATTACH_UNITS: Metric = Metric {
    id: "attach_units",
    kind: Kind::Ratio { numerator: &[Measure::AttachUnitsSecond], denominator: &[Measure::AttachUnitsBase] },
    interval: Interval::None,
    examples: &[
        Example::worth(
            "simplicable.com: 5 million on 1 million",
            &[(Measure::AttachUnitsBase, Exact("1000000")), (Measure::AttachUnitsSecond, Exact("5000000"))],
            "5.00",
        ),
        Example::worth(
            "simplicable.com: 100,000 on 200,000",
            &[(Measure::AttachUnitsBase, Exact("200000")), (Measure::AttachUnitsSecond, Exact("100000"))],
            "0.50",
        ),
        Example::worth(
            "simplicable.com: 1,250 on 500",
            &[(Measure::AttachUnitsBase, Exact("500")), (Measure::AttachUnitsSecond, Exact("1250"))],
            "2.50",
        ),
        Example::not("the first was not sold", &[], Why::EmptyBase),
    ],
    ..ATTACH_RATE
};

/// Returns ÷ sales, by amount.
pub const RETURN_RATE: Metric = Metric {
    id: "return_rate",
    better: Better::Down,
    kind: Kind::Ratio { numerator: &[Measure::ReturnsAmount], denominator: &[Measure::SalesRevenue] },
    counted: &[Measure::Transactions],
    guardrails: &["csat", "sales_revenue"],
    perspective: Perspective::Customer,
    examples: &[
        Example::worth(
            "UCI Online Retail, all",
            &[
                (Measure::SalesRevenue, Exact("10655622.48")),
                (Measure::Transactions, Count(19959)),
                (Measure::ReturnsAmount, Exact("896812.49")),
            ],
            "0.084163",
        ),
        Example::worth("nothing returned", &[(Measure::SalesRevenue, Money(80))], "0"),
        Example::not("nothing sold", &[], Why::EmptyBase),
    ],
    ..ATTACH_UNITS
};

/// Discount ÷ amount at list price, of sales whose list price is known.
pub const SALES_DISCOUNT_SHARE: Metric = Metric {
    id: "sales_discount_share",
    kind: Kind::Ratio { numerator: &[Measure::SalesDiscount], denominator: &[Measure::SalesList] },
    guardrails: &["atv", "sales_revenue"],
    perspective: Perspective::Financial,
    examples: &[
        Example::worth(
            "600 off 3,000",
            &[(Measure::SalesDiscount, Money(600)), (Measure::SalesList, Money(3000))],
            "0.200000",
        ),
        Example::worth("no discount given", &[(Measure::SalesList, Money(500))], "0"),
        Example::not("no list price known", &[], Why::EmptyBase),
    ],
    ..RETURN_RATE
};

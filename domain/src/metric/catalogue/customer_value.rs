//! Winning customers: how many, at what cost, worth how much.

use super::recurring::BALANCE;
use super::{COUNT, COUNT_BALANCE, RECOMPUTE};
use crate::Why;
use crate::metric::Given::{Count, Money, Not};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Term, Unit,
};

/// Customers with their first ever win, subscription or purchase in the period.
pub const NEW_CUSTOMERS: Metric = Metric {
    id: "new_customers",
    unit: Unit::Count,
    better: Better::Up,
    kind: Kind::Simple(Measure::NewCustomers, Take::Total),
    counted: &[Measure::NewCustomers],
    roll_up: COUNT,
    empty: Empty::Zero,
    interval: Interval::None,
    guardrails: &["cac", "customer_churn_rate", "repeat_purchase_rate"],
    choices: &[Choice::UsageFees],
    templates: &Template::ALL,
    perspective: Perspective::Customer,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth("dbt MRR playbook, January 2020", &[(Measure::NewCustomers, Count(4))], "4"),
        Example::worth(
            "openmeter.io: 30 customers",
            &[(Measure::NewCustomers, Count(30)), (Measure::Spend, Money(5000))],
            "30",
        ),
        Example::worth("nobody new", &[], "0"),
    ],
};

/// (Spend on campaigns + what selling cost) ÷ new customers.
pub const CAC: Metric = Metric {
    id: "cac",
    unit: Unit::Money,
    better: Better::Down,
    kind: Kind::Ratio { numerator: &[Measure::Spend, Measure::SalesCost], denominator: &[Measure::NewCustomers] },
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["new_customers", "customer_churn_rate"],
    templates: &[Template::Saas, Template::Agency],
    perspective: Perspective::Financial,
    examples: &[
        Example::worth(
            "openmeter.io: (10,000 + 5,000) ÷ 30",
            &[(Measure::SalesCost, Money(10000)), (Measure::Spend, Money(5000)), (Measure::NewCustomers, Count(30))],
            "500.00",
        ),
        Example::worth(
            "F4.3: 100,000 ÷ 2,000",
            &[(Measure::SalesCost, Money(0)), (Measure::Spend, Money(100000)), (Measure::NewCustomers, Count(2000))],
            "50.00",
        ),
        Example::not("nobody new", &[(Measure::SalesCost, Money(10)), (Measure::Spend, Money(5))], Why::EmptyBase),
        Example::not(
            "cost of sales not recorded: incomplete, not low",
            &[(Measure::Spend, Money(5)), (Measure::NewCustomers, Count(1))],
            Why::Incomplete,
        ),
        Example::not("nothing known", &[], Why::NoData),
    ],
    ..NEW_CUSTOMERS
};

/// ARPA ÷ customer churn rate of a month: both are of a month, however long the period is; churn is that of its whole months, and without one there is no LTV. Without churn there is none; no hidden default takes its place.
pub const LTV: Metric = Metric {
    id: "ltv",
    better: Better::Up,
    kind: Kind::Derived(&[Term::Times("arpa"), Term::Over("customer_churn_rate_monthly")]),
    counted: &[Measure::CustomersOpening],
    guardrails: &["customer_churn_rate", "nps"],
    choices: &[Choice::JoinedAndLeft, Choice::ChurnBooked, Choice::Discounts, Choice::UsageFees, Choice::ExchangeRate],
    version: 3,
    templates: &[Template::Saas],
    examples: &[
        Example::worth(
            "F4.1: 50 ÷ 2 %",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Count(100)),
                (Measure::CustomerMonthsLost, Count(2)),
            ],
            "2500.00",
        ),
        Example::not(
            "nobody left",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Count(100)),
            ],
            Why::EmptyBase,
        ),
        Example::not(
            "a running month, of which nobody knows yet what it loses",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Not(Why::NoWholeMonth)),
                (Measure::CustomerMonthsLost, Not(Why::NoWholeMonth)),
            ],
            Why::NoWholeMonth,
        ),
        Example::not("no customers", &[], Why::EmptyBase),
    ],
    ..CAC
};

/// ARPA × gross margin ÷ MRR churn rate of a month: what a customer leaves after the cost of what is delivered.
pub const LTV_MARGIN: Metric = Metric {
    id: "ltv_margin",
    kind: Kind::Derived(&[Term::Times("arpa"), Term::Times("gross_margin"), Term::Over("mrr_churn_rate_monthly")]),
    guardrails: &["mrr_churn_rate_monthly", "nps"],
    choices: LTV_MARGIN_CHOICES,
    version: 1,
    examples: &[
        Example::worth(
            "Finmark help: ARPA × gross margin ÷ revenue churn; 50 × 80 % ÷ 2 %",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::AmountWon, Money(1000)),
                (Measure::CostOfGoodsKnown, Money(200)),
                (Measure::MrrMonths, Money(5000)),
                (Measure::MrrMonthsLost, Money(100)),
            ],
            "2000.00",
        ),
        Example::not(
            "no revenue lost",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::AmountWon, Money(1000)),
                (Measure::CostOfGoodsKnown, Money(200)),
                (Measure::MrrMonths, Money(5000)),
            ],
            Why::EmptyBase,
        ),
        Example::not(
            "cost of goods not kept",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::AmountWon, Money(1000)),
                (Measure::MrrMonths, Money(5000)),
                (Measure::MrrMonthsLost, Money(100)),
            ],
            Why::Incomplete,
        ),
        Example::not("no customers", &[], Why::EmptyBase),
    ],
    ..LTV
};

const LTV_MARGIN_CHOICES: &[Choice] = &[
    Choice::RevenueOf,
    Choice::JoinedAndLeft,
    Choice::ChurnBooked,
    Choice::Discounts,
    Choice::UsageFees,
    Choice::WithinStep,
    Choice::ExchangeRate,
];

/// LTV ÷ CAC.
pub const LTV_CAC: Metric = Metric {
    id: "ltv_cac",
    unit: Unit::Number,
    kind: Kind::Derived(&[Term::Times("ltv"), Term::Over("cac")]),
    guardrails: &["cac_payback", "customer_churn_rate"],
    examples: &[
        Example::worth(
            "2,500 ÷ 500",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Count(100)),
                (Measure::CustomerMonthsLost, Count(2)),
                (Measure::SalesCost, Money(10000)),
                (Measure::Spend, Money(5000)),
                (Measure::NewCustomers, Count(30)),
            ],
            "5.00",
        ),
        Example::not(
            "spend unknown",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Count(100)),
                (Measure::CustomerMonthsLost, Count(2)),
                (Measure::NewCustomers, Count(30)),
            ],
            Why::NoData,
        ),
        Example::not("no customers", &[], Why::EmptyBase),
    ],
    ..LTV
};

/// CAC ÷ ARPA: months until a customer has paid what it cost to win.
pub const CAC_PAYBACK: Metric = Metric {
    id: "cac_payback",
    unit: Unit::Number,
    better: Better::Down,
    kind: Kind::Derived(&[Term::Times("cac"), Term::Over("arpa")]),
    counted: &[Measure::NewCustomers],
    guardrails: &["new_customers", "arpa"],
    choices: BALANCE,
    version: 1,
    examples: &[
        Example::worth(
            "500 ÷ 50 a month",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Count(100)),
                (Measure::CustomerMonthsLost, Count(2)),
                (Measure::SalesCost, Money(10000)),
                (Measure::Spend, Money(5000)),
                (Measure::NewCustomers, Count(30)),
            ],
            "10.00",
        ),
        Example::not(
            "nobody new",
            &[
                (Measure::MrrClosing, Money(5000)),
                (Measure::CustomersClosing, Count(100)),
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Count(100)),
                (Measure::CustomerMonthsLost, Count(2)),
                (Measure::SalesCost, Money(1)),
                (Measure::Spend, Money(1)),
            ],
            Why::EmptyBase,
        ),
        Example::not("nothing known", &[], Why::NoData),
    ],
    ..LTV
};

/// New customers since the start of the fiscal year, up to the end of the period.
pub const NEW_CUSTOMERS_YTD: Metric = Metric {
    id: "new_customers_ytd",
    kind: Kind::Cumulative(Measure::NewCustomers),
    roll_up: COUNT_BALANCE,
    examples: &[
        Example::worth("a fiscal year that began with months of 4, 0 and 3", &[(Measure::NewCustomers, Count(7))], "7"),
        Example::worth("a customer who comes back is not new", &[(Measure::CustomersReturning, Count(2))], "0"),
        Example::worth("nobody since the year began", &[], "0"),
    ],
    ..NEW_CUSTOMERS
};

/// Customers a person sold to ninety days or more ago who still buy or pay ninety days on ÷ those customers.
pub const SOLD_RETENTION_90: Metric = Metric {
    id: "sold_retention_90",
    unit: Unit::Ratio,
    kind: Kind::Ratio { numerator: &[Measure::CustomersSoldKept], denominator: &[Measure::CustomersSold] },
    counted: &[Measure::CustomersSold],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    interval: Interval::Wilson,
    guardrails: &["new_customers", "discount_share"],
    examples: &[
        Example::worth(
            "18 of 20 stayed",
            &[(Measure::CustomersSold, Count(20)), (Measure::CustomersSoldKept, Count(18))],
            "0.900000",
        ),
        Example::worth("nobody stayed", &[(Measure::CustomersSold, Count(3))], "0"),
        Example::not("nobody sold to", &[], Why::EmptyBase),
    ],
    ..NEW_CUSTOMERS
};

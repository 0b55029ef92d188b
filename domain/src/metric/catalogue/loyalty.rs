//! Customers who buy again, under the definitions that vendors confuse.

use super::RECOMPUTE;
use crate::Why;
use crate::metric::Given::Count;
use crate::metric::{Better, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Template, Unit};

/// Customers with two or more transactions in the period ÷ customers of the period.
pub const REPEAT_PURCHASE_RATE: Metric = Metric {
    id: "repeat_purchase_rate",
    unit: Unit::Ratio,
    better: Better::Up,
    kind: Kind::Ratio { numerator: &[Measure::CustomersRepeating], denominator: &[Measure::CustomersBuying] },
    counted: &[Measure::CustomersBuying],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    interval: Interval::Wilson,
    guardrails: &["sales_discount_share", "return_rate"],
    choices: &[],
    templates: &[Template::Retail],
    perspective: Perspective::Customer,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "UCI Online Retail, all",
            &[(Measure::CustomersBuying, Count(4338)), (Measure::CustomersRepeating, Count(2845))],
            "0.655832",
        ),
        Example::worth(
            "littlestreamsoftware.com: 8 of 26",
            &[(Measure::CustomersBuying, Count(26)), (Measure::CustomersRepeating, Count(8))],
            "0.3077",
        ),
        Example::worth("nobody twice", &[(Measure::CustomersBuying, Count(3))], "0"),
        Example::not("no customers known", &[], Why::EmptyBase),
    ],
};

/// Customers of the period with a transaction before it ÷ customers of the period.
pub const RETURNING_CUSTOMER_RATE: Metric = Metric {
    id: "returning_customer_rate",
    kind: Kind::Ratio { numerator: &[Measure::CustomersReturning], denominator: &[Measure::CustomersBuying] },
    examples: &[
        Example::worth(
            "UCI Online Retail, January 2011: 324 of 741",
            &[(Measure::CustomersBuying, Count(741)), (Measure::CustomersReturning, Count(324))],
            "0.437247",
        ),
        Example::worth(
            "UCI Online Retail, December 2010: the first month",
            &[(Measure::CustomersBuying, Count(885))],
            "0.0",
        ),
        Example::not("no customers known", &[], Why::EmptyBase),
    ],
    ..REPEAT_PURCHASE_RATE
};

/// Customers of the period before who bought again ÷ customers of the period before.
pub const REPURCHASE_RETENTION: Metric = Metric {
    id: "repurchase_retention",
    kind: Kind::Ratio { numerator: &[Measure::CustomersBoughtAgain], denominator: &[Measure::CustomersPrevious] },
    counted: &[Measure::CustomersPrevious],
    examples: &[
        Example::worth(
            "324 of 885 customers of the month before",
            &[(Measure::CustomersPrevious, Count(885)), (Measure::CustomersBoughtAgain, Count(324))],
            "0.366102",
        ),
        Example::worth("nobody came back", &[(Measure::CustomersPrevious, Count(10))], "0"),
        Example::not("nobody bought in the period before", &[(Measure::CustomersBuying, Count(5))], Why::EmptyBase),
        Example::not("nothing", &[], Why::EmptyBase),
    ],
    ..REPEAT_PURCHASE_RATE
};

//! How much of the base is lost. Vendors disagree on what counts as lost; see the choices.

use super::RECOMPUTE;
use super::recurring::{LOGOS, MOVED, RATES};
use crate::Why;
use crate::metric::Given::{Count, Exact, Money, Not};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

/// Churn ÷ opening MRR. Over several months Σ of their churn ÷ the first opening.
pub const MRR_CHURN_RATE: Metric = Metric {
    id: "mrr_churn_rate",
    unit: Unit::Ratio,
    better: Better::Down,
    kind: Kind::Formula("(mrr_churn − mrr_churn_outside_rates) ÷ mrr_opening"),
    counted: &[Measure::CustomersOpening],
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    interval: Interval::None,
    guardrails: &["nps", "mrr_new"],
    choices: RATES,
    templates: &[Template::Saas],
    perspective: Perspective::Customer,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[
                (Measure::MrrOpening, Money(1255)),
                (Measure::MrrNew, Money(175)),
                (Measure::MrrChurn, Money(1255)),
                (Measure::CustomersOpening, Count(28)),
                (Measure::CustomersChurned, Count(28)),
            ],
            "1.000000",
        ),
        Example::worth(
            "ChartMogul help: opening 100, churn 10",
            &[
                (Measure::MrrOpening, Money(100)),
                (Measure::MrrChurn, Money(10)),
                (Measure::MrrContraction, Money(10)),
                (Measure::MrrExpansion, Money(10)),
                (Measure::CustomersOpening, Count(10)),
            ],
            "0.100000",
        ),
        Example::worth(
            "churn of customers who joined and left in between, kept out of the rate",
            &[
                (Measure::MrrOpening, Money(100)),
                (Measure::MrrChurn, Money(11)),
                (Measure::MrrChurnOutsideRates, Money(1)),
            ],
            "0.10",
        ),
        Example::not("no MRR to begin with", &[(Measure::MrrNew, Money(5))], Why::EmptyBase),
        Example::not("nothing", &[], Why::EmptyBase),
    ],
};

/// (Churn + contraction) ÷ opening MRR.
pub const GROSS_MRR_CHURN_RATE: Metric = Metric {
    id: "gross_mrr_churn_rate",
    kind: Kind::Formula(
        "(mrr_churn − mrr_churn_outside_rates + mrr_contraction − mrr_contraction_outside_rates) ÷ mrr_opening",
    ),
    examples: &[
        Example::worth(
            "ChartMogul help: opening 100, churn 10, contraction 10, expansion 10",
            &[
                (Measure::MrrOpening, Money(100)),
                (Measure::MrrChurn, Money(10)),
                (Measure::MrrContraction, Money(10)),
                (Measure::MrrExpansion, Money(10)),
                (Measure::CustomersOpening, Count(10)),
            ],
            "0.200000",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[
                (Measure::MrrOpening, Money(1255)),
                (Measure::MrrNew, Money(175)),
                (Measure::MrrChurn, Money(1255)),
                (Measure::CustomersOpening, Count(28)),
                (Measure::CustomersChurned, Count(28)),
            ],
            "1.000000",
        ),
        Example::not("nothing", &[], Why::EmptyBase),
    ],
    ..MRR_CHURN_RATE
};

/// (Churn + contraction − expansion − reactivation) ÷ opening MRR; below 0 the base grows by itself.
pub const NET_MRR_CHURN_RATE: Metric = Metric {
    id: "net_mrr_churn_rate",
    kind: Kind::Formula(
        "(mrr_churn − mrr_churn_outside_rates + mrr_contraction − mrr_contraction_outside_rates − mrr_expansion + mrr_expansion_outside_rates − mrr_reactivation + mrr_reactivation_outside_rates) ÷ mrr_opening",
    ),
    guardrails: &["gross_mrr_churn_rate", "nps"],
    choices: MOVED,
    examples: &[
        Example::worth(
            "ChartMogul help: opening 100, churn 10, contraction 10, expansion 10",
            &[
                (Measure::MrrOpening, Money(100)),
                (Measure::MrrChurn, Money(10)),
                (Measure::MrrContraction, Money(10)),
                (Measure::MrrExpansion, Money(10)),
                (Measure::CustomersOpening, Count(10)),
            ],
            "0.100000",
        ),
        Example::worth(
            "more expansion than loss",
            &[(Measure::MrrOpening, Money(100)), (Measure::MrrExpansion, Money(30)), (Measure::MrrChurn, Money(10))],
            "-0.200000",
        ),
        Example::not("nothing", &[], Why::EmptyBase),
    ],
    ..MRR_CHURN_RATE
};

/// Customers of the opening without MRR at the period's end ÷ customers of the opening.
pub const CUSTOMER_CHURN_RATE: Metric = Metric {
    id: "customer_churn_rate",
    kind: Kind::Ratio { numerator: &[Measure::CustomersChurned], denominator: &[Measure::CustomersOpening] },
    interval: Interval::Wilson,
    guardrails: &["nps", "new_customers"],
    choices: LOGOS,
    examples: &[
        Example::worth(
            "ChartMogul help: 100 at the start, 11 left, one of whom joined in the month",
            &[(Measure::CustomersOpening, Count(100)), (Measure::CustomersChurned, Count(10))],
            "0.100000",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[
                (Measure::MrrOpening, Money(1255)),
                (Measure::MrrNew, Money(175)),
                (Measure::MrrChurn, Money(1255)),
                (Measure::CustomersOpening, Count(28)),
                (Measure::CustomersChurned, Count(28)),
            ],
            "1.000000",
        ),
        Example::not("no customers to begin with", &[], Why::EmptyBase),
    ],
    ..MRR_CHURN_RATE
};

/// Σ over the whole months of the period of customers lost in each ÷ Σ of customers at its start: how many leave in a
/// month. Of one month it is the customer churn rate. A part of a month, such as one that still runs, is in neither sum.
pub const CUSTOMER_CHURN_RATE_MONTHLY: Metric = Metric {
    id: "customer_churn_rate_monthly",
    kind: Kind::Ratio { numerator: &[Measure::CustomerMonthsLost], denominator: &[Measure::CustomerMonths] },
    counted: &[Measure::CustomerMonths],
    examples: &[
        Example::worth(
            "a quarter: 2 of 100, 2 of 98 and 2 of 102 leave",
            &[(Measure::CustomerMonths, Count(300)), (Measure::CustomerMonthsLost, Count(6))],
            "0.020000",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[(Measure::CustomerMonths, Count(28)), (Measure::CustomerMonthsLost, Count(28))],
            "1.000000",
        ),
        Example::not(
            "a week, or a month that still runs: no whole month has ended in it",
            &[
                (Measure::CustomersOpening, Count(100)),
                (Measure::CustomerMonths, Not(Why::NoWholeMonth)),
                (Measure::CustomerMonthsLost, Not(Why::NoWholeMonth)),
            ],
            Why::NoWholeMonth,
        ),
        Example::not("no customers to begin with", &[], Why::EmptyBase),
    ],
    version: 2,
    ..CUSTOMER_CHURN_RATE
};

/// Σ over the whole months of the period of MRR lost with customers in each ÷ Σ of MRR at its start: how much leaves in a
/// month. Of one month it is the MRR churn rate.
pub const MRR_CHURN_RATE_MONTHLY: Metric = Metric {
    id: "mrr_churn_rate_monthly",
    kind: Kind::Ratio { numerator: &[Measure::MrrMonthsLost], denominator: &[Measure::MrrMonths] },
    examples: &[
        Example::worth(
            "a quarter: 10 of 1,000, 12 of 1,040 and 8 of 960 leave",
            &[(Measure::MrrMonths, Money(3000)), (Measure::MrrMonthsLost, Money(30))],
            "0.010000",
        ),
        Example::worth("nothing lost", &[(Measure::MrrMonths, Money(100))], "0"),
        Example::not(
            "a week, or a month that still runs: no whole month has ended in it",
            &[(Measure::MrrMonths, Not(Why::NoWholeMonth)), (Measure::MrrMonthsLost, Not(Why::NoWholeMonth))],
            Why::NoWholeMonth,
        ),
        Example::not("no MRR to begin with", &[], Why::EmptyBase),
    ],
    ..MRR_CHURN_RATE
};

/// Σ over the days of the period of 1 − (MRR at its end − new MRR) ÷ MRR at its start: ChartMogul's daily method.
pub const NET_MRR_CHURN_RATE_DAILY: Metric = Metric {
    id: "net_mrr_churn_rate_daily",
    kind: Kind::Simple(Measure::NetMrrChurnDaily, Take::Total),
    guardrails: &["gross_mrr_churn_rate", "nps"],
    choices: &[
        Choice::JoinedAndLeft,
        Choice::ChurnBooked,
        Choice::Returned,
        Choice::Discounts,
        Choice::UsageFees,
        Choice::ExchangeRate,
    ],
    examples: &[
        Example::worth(
            "ChartMogul help: a day that opens with 100 and ends with 120, of which 10 is new",
            &[(Measure::NetMrrChurnDaily, Exact("1 − (120 − 10) ÷ 100"))],
            "-0.100000",
        ),
        Example::worth(
            "two days: 5 of 100, then 19 of 95 lost",
            &[(Measure::NetMrrChurnDaily, Exact("5 ÷ 100 + 19 ÷ 95"))],
            "0.250000",
        ),
        Example::not("no day opens with any MRR", &[], Why::EmptyBase),
    ],
    ..MRR_CHURN_RATE
};

/// 1 − customer churn rate: customers of the opening who still pay ÷ customers of the opening.
pub const RETENTION_RATE: Metric = Metric {
    id: "retention_rate",
    better: Better::Up,
    kind: Kind::Formula("(customers_opening − customers_churned) ÷ customers_opening"),
    guardrails: &["discount_share", "new_customers"],
    examples: &[
        Example::worth(
            "ChartMogul help, the other side: 90 of 100 stayed",
            &[(Measure::CustomersOpening, Count(100)), (Measure::CustomersChurned, Count(10))],
            "0.900000",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020: all left",
            &[
                (Measure::MrrOpening, Money(1255)),
                (Measure::MrrNew, Money(175)),
                (Measure::MrrChurn, Money(1255)),
                (Measure::CustomersOpening, Count(28)),
                (Measure::CustomersChurned, Count(28)),
            ],
            "0.000000",
        ),
        Example::not("no customers to begin with", &[], Why::EmptyBase),
    ],
    ..CUSTOMER_CHURN_RATE
};

//! Monthly recurring revenue and its movements: opening + new + expansion + reactivation − contraction − churn = closing.

use super::{MONEY_BALANCE, RECOMPUTE, SUM};
use crate::Why;
use crate::metric::Given::{Count, Exact, Money};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

/// Choices on which a balance of recurring revenue depends.
pub(super) const BALANCE: &[Choice] =
    &[Choice::ChurnBooked, Choice::Discounts, Choice::UsageFees, Choice::ExchangeRate];
/// Those on which a number of customers at two dates depends.
pub(super) const LOGOS: &[Choice] = &[Choice::JoinedAndLeft, Choice::ChurnBooked, Choice::Discounts, Choice::UsageFees];
/// Those on which movements depend that are the same whether a customer is new or back.
pub(super) const RATES: &[Choice] = &[
    Choice::JoinedAndLeft,
    Choice::ChurnBooked,
    Choice::Discounts,
    Choice::UsageFees,
    Choice::WithinStep,
    Choice::ExchangeRate,
];
/// Those on which movements depend that tell new customers from returning ones.
pub(super) const MOVED: &[Choice] = &[
    Choice::JoinedAndLeft,
    Choice::ChurnBooked,
    Choice::Returned,
    Choice::Discounts,
    Choice::UsageFees,
    Choice::WithinStep,
    Choice::ExchangeRate,
];

/// Closing monthly amount of subscriptions active at the end of the period's last day.
pub const MRR: Metric = Metric {
    id: "mrr",
    unit: Unit::Money,
    better: Better::Up,
    kind: Kind::Simple(Measure::MrrClosing, Take::Total),
    counted: &[Measure::CustomersClosing],
    roll_up: MONEY_BALANCE,
    empty: Empty::Zero,
    interval: Interval::None,
    guardrails: &["gross_mrr_churn_rate", "nps"],
    choices: BALANCE,
    templates: &[Template::Saas],
    perspective: Perspective::Financial,
    status: Status::Active,
    version: 1,
    examples: &[
        Example::worth(
            "ChartMogul help: four yearly plans of $500",
            &[(Measure::MrrClosing, Exact("4 × 500 ÷ 12")), (Measure::CustomersClosing, Count(1))],
            "166.67",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[(Measure::MrrClosing, Money(175)), (Measure::CustomersClosing, Count(4))],
            "175.00",
        ),
        Example::worth("nobody subscribes", &[], "0"),
    ],
};

/// Twelve times MRR: what the customers of today would pay in a year.
pub const ARR: Metric = Metric {
    id: "arr",
    kind: Kind::Formula("mrr × 12"),
    roll_up: RECOMPUTE,
    guardrails: &["nrr", "gross_mrr_churn_rate"],
    examples: &[
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[(Measure::MrrClosing, Money(175)), (Measure::CustomersClosing, Count(4))],
            "2100.00",
        ),
        Example::worth(
            "ChartMogul help: four yearly plans of $500",
            &[(Measure::MrrClosing, Exact("4 × 500 ÷ 12"))],
            "2000.00",
        ),
        Example::worth("nobody subscribes", &[], "0"),
    ],
    ..MRR
};

/// Monthly amount of customers that pay for the first time.
pub const MRR_NEW: Metric = Metric {
    id: "mrr_new",
    kind: Kind::Simple(Measure::MrrNew, Take::Total),
    counted: &[Measure::SubscribersNew],
    roll_up: SUM,
    guardrails: &["cac", "gross_mrr_churn_rate"],
    choices: MOVED,
    examples: &[
        Example::worth(
            "ChartMogul help: four yearly plans of $500",
            &[(Measure::MrrNew, Exact("4 × 500 ÷ 12"))],
            "166.67",
        ),
        Example::worth(
            "dbt MRR playbook, all 29 months",
            &[(Measure::MrrNew, Money(2295)), (Measure::SubscribersNew, Count(55))],
            "2295.00",
        ),
        Example::worth("nobody new", &[(Measure::MrrExpansion, Money(60))], "0"),
        Example::worth("nothing", &[], "0"),
    ],
    ..MRR
};

/// Rise of the monthly amount of customers that already paid.
pub const MRR_EXPANSION: Metric = Metric {
    id: "mrr_expansion",
    kind: Kind::Simple(Measure::MrrExpansion, Take::Total),
    counted: &[Measure::SubscribersExpanded],
    roll_up: SUM,
    guardrails: &["nps", "gross_mrr_churn_rate"],
    choices: RATES,
    examples: &[
        Example::worth(
            "ChartMogul help: two more plans of $30, not new",
            &[(Measure::MrrExpansion, Money(60))],
            "60.00",
        ),
        Example::worth("dbt MRR playbook, all 29 months", &[(Measure::MrrExpansion, Money(660))], "660.00"),
        Example::worth("nobody pays more", &[], "0"),
    ],
    ..MRR
};

/// Fall of the monthly amount of customers that still pay.
pub const MRR_CONTRACTION: Metric = Metric {
    id: "mrr_contraction",
    better: Better::Down,
    kind: Kind::Simple(Measure::MrrContraction, Take::Total),
    counted: &[Measure::SubscribersContracted],
    roll_up: SUM,
    guardrails: &["nps", "arpa"],
    choices: RATES,
    examples: &[
        Example::worth(
            "ChartMogul help: two plans of $30 end, another stays, not churn",
            &[(Measure::MrrContraction, Money(60))],
            "60.00",
        ),
        Example::worth("dbt MRR playbook, all 29 months", &[(Measure::MrrContraction, Money(555))], "555.00"),
        Example::worth("nobody pays less", &[], "0"),
    ],
    ..MRR
};

/// Monthly amount lost with customers that no longer pay.
pub const MRR_CHURN: Metric = Metric {
    id: "mrr_churn",
    better: Better::Down,
    kind: Kind::Simple(Measure::MrrChurn, Take::Total),
    counted: &[Measure::SubscribersLeft],
    roll_up: SUM,
    guardrails: &["nps", "arpa"],
    choices: RATES,
    examples: &[
        Example::worth(
            "ChartMogul help: four yearly plans of $500 end",
            &[(Measure::MrrChurn, Exact("4 × 500 ÷ 12")), (Measure::SubscribersLeft, Count(1))],
            "166.67",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[(Measure::MrrChurn, Money(1255)), (Measure::SubscribersLeft, Count(28))],
            "1255.00",
        ),
        Example::worth("nobody left", &[], "0"),
    ],
    ..MRR
};

/// Monthly amount of customers that pay again after they had stopped.
pub const MRR_REACTIVATION: Metric = Metric {
    id: "mrr_reactivation",
    kind: Kind::Simple(Measure::MrrReactivation, Take::Total),
    counted: &[Measure::SubscribersBack],
    roll_up: SUM,
    guardrails: &["gross_mrr_churn_rate", "nps"],
    choices: MOVED,
    examples: &[
        Example::worth(
            "ChartMogul help: three plans of $50 after a pause",
            &[(Measure::MrrReactivation, Money(150))],
            "150.00",
        ),
        Example::worth("dbt MRR playbook, all 29 months", &[(Measure::MrrReactivation, Money(150))], "150.00"),
        Example::worth("nobody came back", &[], "0"),
    ],
    ..MRR
};

/// Closing MRR ÷ closing customers.
pub const ARPA: Metric = Metric {
    id: "arpa",
    kind: Kind::Ratio { numerator: &[Measure::MrrClosing], denominator: &[Measure::CustomersClosing] },
    roll_up: RECOMPUTE,
    empty: Empty::NotMeasurable,
    guardrails: &["customer_churn_rate", "nps"],
    choices: BALANCE,
    examples: &[
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[(Measure::MrrClosing, Money(175)), (Measure::CustomersClosing, Count(4))],
            "43.75",
        ),
        Example::worth(
            "two customers of 40 and 60 a month",
            &[(Measure::MrrClosing, Money(100)), (Measure::CustomersClosing, Count(2))],
            "50.00",
        ),
        Example::not("no customers", &[], Why::EmptyBase),
    ],
    ..MRR
};

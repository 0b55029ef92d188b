//! Monthly recurring revenue and its movements: opening + new + expansion + reactivation − contraction − churn = closing.

use super::{MONEY_BALANCE, RECOMPUTE, SUM};
use crate::Why;
use crate::metric::Given::{Count, Exact, Money};
use crate::metric::{
    Better, Choice, Empty, Example, Interval, Kind, Measure, Metric, Perspective, Status, Take, Template, Unit,
};

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
    choices: &[Choice::Discounts, Choice::ChurnBooked, Choice::UsageFees, Choice::ExchangeRate],
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
    counted: &[Measure::NewCustomers],
    roll_up: SUM,
    guardrails: &["cac", "gross_mrr_churn_rate"],
    choices: &[Choice::Returned, Choice::JoinedAndLeft, Choice::WithinStep, Choice::Discounts],
    examples: &[
        Example::worth(
            "ChartMogul help: four yearly plans of $500",
            &[(Measure::MrrNew, Exact("4 × 500 ÷ 12"))],
            "166.67",
        ),
        Example::worth(
            "dbt MRR playbook, all 29 months",
            &[(Measure::MrrNew, Money(2295)), (Measure::NewCustomers, Count(55))],
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
    counted: &[Measure::CustomersOpening],
    roll_up: SUM,
    guardrails: &["nps", "gross_mrr_churn_rate"],
    choices: &[Choice::WithinStep, Choice::Discounts, Choice::UsageFees, Choice::ExchangeRate],
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
    counted: &[Measure::CustomersOpening],
    roll_up: SUM,
    guardrails: &["nps", "arpa"],
    choices: &[Choice::WithinStep, Choice::Discounts, Choice::UsageFees, Choice::ExchangeRate],
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
    counted: &[Measure::CustomersChurned],
    roll_up: SUM,
    guardrails: &["nps", "arpa"],
    choices: &[Choice::ChurnBooked, Choice::JoinedAndLeft],
    examples: &[
        Example::worth(
            "ChartMogul help: four yearly plans of $500 end",
            &[(Measure::MrrChurn, Exact("4 × 500 ÷ 12")), (Measure::CustomersChurned, Count(1))],
            "166.67",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020",
            &[(Measure::MrrChurn, Money(1255)), (Measure::CustomersChurned, Count(28))],
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
    counted: &[Measure::CustomersOpening],
    roll_up: SUM,
    guardrails: &["gross_mrr_churn_rate", "nps"],
    choices: &[Choice::Returned],
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
    choices: &[Choice::Discounts],
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

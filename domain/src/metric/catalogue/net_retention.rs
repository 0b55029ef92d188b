//! What becomes of the base when growth is counted with the losses: net and gross retention, quick ratio.

use super::recurring::{BALANCE, MOVED, RATES};
use super::retention::MRR_CHURN_RATE;
use crate::Why;
use crate::metric::Given::{Count, Money};
use crate::metric::{Better, Example, Kind, Measure, Metric, Perspective, Unit};

/// Customers of twelve months ago: Σ what they pay now ÷ Σ what they paid then.
pub const NRR: Metric = Metric {
    id: "nrr",
    better: Better::Up,
    kind: Kind::Cohort { numerator: &[Measure::MrrYearAgoNow], denominator: &[Measure::MrrYearAgo] },
    counted: &[Measure::CustomersYearAgo],
    guardrails: &["grr", "nps"],
    choices: BALANCE,
    perspective: Perspective::Financial,
    examples: &[
        Example::worth(
            "20 customers, some grew",
            &[
                (Measure::MrrYearAgo, Money(1000)),
                (Measure::MrrYearAgoNow, Money(1150)),
                (Measure::MrrYearAgoKept, Money(880)),
                (Measure::CustomersYearAgo, Count(20)),
            ],
            "1.150000",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020: all left",
            &[(Measure::MrrYearAgo, Money(1255)), (Measure::CustomersYearAgo, Count(28))],
            "0.000000",
        ),
        Example::not("before month thirteen", &[], Why::EmptyBase),
    ],
    ..MRR_CHURN_RATE
};

/// Customers of twelve months ago: Σ min(now, then) ÷ Σ then; never above 100 %.
pub const GRR: Metric = Metric {
    id: "grr",
    kind: Kind::Cohort { numerator: &[Measure::MrrYearAgoKept], denominator: &[Measure::MrrYearAgo] },
    guardrails: &["nps", "discount_share"],
    examples: &[
        Example::worth(
            "20 customers, some grew: growth does not count",
            &[
                (Measure::MrrYearAgo, Money(1000)),
                (Measure::MrrYearAgoNow, Money(1150)),
                (Measure::MrrYearAgoKept, Money(880)),
                (Measure::CustomersYearAgo, Count(20)),
            ],
            "0.880000",
        ),
        Example::worth(
            "dbt MRR playbook, January 2020: all left",
            &[(Measure::MrrYearAgo, Money(1255)), (Measure::CustomersYearAgo, Count(28))],
            "0.000000",
        ),
        Example::not("before month thirteen", &[], Why::EmptyBase),
    ],
    ..NRR
};

/// (Opening + expansion − contraction − churn) ÷ opening; reactivation is not in it.
pub const NRR_MONTHLY: Metric = Metric {
    id: "nrr_monthly",
    kind: Kind::Formula(
        "(mrr_opening + mrr_expansion − mrr_expansion_outside_rates − mrr_contraction + mrr_contraction_outside_rates − mrr_churn + mrr_churn_outside_rates) ÷ mrr_opening",
    ),
    counted: &[Measure::CustomersOpening],
    guardrails: &["grr_monthly", "nps"],
    choices: RATES,
    examples: &[
        Example::worth(
            "churnzero.net: 27,000, upsell to 35,000, churn 5,000",
            &[
                (Measure::MrrOpening, Money(27000)),
                (Measure::MrrExpansion, Money(8000)),
                (Measure::MrrChurn, Money(5000)),
            ],
            "1.111111",
        ),
        Example::worth(
            "F4.1: 100 k + 15 k − 5 k − 8 k",
            &[
                (Measure::MrrOpening, Money(100000)),
                (Measure::MrrExpansion, Money(15000)),
                (Measure::MrrContraction, Money(5000)),
                (Measure::MrrChurn, Money(8000)),
            ],
            "1.020000",
        ),
        Example::worth(
            "F4.1: 100 k + 15 k − 3 k − 5 k",
            &[
                (Measure::MrrOpening, Money(100000)),
                (Measure::MrrExpansion, Money(15000)),
                (Measure::MrrContraction, Money(3000)),
                (Measure::MrrChurn, Money(5000)),
            ],
            "1.070000",
        ),
        Example::not("nothing to begin with", &[], Why::EmptyBase),
    ],
    ..NRR
};

/// (Opening − contraction − churn) ÷ opening.
pub const GRR_MONTHLY: Metric = Metric {
    id: "grr_monthly",
    kind: Kind::Formula(
        "(mrr_opening − mrr_contraction + mrr_contraction_outside_rates − mrr_churn + mrr_churn_outside_rates) ÷ mrr_opening",
    ),
    guardrails: &["nps", "discount_share"],
    examples: &[
        Example::worth(
            "calcsimpler.com: 120 k − 8 k − 6 k",
            &[
                (Measure::MrrOpening, Money(120000)),
                (Measure::MrrContraction, Money(8000)),
                (Measure::MrrChurn, Money(6000)),
            ],
            "0.8833",
        ),
        Example::worth(
            "theprimecalculator.com: 200 k − 8 k − 4 k",
            &[
                (Measure::MrrOpening, Money(200000)),
                (Measure::MrrContraction, Money(8000)),
                (Measure::MrrChurn, Money(4000)),
            ],
            "0.94",
        ),
        Example::worth(
            "maximcalculator.com: 50 k − 3 k − 2 k",
            &[
                (Measure::MrrOpening, Money(50000)),
                (Measure::MrrContraction, Money(3000)),
                (Measure::MrrChurn, Money(2000)),
            ],
            "0.90",
        ),
        Example::not("nothing to begin with", &[], Why::EmptyBase),
    ],
    ..NRR_MONTHLY
};

/// (New + expansion + reactivation) ÷ (churn + contraction). Without losses there is none.
pub const QUICK_RATIO: Metric = Metric {
    id: "quick_ratio",
    unit: Unit::Number,
    kind: Kind::Ratio {
        numerator: &[Measure::MrrNew, Measure::MrrExpansion, Measure::MrrReactivation],
        denominator: &[Measure::MrrChurn, Measure::MrrContraction],
    },
    counted: &[Measure::CustomersOpening],
    guardrails: &["gross_mrr_churn_rate", "cac"],
    choices: RATES,
    examples: &[
        Example::worth(
            "F4.1: 20 k + 8 k over 5 k + 3 k",
            &[
                (Measure::MrrNew, Money(20000)),
                (Measure::MrrExpansion, Money(8000)),
                (Measure::MrrChurn, Money(5000)),
                (Measure::MrrContraction, Money(3000)),
            ],
            "3.5",
        ),
        Example::worth(
            "F4.1: 25 k + 10 k over 8 k + 4 k",
            &[
                (Measure::MrrNew, Money(25000)),
                (Measure::MrrExpansion, Money(10000)),
                (Measure::MrrChurn, Money(8000)),
                (Measure::MrrContraction, Money(4000)),
            ],
            "2.92",
        ),
        Example::worth(
            "F4.1: 40 k + 5 k over 32 k + 8 k",
            &[
                (Measure::MrrNew, Money(40000)),
                (Measure::MrrExpansion, Money(5000)),
                (Measure::MrrChurn, Money(32000)),
                (Measure::MrrContraction, Money(8000)),
            ],
            "1.125",
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
            "0.139442",
        ),
        Example::not("dnoise.online: no losses have no ratio, not 0", &[(Measure::MrrNew, Money(5))], Why::EmptyBase),
        Example::not("nothing", &[], Why::EmptyBase),
    ],
    ..NRR
};

/// (New + expansion) ÷ (churn + contraction): the variant that leaves reactivation out.
pub const QUICK_RATIO_WITHOUT_REACTIVATION: Metric = Metric {
    id: "quick_ratio_without_reactivation",
    kind: Kind::Ratio {
        numerator: &[Measure::MrrNew, Measure::MrrExpansion],
        denominator: &[Measure::MrrChurn, Measure::MrrContraction],
    },
    choices: MOVED,
    examples: &[
        Example::worth(
            "F4.1: 95 k + 28 k over 18 k + 7 k",
            &[
                (Measure::MrrNew, Money(95000)),
                (Measure::MrrExpansion, Money(28000)),
                (Measure::MrrChurn, Money(18000)),
                (Measure::MrrContraction, Money(7000)),
            ],
            "4.92",
        ),
        Example::worth(
            "reactivation is left out",
            &[
                (Measure::MrrNew, Money(20)),
                (Measure::MrrExpansion, Money(8)),
                (Measure::MrrChurn, Money(5)),
                (Measure::MrrContraction, Money(3)),
                (Measure::MrrReactivation, Money(100)),
            ],
            "3.5",
        ),
        Example::not("no losses", &[(Measure::MrrNew, Money(5))], Why::EmptyBase),
        Example::not("nothing", &[], Why::EmptyBase),
    ],
    ..QUICK_RATIO
};

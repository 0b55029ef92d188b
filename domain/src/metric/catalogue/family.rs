//! Metrics that answer the same question under different definitions. Whoever asks for one sees the others beside it.

/// A question to which several metrics are an answer, the usual one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// Stable name.
    pub id: &'static str,
    /// Ids of its metrics.
    pub metrics: &'static [&'static str],
}

const fn family(id: &'static str, metrics: &'static [&'static str]) -> Family {
    Family { id, metrics }
}

/// All; a metric is in one at most.
pub const FAMILIES: &[Family] = &[
    family("revenue", &["revenue", "deals_revenue", "sales_revenue", "campaign_revenue"]),
    family("win_rate", &["win_rate", "win_rate_pursued", "win_rate_disqualified", "win_rate_value", "win_rate_cohort"]),
    family(
        "cycle_days",
        &[
            "cycle_days_mean",
            "cycle_days_median",
            "cycle_days_lost_mean",
            "cycle_days_lost_median",
            "cycle_days_closed_mean",
            "cycle_days_closed_median",
        ],
    ),
    family("pipeline", &["pipeline_value", "pipeline_weighted"]),
    family(
        "mrr_churn",
        &[
            "mrr_churn_rate",
            "mrr_churn_rate_monthly",
            "gross_mrr_churn_rate",
            "net_mrr_churn_rate",
            "net_mrr_churn_rate_daily",
        ],
    ),
    family("customer_churn", &["customer_churn_rate", "customer_churn_rate_monthly"]),
    family("net_retention", &["nrr", "nrr_monthly"]),
    family("gross_retention", &["grr", "grr_monthly"]),
    family("quick_ratio", &["quick_ratio", "quick_ratio_without_reactivation"]),
    family("lifetime_value", &["ltv", "ltv_margin"]),
    family("loyalty", &["repeat_purchase_rate", "returning_customer_rate", "repurchase_retention"]),
    family("return_on_spend", &["roi", "roas"]),
    family("attachment", &["attach_rate", "attach_units"]),
];

/// The family of a metric.
pub fn family_of(id: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.metrics.contains(&id))
}

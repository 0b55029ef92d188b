//! Recurring revenue: the subscriptions of a playbook, and the contributions to a collective.

use super::compare::{Named, ask, compare, look};
use super::{File, expected, on_each};

const RECURRING: [Named; 17] = [
    ("mrr", "value", "closing_mrr"),
    ("mrr_new", "value", "new"),
    ("mrr_expansion", "value", "expansion"),
    ("mrr_reactivation", "value", "reactivation"),
    ("mrr_contraction", "value", "contraction"),
    ("mrr_churn", "value", "churn"),
    ("mrr_churn_rate", "value", "mrr_churn_rate"),
    ("mrr_churn_rate", "denominator", "opening_mrr"),
    ("customer_churn_rate", "value", "customer_churn_rate"),
    ("gross_mrr_churn_rate", "value", "gross_mrr_churn_rate"),
    ("nrr_monthly", "value", "nrr_monthly"),
    ("grr_monthly", "value", "grr_monthly"),
    ("nrr", "value", "nrr_12m"),
    ("grr", "value", "grr_12m"),
    ("arpa", "value", "arpa"),
    ("arr", "value", "arr"),
    ("quick_ratio", "value", "quick_ratio"),
];

async fn recurring(folder: &str, results: &str, mapping: &'static str, days: (&str, &str), last: &str) {
    let Some(expected) = expected(results) else { return };
    let path = format!("{folder}/subscription_periods.csv");
    let file = File { kind: "subscriptions", path, mapping, corrected: None };
    let names = &RECURRING[..];
    on_each("saas", "USD", &[file], |t| {
        let by_month = ask(t, names, &["month"], days);
        compare(&by_month, &["month"], &expected["by_month"], names);
        let months = expected["months"].as_u64().unwrap();
        let listed = by_month.iter().filter(|r| r["metric"] == "mrr").count();
        assert_eq!(listed as u64, months, "months");
        look(t, names, &[], (last, days.1), &expected["final"]);
        let sums = &names[1..6];
        let total = &expected["totals_mrr (sum of rounded months)"];
        look(t, sums, &[], days, total);
        if expected.get("closing_mrr_by_plan").is_some() {
            let of_plan = [("mrr", "value", "mrr")];
            look(t, &of_plan, &["plan"], days, &expected["closing_mrr_by_plan"]);
        }
    })
    .await;
}

const PLAYBOOK: &str = r#"
[columns]
external_id = "subscription_id"
customer = "customer_id"
start = "start_date"
end = "end_date"
amount = "monthly_amount"
"#;

const COLLECTIVE: &str = r#"
[columns]
external_id = "subscription_id"
customer = "customer_id"
start = "start_date"
end = "end_date"
amount = "monthly_amount"
plan = "plan"
currency = "currency"
[values.plan]
"" = "custom"
"#;

const PLAYBOOK_DAYS: (&str, &str) = ("2017-09-01", "2020-02-01");
// Today is the first day of 2026; the balance of a month that runs is today's.
const COLLECTIVE_DAYS: (&str, &str) = ("2021-08-01", "2026-02-01");

#[tokio::test]
async fn recurring_revenue_of_the_playbook() {
    let name = "saas_dbt_playbook";
    recurring(name, &format!("{name}.json"), PLAYBOOK, PLAYBOOK_DAYS, "2020-01-01").await;
    recurring(&format!("{name}/slice"), &format!("{name}.slice.json"), PLAYBOOK, PLAYBOOK_DAYS, "2020-01-01").await;
}

#[tokio::test]
async fn recurring_contributions_of_a_collective() {
    let name = "saas_opencollective_astro";
    recurring(name, &format!("{name}.json"), COLLECTIVE, COLLECTIVE_DAYS, "2026-01-01").await;
    recurring(&format!("{name}/slice"), &format!("{name}.slice.json"), COLLECTIVE, COLLECTIVE_DAYS, "2026-01-01").await;
}

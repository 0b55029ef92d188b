//! Public data sets of campaigns, sales, targets and subscriptions against results that were computed independently.
//!
//! Left out: what is no KPI of the catalogue (gross profit after marketing, weekdays against weekends, cancelled
//! invoices, figures without exact duplicates) and movements in customers. The sales of a whole year are read from their
//! file by the test of the import.

use std::path::Path;

use domain::{Figure, Ratio, Unit};
use serde_json::Value;
use server::entity::{campaign_day, quota, sales_line, subscription};
use server::kpi::{Dimension, KpiQuery, KpiRow};

use super::company::{Company, metrics, period};
use super::expected::shared;
use super::facts::{self, add, number};
use super::support;

/// The fields of a line; quotation marks may hold commas.
fn fields(line: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => all.push(String::new()),
            other => all.last_mut().unwrap().push(other),
        }
    }
    all
}

fn records(text: &str) -> Vec<Vec<String>> {
    let lines = text.trim_start_matches('\u{feff}').lines().skip(1);
    lines.map(|l| fields(l.trim_end())).filter(|r| r.iter().any(|f| !f.is_empty())).collect()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// A decimal in millionths.
fn micros(text: &str) -> i64 {
    domain::Micros::parse(text).unwrap().0.get()
}

/// What is expected of one group: our metric, whether its value, numerator or denominator, and their name.
type Named = (&'static str, &'static str, &'static str);

/// The exact value lies within half a unit of the last decimal given, so that a tie may have been rounded either way.
/// Money has two decimals, everything else six.
fn is_rounded_to(figure: Figure, expected: f64) -> bool {
    let decimals: u32 = if figure.unit == Unit::Money { 2 } else { 6 };
    let text = format!("{:.*}", decimals as usize, expected);
    let expected = domain::Micros::parse(&text).unwrap().0.to_ratio();
    let half = Ratio::new(1, 2 * 10i128.pow(decimals)).unwrap();
    figure.exact.checked_sub(expected).unwrap().abs() <= half
}

/// Compares the rows of each group with what is expected; none is missing.
fn compare(rows: &[KpiRow], groups: &Value, names: &[Named]) {
    let label = |row: &KpiRow| row.by.iter().map(|l| l.text.as_deref().unwrap()).collect::<Vec<_>>().join(" | ");
    let check = |key: &str, group: &Value| {
        for (metric, part, name) in names {
            let Some(expected) = group.get(name) else { panic!("{key}: nothing expected of {name}") };
            let row = rows.iter().find(|r| r.metric.id() == *metric && label(r) == key);
            let answer = &row.unwrap_or_else(|| panic!("{key}: no {metric}")).answer;
            let ours = match *part {
                "numerator" => answer.numerator,
                "denominator" => answer.denominator,
                "n" => answer.n.map(|n| Figure::new(Ratio::from(n), Unit::Count)),
                _ => answer.value.into_value(),
            };
            // What came back stands below zero there, and is a positive amount here.
            let expected = expected.as_f64().map(|x| if *name == "returns" { x.abs() } else { x });
            let is_met = match (ours, expected) {
                (Some(figure), Some(expected)) => is_rounded_to(figure, expected),
                (ours, expected) => ours.is_none() && expected.is_none(),
            };
            assert!(is_met, "{key}: {metric} {part} is {:?} and not {expected:?}", answer.value);
        }
    };
    if rows.iter().all(|r| r.by.is_empty()) {
        return check("", groups);
    }
    for (key, group) in groups.as_object().unwrap() {
        check(key, group);
    }
}

/// Asks for all metrics of the names over a period.
async fn ask(c: &Company, names: &[Named], by: &[&str], days: (&str, &str)) -> Vec<KpiRow> {
    let mut ids: Vec<&str> = names.iter().map(|(id, _, _)| *id).collect();
    ids.dedup();
    let mut query = KpiQuery::new(metrics(&ids.join(",")), period(days.0, days.1));
    query.by = by.iter().map(|name| Dimension::from_name(name).unwrap()).collect();
    c.ask(&query).await
}

const CAMPAIGNS: [Named; 15] = [
    ("spend", "value", "spend"),
    ("leads", "value", "leads"),
    ("campaign_revenue", "value", "revenue"),
    ("revenue", "value", "revenue"),
    ("cpl", "value", "cpl"),
    ("cpc", "value", "cpc"),
    ("cost_per_order", "value", "cac"),
    ("ctr", "value", "ctr"),
    ("ctr", "numerator", "clicks"),
    ("ctr", "denominator", "impressions"),
    ("lead_conversion", "value", "lead_conversion"),
    ("order_conversion", "value", "order_conversion"),
    ("aov", "value", "aov"),
    ("roas", "value", "roas"),
    ("roi", "value", "roi"),
];

async fn campaigns(folder: &str, expected: &str) {
    let Some(shared) = shared() else { return };
    let expected: Value = serde_json::from_str(&read(&shared.join("expected").join(expected))).unwrap();
    let rows = records(&read(&shared.join("data").join(folder).join("Marketing.csv")));
    let days: Vec<campaign_day::Model> = rows
        .iter()
        .map(|r| campaign_day::Model {
            campaign: r[2].clone(),
            category: Some(r[3].clone()),
            impressions: r[5].parse().ok(),
            spend_micros: Some(micros(&r[6])),
            spend_reporting_micros: Some(micros(&r[6])),
            clicks: r[7].parse().ok(),
            leads: r[8].parse().ok(),
            orders: r[9].parse().ok(),
            revenue_micros: Some(micros(&r[10])),
            revenue_reporting_micros: Some(micros(&r[10])),
            currency: "INR".into(),
            ..facts::campaign_day(&r[1], None)
        })
        .collect();
    for db in support::databases("campaigndata").await {
        let c = Company::of(&db.db, "agency", "INR").await;
        add(&c.db, days.clone()).await;
        let month = ("2021-02-01", "2021-03-01");
        let names = &CAMPAIGNS[..];
        compare(&ask(&c, names, &[], month).await, &expected["overall"], names);
        for (section, by) in [("by_category", "category"), ("by_campaign", "campaign")] {
            compare(&ask(&c, names, &[by], month).await, &expected[section], names);
        }
        for (from, group) in expected["by_day"].as_object().unwrap() {
            let next = super::company::day(from).add_days(1).unwrap().to_string();
            compare(&ask(&c, names, &[], (from, &next)).await, group, names);
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn campaigns_of_a_slice() {
    campaigns("mkt_inr_feb2021/slice", "mkt_inr_feb2021.slice.json").await;
}

#[tokio::test]
async fn campaigns_of_a_month() {
    campaigns("mkt_inr_feb2021", "mkt_inr_feb2021.json").await;
}

const ATTAINMENT: [Named; 6] = [
    ("revenue", "value", "sales"),
    ("quota_attainment", "value", "attainment"),
    ("quota_attainment", "denominator", "target"),
    ("atv", "value", "atv"),
    ("atv", "denominator", "orders"),
    ("upt", "value", "upt"),
];

async fn attainment(folder: &str, expected: &str) {
    let Some(shared) = shared() else { return };
    let expected: Value = serde_json::from_str(&read(&shared.join("expected").join(expected))).unwrap();
    let file = |name: &str| records(&read(&shared.join("data").join(folder).join(name)));
    let turned = |day: &str| day.split('-').rev().collect::<Vec<_>>().join("-");
    let orders: std::collections::BTreeMap<String, (String, String)> =
        file("List of Orders.csv").into_iter().map(|r| (r[0].clone(), (turned(&r[1]), r[2].clone()))).collect();
    let sold: Vec<sales_line::Model> = file("Order Details.csv")
        .iter()
        .map(|r| {
            let (day, customer) = &orders[&r[0]];
            sales_line::Model {
                amount_micros: micros(&r[1]),
                reporting_micros: Some(micros(&r[1])),
                quantity_micros: micros(&r[3]),
                category: Some(r[4].clone()),
                currency: "INR".into(),
                ..facts::sale(&r[0], day, Some(customer), 0)
            }
        })
        .collect();
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let targets: Vec<quota::Model> = file("Sales target.csv")
        .iter()
        .map(|r| {
            let (month, year) = r[0].split_once('-').unwrap();
            let month = months.iter().position(|m| *m == month).unwrap() + 1;
            let from = format!("20{year}-{month:02}-01");
            let to = super::company::day(&from).add_months(1).unwrap().to_string();
            quota::Model {
                value_micros: micros(&r[2]),
                where_column: Some("category".into()),
                where_value: Some(r[1].clone()),
                ..facts::quota(&from, &to, 0)
            }
        })
        .collect();
    for db in support::databases("quotadata").await {
        let c = Company::of(&db.db, "retail", "INR").await;
        add(&c.db, sold.clone()).await;
        add(&c.db, targets.clone()).await;
        let year = ("2018-04-01", "2019-04-01");
        for (section, by) in [
            ("overall", &[][..]),
            ("by_month", &["month"]),
            ("by_category", &["category"]),
            ("by_month_category", &["month", "category"]),
        ] {
            compare(&ask(&c, &ATTAINMENT, by, year).await, &expected[section], &ATTAINMENT);
        }
        let repeat =
            [("repeat_purchase_rate", "value", "repeat_customer_rate"), ("repeat_purchase_rate", "n", "customers")];
        compare(&ask(&c, &repeat, &[], year).await, &expected, &repeat);
        db.drop().await;
    }
}

#[tokio::test]
async fn attainment_of_a_slice() {
    attainment("quota_india_ecommerce/slice", "quota_india_ecommerce.slice.json").await;
}

#[tokio::test]
async fn attainment_by_category_and_month() {
    attainment("quota_india_ecommerce", "quota_india_ecommerce.json").await;
}

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

/// `columns`: customer, plan, start, end, amount per month.
async fn recurring(folder: &str, expected: &str, columns: [Option<usize>; 5], days: (&str, &str), last: &str) {
    let Some(shared) = shared() else { return };
    let expected: Value = serde_json::from_str(&read(&shared.join("expected").join(expected))).unwrap();
    let rows = records(&read(&shared.join("data").join(folder).join("subscription_periods.csv")));
    let all: Vec<subscription::Model> = rows
        .iter()
        .map(|r| {
            let at = |i: usize| columns[i].map(|c| r[c].as_str()).filter(|t| !t.is_empty());
            subscription::Model {
                plan: at(1).map(str::to_owned),
                end_on: at(3).map(number),
                amount_micros: micros(at(4).unwrap()),
                per_year_micros: micros(at(4).unwrap()) * 12,
                ..facts::subscription(at(0).unwrap(), at(2).unwrap(), 0)
            }
        })
        .collect();
    let names = &RECURRING[..];
    for db in support::databases("recurringdata").await {
        let c = Company::of(&db.db, "saas", "USD").await;
        add(&c.db, all.clone()).await;
        let by_month = ask(&c, names, &["month"], days).await;
        compare(&by_month, &expected["by_month"], names);
        let months = expected["months"].as_u64().unwrap();
        let listed = by_month.iter().filter(|r| r.metric.id() == "mrr").count();
        assert_eq!(listed as u64, months, "months");
        compare(&ask(&c, names, &[], (last, days.1)).await, &expected["final"], names);
        let sums = &names[1..6];
        let total = &expected["totals_mrr (sum of rounded months)"];
        compare(&ask(&c, sums, &[], days).await, total, sums);
        db.drop().await;
    }
}

const DBT: [Option<usize>; 5] = [Some(1), None, Some(2), Some(3), Some(4)];
const ASTRO: [Option<usize>; 5] = [Some(1), Some(2), Some(3), Some(4), Some(5)];
const DBT_DAYS: (&str, &str) = ("2017-09-01", "2020-02-01");
// Today is the first day of 2026; the balance of a month that runs is today's.
const ASTRO_DAYS: (&str, &str) = ("2021-08-01", "2026-02-01");

#[tokio::test]
async fn recurring_revenue_of_the_playbook() {
    recurring("saas_dbt_playbook", "saas_dbt_playbook.json", DBT, DBT_DAYS, "2020-01-01").await;
    recurring("saas_dbt_playbook/slice", "saas_dbt_playbook.slice.json", DBT, DBT_DAYS, "2020-01-01").await;
}

#[tokio::test]
async fn recurring_contributions_of_a_collective() {
    let name = "saas_opencollective_astro";
    recurring(name, &format!("{name}.json"), ASTRO, ASTRO_DAYS, "2026-01-01").await;
    recurring(&format!("{name}/slice"), &format!("{name}.slice.json"), ASTRO, ASTRO_DAYS, "2026-01-01").await;
}

const BASKETS: [Named; 7] = [
    ("revenue", "value", "revenue"),
    ("atv", "value", "atv"),
    ("atv", "denominator", "transactions"),
    ("upt", "value", "upt"),
    ("upt", "numerator", "units"),
    ("repeat_purchase_rate", "value", "repeat_purchase_rate"),
    ("repeat_purchase_rate", "n", "customers"),
];

async fn baskets(text: &str, expected: &str) {
    let Some(shared) = shared() else { return };
    let expected: Value = serde_json::from_str(&read(&shared.join("expected").join(expected))).unwrap();
    let lines: Vec<sales_line::Model> = records(text)
        .iter()
        .map(|r| {
            let (quantity, price) = (r[3].parse::<i64>().unwrap(), micros(&r[5]));
            let kind = match r[0].chars().next() {
                Some('C') => 1,
                Some(c) if c.is_ascii_digit() && quantity > 0 && price > 0 => 0,
                _ => 2,
            };
            let customer = (!r[6].is_empty()).then_some(r[6].as_str());
            sales_line::Model {
                quantity_micros: quantity * 1_000_000,
                amount_micros: quantity * price,
                reporting_micros: Some(quantity * price),
                country: Some(r[7].clone()),
                kind,
                currency: "GBP".into(),
                ..facts::sale(&r[0], &r[4][..10], customer, 0)
            }
        })
        .collect();
    for db in support::databases("basketdata").await {
        let c = Company::of(&db.db, "retail", "GBP").await;
        add(&c.db, lines.clone()).await;
        let all = ("2010-12-01", "2012-01-01");
        for (section, by) in [
            ("overall", &[][..]),
            ("by_month", &["month"]),
            ("by_country", &["country"]),
            ("by_month_country", &["month", "country"]),
        ] {
            compare(&ask(&c, &BASKETS, by, all).await, &expected[section], &BASKETS);
        }
        let returns = [("return_rate", "numerator", "returns")];
        compare(&ask(&c, &returns, &[], all).await, &expected["overall"], &returns);
        let rate = [("returning_customer_rate", "value", "returning_customer_rate")];
        compare(&ask(&c, &rate, &["month"], all).await, &expected["returning_by_month"], &rate);
        db.drop().await;
    }
}

#[tokio::test]
async fn baskets_of_a_slice() {
    let Some(shared) = shared() else { return };
    let text = read(&shared.join("data/retail_uci_online/slice/online_retail.csv"));
    baskets(&text, "retail_uci_online.slice.json").await;
}

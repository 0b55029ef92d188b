//! A month of campaigns of an advertiser.

use super::compare::{Named, look};
use super::{File, expected, on_each};
use crate::company::day;

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

const AS_THEY_NAME_THEM: &str = r#"
currency = "INR"
[columns]
date = "C Date"
campaign = "Campaign Name"
category = "Category"
spend = "Mark Spent"
impressions = "Impressions"
clicks = "Clicks"
leads = "Leads"
orders = "Orders"
revenue = "Revenue"
"#;

async fn campaigns(folder: &str, file: &str, results: &str) {
    let Some(expected) = expected(results) else { return };
    let columns = AS_THEY_NAME_THEM;
    let days = File {
        kind: "campaign_days",
        path: format!("{folder}/{file}"),
        mapping: columns,
        corrected: Some(("social", "paid social")),
    };
    on_each("agency", "INR", &[days], |t| {
        let month = ("2021-02-01", "2021-03-01");
        let names = &CAMPAIGNS[..];
        look(t, names, &[], month, &expected["overall"]);
        for (section, by) in [("by_category", "category"), ("by_campaign", "campaign")] {
            look(t, names, &[by], month, &expected[section]);
        }
        for (from, group) in expected["by_day"].as_object().unwrap() {
            let next = day(from).add_days(1).unwrap().to_string();
            look(t, names, &[], (from, &next), group);
        }
    })
    .await;
}

#[tokio::test]
async fn campaigns_of_a_slice() {
    campaigns("mkt_inr_feb2021/slice", "Marketing.csv", "mkt_inr_feb2021.slice.json").await;
}

#[tokio::test]
async fn campaigns_of_a_month() {
    campaigns("mkt_inr_feb2021", "Marketing.csv", "mkt_inr_feb2021.json").await;
}

#[tokio::test]
async fn campaigns_with_decimal_commas_and_other_names_of_columns() {
    let file = "variant_semicolon_decimal_comma_Marketing.csv";
    campaigns("mkt_inr_feb2021", file, "mkt_inr_feb2021.json").await;
}

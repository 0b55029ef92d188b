//! Sales: a shop with targets by category and month, and a wholesaler with returns.

use domain::Micros;
use serde_json::Value;

use super::compare::{Named, ask, look};
use super::{File, expected, on_each};
use crate::terminal::Terminal;

const ATTAINMENT: [Named; 6] = [
    ("revenue", "value", "sales"),
    ("quota_attainment", "value", "attainment"),
    ("quota_attainment", "denominator", "target"),
    ("atv", "value", "atv"),
    ("atv", "denominator", "orders"),
    ("upt", "value", "upt"),
];

const ORDERS: &str = r#"
currency = "INR"
date_order = "dmy"
[columns]
transaction = "OrderID"
date = "OrderDate"
customer = "CustomerName"
amount = "Amount"
quantity = "Quantity"
category = "Category"
[join]
file = "List of Orders.csv"
on = "OrderID"
"#;

const TARGETS: &str = r#"
[columns]
month = "MonthofOrderDate"
where = "Category"
value = "Target"
[constants]
metric = "revenue"
"#;

async fn attainment(folder: &str, results: &str) {
    let Some(expected) = expected(results) else { return };
    let files = [
        File { kind: "sales_lines", path: format!("{folder}/Order Details.csv"), mapping: ORDERS, corrected: None },
        File {
            kind: "targets",
            path: format!("{folder}/Sales target.csv"),
            mapping: TARGETS,
            corrected: Some((".00", ".50")),
        },
    ];
    on_each("retail", "INR", &files, |t| {
        let year = ("2018-04-01", "2019-04-01");
        for (section, by) in [
            ("overall", &[][..]),
            ("by_month", &["month"]),
            ("by_category", &["category"]),
            ("by_month_category", &["month", "category"]),
        ] {
            look(t, &ATTAINMENT, by, year, &expected[section]);
        }
        let repeat =
            [("repeat_purchase_rate", "value", "repeat_customer_rate"), ("repeat_purchase_rate", "n", "customers")];
        look(t, &repeat, &[], year, &expected);
    })
    .await;
}

#[tokio::test]
async fn attainment_of_a_slice() {
    attainment("quota_india_ecommerce/slice", "quota_india_ecommerce.slice.json").await;
}

#[tokio::test]
async fn attainment_by_category_and_month() {
    attainment("quota_india_ecommerce", "quota_india_ecommerce.json").await;
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

const LINES: &str = r#"
currency = "GBP"
[columns]
transaction = "InvoiceNo"
product = "StockCode"
quantity = "Quantity"
date = "InvoiceDate"
unit_price = "UnitPrice"
customer = "CustomerID"
country = "Country"
[[rules]]
when = { column = "InvoiceNo", starts_with = "C" }
set = { kind = "return" }
[[rules]]
when = { column = "InvoiceNo", starts_with = "A" }
set = { kind = "adjustment" }
"#;

async fn baskets(file: &str, results: &str) {
    let Some(expected) = expected(results) else { return };
    let corrected = file.ends_with(".csv").then_some(("United Kingdom", "Scotland"));
    let lines = File { kind: "sales_lines", path: format!("retail_uci_online/{file}"), mapping: LINES, corrected };
    on_each("retail", "GBP", &[lines], |t| {
        let all = ("2010-12-01", "2012-01-01");
        for (section, by) in [
            ("overall", &[][..]),
            ("by_month", &["month"]),
            ("by_country", &["country"]),
            ("by_month_country", &["month", "country"]),
        ] {
            look(t, &BASKETS, by, all, &expected[section]);
        }
        let returns = [("return_rate", "numerator", "returns")];
        look(t, &returns, &[], all, &expected["overall"]);
        for (by, section) in [(&[][..], "overall"), (&["month"], "by_month")] {
            net(t, by, all, &expected[section]);
        }
        let rate = [("returning_customer_rate", "value", "returning_customer_rate")];
        look(t, &rate, &["month"], all, &expected["returning_by_month"]);
    })
    .await;
}

/// Revenue less what came back: both are parts of the rate of returns, to the cent.
fn net(t: &Terminal, by: &[&str], days: (&str, &str), groups: &Value) {
    for row in ask(t, &[("return_rate", "value", "")], by, days) {
        let group = by.first().map_or(groups, |name| &groups[row["by"][*name].as_str().unwrap()]);
        let part = |name: &str| {
            let text = row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned);
            Micros::parse(&text).unwrap_or_else(|fault| panic!("{name} of {row}: {fault:?}")).0.0
        };
        let Some(expected) = group["net_revenue"].as_f64() else {
            assert_eq!(part("denominator"), 0, "{row}: theirs lists no month in which nothing was sold");
            continue;
        };
        let expected = Micros::parse(&format!("{expected:.2}")).unwrap().0.0;
        assert_eq!(part("denominator") - part("numerator"), expected, "{row}");
    }
}

#[tokio::test]
async fn baskets_of_a_slice() {
    baskets("slice/online_retail.csv", "retail_uci_online.slice.json").await;
}

#[tokio::test]
async fn baskets_of_a_whole_year() {
    baskets("online_retail.csv.gz", "retail_uci_online.json").await;
}

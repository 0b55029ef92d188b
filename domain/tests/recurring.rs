//! Recurring revenue against results that were computed independently from public data sets: every figure of the
//! files, to the digits given. Nothing is left out.
#![allow(clippy::unwrap_used)]

#[path = "support/csv.rs"]
mod csv_file;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use csv_file::{Table, expected, shared};
use domain::metric::catalogue::answer;
use domain::recurring::{Choices, History, Interval, Movements, Retention, Subscription, months, twelve_months};
use domain::{Date, Micros, Outcome, Period, Ratio, Why};
use serde_json::Value;

/// The subscriptions of a file, customers and plans numbered as they come, and the names of the plans.
fn subscriptions(path: &Path, plan_column: Option<&str>) -> (Vec<Subscription>, Vec<String>) {
    let mut table = Table::open(path);
    let (mut customers, mut plans) = (HashMap::new(), Vec::new());
    let mut all = Vec::new();
    while table.next() {
        let next = customers.len() as u32;
        let customer = *customers.entry(table.get("customer_id").to_owned()).or_insert(next);
        let (amount, rounded) = Micros::parse(table.get("monthly_amount")).unwrap();
        assert!(!rounded);
        let per_year = Interval::Month.per_year(amount).unwrap();
        let end = Some(table.get("end_date")).filter(|d| !d.is_empty()).map(|d| d.parse().unwrap());
        let plan = plan_column.map(|column| {
            let name = table.get(column);
            plans.iter().position(|p| p == name).unwrap_or_else(|| {
                plans.push(name.to_owned());
                plans.len() - 1
            }) as u32
        });
        let start = table.get("start_date").parse().unwrap();
        all.push(Subscription { end, plan, ..Subscription::new(customer, start, per_year) });
    }
    (all, plans)
}

/// The calendar month of a key such as `2017-09`.
fn month(key: &str) -> Period {
    let first: Date = format!("{key}-01").parse().unwrap();
    Period::new(first, first.add_months(1).unwrap()).unwrap()
}

/// Our figure in the digits of theirs. Theirs is `null` where nothing can be measured, and so must ours be.
fn same(what: &str, ours: Outcome<Ratio>, theirs: &Value, decimals: u32) {
    match (ours, theirs.as_f64()) {
        (Outcome::Value(r), Some(t)) => {
            assert_eq!(r.to_decimal(decimals).unwrap().parse::<f64>().unwrap(), t, "{what}");
        }
        (Outcome::NotMeasurable(why), None) if theirs.is_null() => assert_eq!(why, Why::EmptyBase, "{what}"),
        (ours, _) => panic!("{what}: {ours:?} is not {theirs}"),
    }
}

/// Every figure of a month; a key that is not known here fails.
fn compare(key: &str, m: &Movements, retention: &Retention, year: &Retention, theirs: &Value) {
    let measures = m.measures().with(retention.measures()).with(year.measures_of_year());
    let kpi = |id, decimals| (answer(id, &measures).value.map(|f| f.exact), decimals);
    let money = |mrr: domain::recurring::Mrr| (Outcome::Value(mrr.to_ratio()), 2);
    for (name, value) in theirs.as_object().unwrap() {
        let (ours, decimals) = match name.as_str() {
            "opening_mrr" => money(m.opening),
            "new" => kpi("mrr_new", 2),
            "expansion" => kpi("mrr_expansion", 2),
            "reactivation" => kpi("mrr_reactivation", 2),
            "contraction" => kpi("mrr_contraction", 2),
            "churn" => kpi("mrr_churn", 2),
            "closing_mrr" => kpi("mrr", 2),
            "nrr_12m" => kpi("nrr", 6),
            "grr_12m" => kpi("grr", 6),
            id @ ("arpa" | "arr") => kpi(id, 2),
            id @ ("customer_churn_rate"
            | "mrr_churn_rate"
            | "gross_mrr_churn_rate"
            | "nrr_monthly"
            | "grr_monthly"
            | "quick_ratio") => kpi(id, 6),
            "customers" => {
                assert_eq!(serde_json::to_value(m.customers).unwrap(), *value, "{key} customers");
                continue;
            }
            other => panic!("{key}: {other} is not compared"),
        };
        same(&format!("{key} {name}"), ours, value, decimals);
    }
}

/// The sums of all months; theirs are of rounded months, and every month of these sets is a whole number of cents.
fn compare_totals(all: &[Movements], theirs: &Value) {
    let sum = Movements::total(all).into_value().unwrap();
    let (money, counts) = (&theirs["totals_mrr (sum of rounded months)"], &theirs["totals_customers"]);
    let c = sum.customers;
    let ours = [
        ("new", sum.new, c.new),
        ("expansion", sum.expansion, c.expansion),
        ("reactivation", sum.reactivation, c.reactivation),
        ("contraction", sum.contraction, c.contraction),
        ("churn", sum.churn, c.churn),
    ];
    assert_eq!((money.as_object().unwrap().len(), counts.as_object().unwrap().len()), (5, 5));
    for (name, amount, customers) in ours {
        same(&format!("total {name}"), Outcome::Value(amount.to_ratio()), &money[name], 2);
        assert_eq!(customers, counts[name].as_i64().unwrap(), "total customers {name}");
    }
}

/// Closing amount and customers of each plan, each taken by itself.
fn compare_plans(all: &[Subscription], plans: &[String], last: Period, theirs: &Value) {
    let mut found = BTreeMap::new();
    for (i, name) in plans.iter().enumerate() {
        let of = all.iter().filter(|s| s.plan == Some(i as u32));
        let m = History::new(of, Choices::default()).movements(&[last]).into_value().unwrap()[0];
        if m.customers.closing > 0 {
            found.insert(name.clone(), m);
        }
    }
    let theirs = theirs.as_object().unwrap();
    assert_eq!(found.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
    for (name, m) in found {
        same(&name, answer("mrr", &m.measures()).value.map(|f| f.exact), &theirs[&name]["mrr"], 2);
        assert_eq!(m.customers.closing, theirs[&name]["customers"].as_i64().unwrap(), "{name}");
    }
}

fn meets(set: &str, plan_column: Option<&str>) {
    let Some(shared) = shared() else { return };
    for (folder, suffix) in [("", ""), ("slice/", ".slice")] {
        let (all, plans) =
            subscriptions(&shared.join(format!("data/{set}/{folder}subscription_periods.csv")), plan_column);
        let theirs = expected(&shared, &format!("{set}{suffix}.json"));
        let by_month = theirs["by_month"].as_object().unwrap();
        let first = month(by_month.keys().min().unwrap());
        let last = month(by_month.keys().max().unwrap());
        let steps = months(Period::new(first.from(), last.to()).unwrap());
        assert_eq!((steps.len(), by_month.len()), (theirs["months"].as_u64().unwrap() as usize, steps.len()));
        if let Some(rows) = theirs.get("rows") {
            assert_eq!(all.len(), rows.as_u64().unwrap() as usize);
        }
        let history = History::new(&all, Choices::default());
        let found = history.movements(&steps).into_value().unwrap();
        for ((key, theirs), m) in by_month.iter().zip(&found) {
            assert_eq!(m.period, month(key));
            let of = |period| history.retention(period).into_value().unwrap();
            compare(key, m, &of(m.period), &of(twelve_months(m.period).unwrap()), theirs);
        }
        assert_eq!(theirs["final"], by_month[by_month.keys().max().unwrap()]);
        compare_totals(&found, &theirs);
        let by_plan = theirs.get("closing_mrr_by_plan");
        if let Some(by_plan) = by_plan {
            compare_plans(&all, &plans, last, by_plan);
        }
        let known = ["definitions", "note", "rows", "months", "by_month", "final", "closing_mrr_by_plan"];
        for key in theirs.as_object().unwrap().keys() {
            assert!(known.contains(&key.as_str()) || key.starts_with("totals_"), "{key} is not compared");
        }
    }
}

#[test]
fn dbt_playbook() {
    meets("saas_dbt_playbook", None);
}

#[test]
fn opencollective_astro() {
    meets("saas_opencollective_astro", Some("plan"));
}

//! The public CRM data set, whole and as a slice, against results that were computed independently.

use std::path::{Path, PathBuf};

use serde_json::Value;
use server::kpi::{Dimension, KpiQuery, to_json};

use super::company::{Company, Deal, day, metrics, period};
use super::support::{self, TestDb};

const METRICS: &str =
    "deals_won,deals_lost,deals_open,win_rate,revenue,avg_deal_value,cycle_days_mean,cycle_days_median";

/// The folder with data sets beside the project; none on a machine that has only the project.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.parent()?.join("shared");
    let shared = std::env::var_os("MAATSTAF_SHARED").map_or(beside, PathBuf::from);
    if shared.join("expected").is_dir() {
        Some(shared)
    } else {
        println!("left out: there are no data sets in {}", shared.display());
        None
    }
}

fn records(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|l| l.split(',').map(str::to_owned).collect()).collect()
}

/// People in regional offices under their managers, and their deals.
async fn load(db: &TestDb, folder: &Path) -> Company {
    let mut company = Company::new(&db.db, "USD").await;
    let people = records(&folder.join("sales_teams.csv"));
    for row in &people {
        for name in [&row[0], &row[1]] {
            if !company.people.contains_key(name.as_str()) {
                company.person(name).await;
            }
        }
        if !company.teams.contains_key(&row[2]) {
            company.team(&row[2], None).await;
        }
    }
    for row in &people {
        company.place(&row[0], Some(&row[2]), Some(&row[1]), None, None).await;
    }
    let date = |text: &str| (!text.is_empty()).then(|| day(text).day_number());
    let deals: Vec<Deal> = records(&folder.join("sales_pipeline.csv"))
        .iter()
        .map(|row| Deal {
            person: Some(company.people[&row[1]]),
            product: Some(if row[2] == "GTXPro" { "GTX Pro".into() } else { row[2].clone() }),
            account: (!row[3].is_empty()).then(|| row[3].clone()),
            status: match row[4].as_str() {
                "Won" => 1,
                "Lost" => 2,
                _ => 0,
            },
            engaged: date(&row[5]),
            closed: date(&row[6]),
            amount: row[7].parse().ok(),
            ..Deal::default()
        })
        .collect();
    company.deals(&deals).await;
    company
}

/// Compares one group with what is expected of it.
pub fn compare(rows: &[&Value], group: &Value, what: &str) {
    let find = |id: &str| rows.iter().find(|r| r["metric"] == id).unwrap_or_else(|| panic!("{what}: no {id}"));
    for (ours, theirs) in [("deals_won", "won"), ("deals_lost", "lost")] {
        assert_eq!(find(ours)["value"], group[theirs], "{what}: {ours}");
    }
    let rate = find("win_rate");
    assert_eq!(rate["value"], group["win_rate"], "{what}: win rate");
    if group["win_rate"].is_null() {
        assert_eq!(rate["why"], "empty_base", "{what}");
        assert!(rate["interval95"].is_null());
    } else {
        assert_eq!(rate["interval95"], group["win_rate_wilson95"], "{what}: interval");
        assert_eq!(rate["numerator"], group["won"], "{what}");
    }
    assert_eq!(find("revenue")["value"], format!("{}.00", group["won_revenue"]), "{what}: revenue");
    assert_eq!(find("revenue")["currency"], "USD");
    let mean = &group["avg_deal_value"];
    let ours = &find("avg_deal_value")["value"];
    if mean.is_null() {
        assert!(ours.is_null(), "{what}: average deal value");
    } else {
        assert_eq!(ours, &Value::String(format!("{:.2}", mean.as_f64().unwrap())), "{what}: average deal value");
    }
    for (ours, theirs) in [("cycle_days_mean", "mean"), ("cycle_days_median", "median")] {
        let (value, expected) = (&find(ours)["value"], &group["cycle_days_won"][theirs]);
        assert_eq!(value.as_f64(), expected.as_f64(), "{what}: {ours}");
    }
}

async fn check(folder: &str, expected: &str) {
    let Some(shared) = shared() else {
        return;
    };
    let text = std::fs::read_to_string(shared.join("expected").join(expected)).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    for db in support::databases("expected").await {
        let company = load(&db, &shared.join("data").join(folder)).await;
        let mut query = KpiQuery::new(metrics(METRICS), period("2016-01-01", "2018-01-01"));
        for (section, by) in [
            ("overall", &[][..]),
            ("by_agent", &["person"]),
            ("by_manager", &["manager"]),
            ("by_regional_office", &["team"]),
            ("by_product", &["product"]),
            ("by_quarter_closed", &["quarter"]),
            ("by_month_closed", &["month"]),
            ("by_manager_and_quarter_closed", &["manager", "quarter"]),
        ] {
            query.by = by.iter().map(|name| Dimension::from_name(name).unwrap()).collect();
            let rows = to_json(&company.ask(&query).await, "USD".parse().unwrap());
            let rows = rows["rows"].as_array().unwrap();
            let group = |key: Option<&str>| -> Vec<&Value> {
                let label = |row: &Value| {
                    let parts: Vec<&str> = by.iter().map(|d| row["by"][d].as_str().unwrap_or("-")).collect();
                    parts.join(" | ")
                };
                rows.iter().filter(|row| key.is_none_or(|k| label(row) == k)).collect()
            };
            if by.is_empty() {
                compare(&group(None), &expected[section], section);
                assert_eq!(group(None)[2]["value"], expected[section]["open"], "open deals in total");
                continue;
            }
            let groups = expected[section].as_object().unwrap();
            for (key, of_group) in groups {
                let found = group(Some(key));
                compare(&found, of_group, &format!("{section}: {key}"));
                let open = found.iter().find(|r| r["metric"] == "deals_open");
                if !by.iter().any(|d| ["quarter", "month"].contains(d)) {
                    assert_eq!(open.unwrap()["value"], of_group["open"], "{section}: {key}: open");
                }
            }
            // Nobody else and nothing else is listed, but for managers who are people without deals of their own.
            let listed = rows.iter().filter(|r| r["metric"] == "win_rate").count();
            assert_eq!(listed, groups.len(), "{section}: {rows:?}");
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn the_whole_data_set_gives_the_expected_results() {
    check("crm_maven", "crm_maven.json").await;
}

#[tokio::test]
async fn the_slice_gives_the_expected_results() {
    check("crm_maven/slice", "crm_maven.slice.json").await;
}

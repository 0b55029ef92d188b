//! The whole way by the command line: organisation, people, deals, figures, verification.

use serde_json::Value;

use super::published::shared;
use super::terminal::Terminal;

const PEOPLE: &str = r#"
kind = "people"
unknown_people = "create"
[columns]
person = "sales_agent"
manager = "manager"
team = "regional_office"
"#;

const DEALS: &str = r#"
kind = "deals"
currency = "USD"
decimal = "."
[columns]
external_id = "opportunity_id"
person = "sales_agent"
status = "deal_stage"
engaged_on = "engage_date"
closed_on = "close_date"
amount = "close_value"
product = "product"
account = "account"
[values.status]
Won = "won"
Lost = "lost"
Engaging = "open"
Prospecting = "open"
[values.product]
GTXPro = "GTX Pro"
"#;

const METRICS: &str =
    "deals_won,deals_lost,deals_open,win_rate,revenue,avg_deal_value,cycle_days_mean,cycle_days_median";

/// Compares one group with what is expected of it.
fn compare(rows: &[&Value], group: &Value, what: &str) {
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

#[tokio::test]
async fn from_files_to_figures_and_back_again() {
    let Some(shared) = shared() else {
        return;
    };
    let text = std::fs::read_to_string(shared.join("expected/crm_maven.json")).unwrap();
    let expected: Value = serde_json::from_str(&text).unwrap();
    let data = shared.join("data/crm_maven");
    let file = |name: &str| data.join(name).display().to_string();
    for t in Terminal::on_each("cli").await {
        t.write("people.toml", PEOPLE);
        for (org, order, pipeline) in
            [("iso", "ymd", "sales_pipeline.csv"), ("us", "mdy", "variant_us_dates_sales_pipeline.csv")]
        {
            let deals = format!("date_order = \"{order}\"\n{}", DEALS.trim_start());
            t.write("deals.toml", &deals);
            t.create(org, "consultancy", "USD");
            t.text(&["import", "people", &file("sales_teams.csv"), "--org", org, "--map", "people.toml"]);
            let import = ["import", "deals", &file(pipeline), "--org", org, "--map", "deals.toml", "--json"];
            assert_eq!(t.json(&import)["created"], 8800);
            let again = t.json(&import);
            assert_eq!(
                (&again["created"], &again["updated"], &again["unchanged"]),
                (&0.into(), &0.into(), &8800.into())
            );

            let year = ["--org", org, "--from", "2017-01-01", "--to", "2018-01-01", "--json"];
            let answer = t.json(&[&["kpi", METRICS, "--by", "person"][..], &year].concat());
            let rows = answer["rows"].as_array().unwrap();
            for (name, group) in expected["by_agent"].as_object().unwrap() {
                let of: Vec<&Value> = rows.iter().filter(|r| r["by"]["person"] == name.as_str()).collect();
                compare(&of, group, name);
            }
            let answer = t.json(&[&["kpi", METRICS, "--by", "manager,quarter"][..], &year].concat());
            let rows = answer["rows"].as_array().unwrap();
            for (name, group) in expected["by_manager_and_quarter_closed"].as_object().unwrap() {
                let (manager, quarter) = name.split_once(" | ").unwrap();
                let is_it = |r: &&Value| r["by"]["manager"] == manager && r["by"]["quarter"] == quarter;
                compare(&rows.iter().filter(is_it).collect::<Vec<_>>(), group, name);
            }
            let one =
                t.json(&[&["kpi", "deals_won", "--team", "central", "--where", "product=GTX Pro"][..], &year].concat());
            assert_eq!(one["rows"].as_array().unwrap().len(), 1);
            let table = t.text(&[&["kpi", "win_rate,revenue", "--by", "team"][..], &year[..6]].concat());
            assert!(table.lines().nth(1).unwrap().starts_with("Central  0.625576  3346293.00 USD"), "{table}");
            let verified = t.text(&["verify", "--org", org]);
            assert!(!verified.contains("differ"), "{verified}");

            let ask = |more: &[&'static str]| [&["kpi"][..], more, &year].concat();
            t.refused(&ask(&["win_ratio"]), &["win_ratio", "win_rate"]);
            t.refused(&ask(&["win_rate", "--by", "colour"]), &["colour", "person", "product"]);
            t.refused(&ask(&["win_rate", "--team", "North"]), &["North", "Central"]);
            t.refused(&ask(&["win_rate", "--person", "Nobody"]), &["Nobody", "Anna Snelling"]);
            t.refused(&ask(&["win_rate", "--where", "product"]), &["column=value"]);
            t.refused(&ask(&["win_rate", "--where", "colour=red"]), &["colour", "product"]);
            t.refused(&["kpi", "win_rate", "--org", org, "--from", "2017-02-30", "--to", "2018-01-01"], &["--from"]);
            t.refused(&["kpi", "win_rate", "--org", org, "--from", "2018-01-01", "--to", "2018-01-01"], &["--to"]);
            t.refused(
                &["kpi", "win_rate", "--org", "none", "--from", "2018-01-01", "--to", "2018-02-01"],
                &["none", "iso"],
            );
        }
        t.drop().await;
    }
}

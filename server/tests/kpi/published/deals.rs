//! Deals: a sales pipeline with its teams and accounts, and opportunities with their leads.

use super::compare::{Named, ask, compare, look};
use super::{File, expected, on_each};

const PIPELINE: [Named; 11] = [
    ("deals_won", "value", "won"),
    ("deals_lost", "value", "lost"),
    ("win_rate", "value", "win_rate"),
    ("win_rate", "numerator", "won"),
    ("win_rate", "interval", "win_rate_wilson95"),
    ("revenue", "value", "won_revenue"),
    ("avg_deal_value", "value", "avg_deal_value"),
    ("avg_deal_value", "n", "won"),
    ("cycle_days_mean", "value", "cycle_days_won.mean"),
    ("cycle_days_median", "value", "cycle_days_won.median"),
    ("cycle_days_mean", "n", "cycle_days_won.n"),
];
const OPEN: [Named; 1] = [("deals_open", "value", "open")];
const VALUES: [Named; 2] =
    [("pipeline_value", "value", "open_pipeline"), ("pipeline_weighted", "value", "weighted_pipeline")];

const TEAMS: &str = r#"
unknown_people = "create"
[columns]
person = "sales_agent"
team = "regional_office"
manager = "manager"
"#;

const DEALS: &str = r#"
currency = "USD"
[columns]
external_id = "opportunity_id"
person = "sales_agent"
status = "deal_stage"
engaged_on = "engage_date"
closed_on = "close_date"
amount = "close_value"
account = "account"
product = "product"
"attributes.sector" = "sector"
[values.status]
Engaging = "open"
Prospecting = "open"
[values.product]
GTXPro = "GTX Pro"
[join]
file = "accounts.csv"
on = "account"
"#;

async fn pipeline(folder: &str, results: &str) {
    let Some(expected) = expected(results) else { return };
    let files = [
        File { kind: "people", path: format!("{folder}/sales_teams.csv"), mapping: TEAMS, corrected: None },
        File {
            kind: "deals",
            path: format!("{folder}/sales_pipeline.csv"),
            mapping: DEALS,
            corrected: Some((",Won,", ",Lost,")),
        },
    ];
    on_each("consultancy", "USD", &files, |t| {
        let all = ("2016-01-01", "2018-01-01");
        for (section, by, is_in_time) in [
            ("overall", &[][..], false),
            ("by_agent", &["person"], false),
            ("by_manager", &["manager"], false),
            ("by_regional_office", &["team"], false),
            ("by_product", &["product"], false),
            ("by_sector", &["attributes.sector"], false),
            ("by_quarter_closed", &["quarter"], true),
            ("by_month_closed", &["month"], true),
            ("by_manager_and_quarter_closed", &["manager", "quarter"], true),
        ] {
            // Open deals have no day, so they are compared where no period divides them.
            let names = [&PIPELINE[..], if is_in_time { &[] } else { &OPEN }].concat();
            let rows = ask(t, &names, by, all);
            compare(&rows, by, &expected[section], &names);
            let listed = rows.iter().filter(|r| r["metric"] == "win_rate").count();
            let groups = if by.is_empty() { 1 } else { expected[section].as_object().unwrap().len() };
            assert_eq!(listed, groups, "{section}: nobody and nothing else is listed");
        }
    })
    .await;
}

#[tokio::test]
async fn a_pipeline_of_8800_deals() {
    pipeline("crm_maven", "crm_maven.json").await;
}

#[tokio::test]
async fn a_slice_of_the_pipeline() {
    pipeline("crm_maven/slice", "crm_maven.slice.json").await;
}

const OPPORTUNITIES: &str = r#"
unknown_people = "create"
currency = "USD"
[columns]
external_id = "opportunity_id"
person = "assigned_rep"
status = "stage"
created_on = "created_date"
closed_on = "close_date"
amount = "amount"
probability = "probability"
source = "source"
product = "product"
lost_reason = "lost_reason"
[values.status]
"Closed Won" = "won"
"Closed Lost" = "lost"
Demo = "open"
Discovery = "open"
Negotiation = "open"
Proposal = "open"
"#;

const LEADS: &str = r#"
[columns]
external_id = "lead_id"
created_on = "created_date"
source = "source"
campaign = "campaign"
status = "status"
deal = "opportunity_id"
person = "assigned_rep"
qualified = "converted_to_opportunity"
"#;

const OF_LEADS: [Named; 3] = [
    ("leads", "value", "leads"),
    ("qualified_share", "numerator", "opportunities"),
    ("qualified_share", "value", "lead_to_opportunity"),
];
const OF_REASONS: [Named; 2] = [("deals_lost", "value", "lost"), ("win_rate_value", "denominator", "lost_amount")];

async fn opportunities(folder: &str, results: &str) {
    let Some(expected) = expected(results) else { return };
    let files = [
        File {
            kind: "deals",
            path: format!("{folder}/opportunities.csv"),
            mapping: OPPORTUNITIES,
            corrected: Some(("Closed Lost", "Closed Won")),
        },
        File {
            kind: "leads",
            path: format!("{folder}/leads.csv"),
            mapping: LEADS,
            corrected: Some((",TRUE,", ",FALSE,")),
        },
    ];
    on_each("consultancy", "USD", &files, |t| {
        let all = ("2024-01-01", "2026-01-01");
        for (section, by) in
            [("overall", &[][..]), ("by_rep", &["person"]), ("by_source", &["source"]), ("by_product", &["product"])]
        {
            let names = [&PIPELINE[..], &OPEN, &VALUES].concat();
            look(t, &names, by, all, &expected[section]);
        }
        for (section, by) in
            [("leads_overall", &[][..]), ("leads_by_source", &["source"]), ("leads_by_campaign", &["campaign"])]
        {
            look(t, &OF_LEADS, by, all, &expected[section]);
        }
        look(t, &OF_REASONS, &["lost_reason"], all, &expected["lost_by_reason"]);
    })
    .await;
}

#[tokio::test]
async fn opportunities_and_leads() {
    opportunities("crm_revops_lost_reason", "crm_revops_lost_reason.json").await;
}

#[tokio::test]
async fn a_slice_of_opportunities_and_leads() {
    opportunities("crm_revops_lost_reason/slice", "crm_revops_lost_reason.slice.json").await;
}

//! The strip that says how complete the facts are.

use app::completeness::api::KindState;
use app::scorecard::api::Explanation;
use domain::policy::Scope;
use serde_json::json;

use crate::support::{Persona, Program, Site, date};

async fn of(persona: &Persona, metric: &str) -> Vec<KindState> {
    persona.post("completeness/get", &[("metric", metric)]).await.assert(200).json()
}

/// Acme with campaigns in June and, without spend in one channel, in July 2017.
async fn site() -> Site {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let rows = json!({ "rows": [
        { "date": "2017-05-02", "campaign": "Spring", "channel": "search", "spend": "100", "leads": 3 },
        { "date": "2017-07-04", "campaign": "Summer", "channel": "fair", "spend": null, "leads": 5 },
        { "date": "2017-09-01", "campaign": "Later", "channel": "search", "spend": "10", "leads": 1 },
    ]});
    program.post("/facts/campaign_days", &rows).await.assert(200);
    site
}

#[tokio::test]
async fn gaps_and_missing_spend_are_said_by_kind() {
    let site = site().await;
    let all = of(&site.admin().await, "").await;
    // Of kinds that the organisation does not use nothing is said.
    let kinds: Vec<&str> = all.iter().map(|k| k.kind.as_str()).collect();
    assert_eq!(kinds, ["deals", "campaign_days", "activities", "people", "events"]);
    let deals = &all[0];
    assert_eq!((deals.last_day, deals.imports.clone()), (Some(date("2016-03-01")), vec![]));
    assert_eq!((deals.gaps.len(), deals.gaps[0]), (12, date("2016-08-01")));
    let campaigns = &all[1];
    // What lies after today is no fact yet.
    assert_eq!(campaigns.last_day, Some(date("2017-07-04")));
    assert_eq!(campaigns.gaps, [date("2017-06-01")]);
    assert_eq!(campaigns.without_spend, [Some("fair".to_owned())]);
    assert_eq!(campaigns.imports[0].day, date("2017-08-15"));
    let page = site.admin().await.get("/imports").await.assert(200);
    page.assert_has("How complete the facts are")
        .assert_has("Days without spend: fair")
        .assert_has("No facts in Jun 2017");
}

#[tokio::test]
async fn a_kpi_says_what_it_lacks() {
    let site = site().await;
    let admin = site.admin().await;
    let kinds =
        |all: Vec<KindState>| -> Vec<(String, bool)> { all.into_iter().map(|k| (k.kind, k.is_there)).collect() };
    let pair = |kind: &str, has: bool| (kind.to_owned(), has);
    assert_eq!(kinds(of(&admin, "win_rate").await), [pair("deals", true)]);
    assert_eq!(kinds(of(&admin, "cpl").await), [pair("campaign_days", true), pair("leads", false)]);
    assert_eq!(kinds(of(&admin, "mrr").await), [pair("subscriptions", false)]);
    admin.get("/kpis/mrr").await.assert(200).assert_has("No facts yet.");
    // Of an own KPI the kinds of all its parts.
    assert_eq!(kinds(of(&admin, "own_share").await), [pair("deals", true)]);
    admin.get("/kpis/own_share").await.assert(200).assert_has("How complete the facts are");
    admin.post("completeness/get", &[("metric", "no_such_kpi")]).await.assert(404);
}

#[tokio::test]
async fn amounts_without_an_exchange_rate_are_said_by_currency() {
    let site = site().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let admin = site.admin().await;
    for (kind, row) in [
        (
            "deals",
            json!({ "external_id": "D-USD", "person": "Rob Rep", "status": "won", "closed_on": "2017-06-01", "amount": "10", "currency": "USD" }),
        ),
        (
            "subscriptions",
            json!({ "external_id": "S-1", "customer": "C", "start": "2017-06-01", "amount": "10", "currency": "GBP" }),
        ),
        (
            "campaign_days",
            json!({ "date": "2017-06-01", "campaign": "Spring", "channel": "search", "spend": "1", "revenue": "9", "currency": "CHF" }),
        ),
        (
            "sales_lines",
            json!({ "transaction": "T", "date": "2017-06-01", "quantity": "1", "amount": "10", "currency": "USD" }),
        ),
    ] {
        program.post(&format!("/facts/{kind}"), &json!({ "rows": [row] })).await.assert(200);
    }
    let lacking = async || -> Vec<(String, String)> {
        let facts = of(&admin, "").await.into_iter().filter(|k| !["people", "rates"].contains(&k.kind.as_str()));
        facts.map(|k| (k.kind, k.without_rate.join(" "))).collect()
    };
    let of_kinds = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(kind, text)| ((*kind).to_owned(), (*text).to_owned())).collect()
    };
    let all = [
        ("deals", "USD"),
        ("subscriptions", "GBP"),
        ("campaign_days", "CHF"),
        ("sales_lines", "USD"),
        ("activities", ""),
        ("events", ""),
    ];
    assert_eq!(lacking().await, of_kinds(&all));
    admin.get("/kpis/revenue").await.assert(200).assert_has("Amounts without an exchange rate: USD");
    let rates = json!({ "rows": [
        { "date": "2017-01-01", "currency": "USD", "rate": "0.9" },
        { "date": "2017-01-01", "currency": "CHF", "rate": "0.9" },
        { "date": "2017-06-02", "currency": "GBP", "rate": "1.1" },
    ]});
    program.post("/facts/rates", &rates).await.assert(200);
    let all = [
        ("deals", ""),
        ("subscriptions", "GBP"),
        ("campaign_days", ""),
        ("sales_lines", ""),
        ("activities", ""),
        ("events", ""),
    ];
    assert_eq!(lacking().await, of_kinds(&all));
}

#[tokio::test]
async fn explain_names_the_freshness_of_each_kind_of_fact() {
    let site = site().await;
    let explained = async |metric: &str| -> Explanation {
        let query = json!({ "query": { "metric": metric, "person": "", "team": "", "period": "2017Q2" } });
        site.admin().await.post_json("scorecard/explain", &query).await.assert(200).json()
    };
    let plain = |text: String| text.replace('\u{a0}', " ");
    assert_eq!(
        plain(explained("cpl").await.as_of),
        "Campaign days: up to 4 Jul 2017, last import 15 Aug 2017; Leads: none yet"
    );
    assert_eq!(plain(explained("win_rate").await.as_of), "Deals: up to 1 Mar 2016");
    assert_eq!(plain(explained("own_share").await.as_of), "Deals: up to 1 Mar 2016");
    // What is missing on the days of the number itself.
    assert_eq!(explained("cpl").await.missing, ["Campaign days: no facts in Jun 2017"]);
    let months = "Deals: no facts in Apr 2017, May 2017, Jun 2017";
    assert_eq!(explained("win_rate").await.missing, [months]);
    assert_eq!(explained("mrr").await.missing, ["Subscriptions: no facts yet"]);
    let page = site.admin().await.get("/explain/win_rate?period=2017Q2").await.assert(200);
    page.assert_has(months);
}

#[tokio::test]
async fn sources_are_told_apart_within_a_kind() {
    let site = site().await;
    let admin = site.admin().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let campaigns = of(&admin, "").await.remove(1);
    let known: Vec<(Option<&str>, String, bool)> =
        campaigns.sources.iter().map(|s| (s.name.as_deref(), s.last_day.to_string(), s.is_stale)).collect();
    let of_may = (Some("search"), "2017-05-02".to_owned(), true);
    assert_eq!(known, [(Some("fair"), "2017-07-04".to_owned(), false), of_may]);
    admin.get("/imports").await.assert(200).assert_has("Nothing came lately from: search.");
    // Deals name none.
    assert_eq!(of(&admin, "win_rate").await[0].sources, []);
    // Each way of reading files is a source too.
    assert_eq!(campaigns.imports.len(), 1);
    let other = json!({ "rows": [{ "date": "2017-07-05", "campaign": "Summer", "channel": "search", "clicks": 7, "spend": "4" }] });
    program.post("/facts/campaign_days", &other).await.assert(200);
    let again = json!({ "rows": [{ "date": "2017-07-06", "campaign": "Summer", "channel": "search", "clicks": 7, "spend": "4" }] });
    program.post("/facts/campaign_days", &again).await.assert(200);
    let campaigns = of(&admin, "").await.remove(1);
    assert_eq!(campaigns.imports.len(), 2);
    assert!(campaigns.sources.iter().all(|s| !s.is_stale), "{:?}", campaigns.sources);
}

#[tokio::test]
async fn channels_of_leads_without_spend_are_named() {
    let site = site().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts, Scope::ReadKpi]).await;
    let lead =
        |id: &str, channel: Option<&str>, on: &str| json!({ "external_id": id, "created_on": on, "channel": channel });
    let leads = json!({ "rows": [
        lead("1", Some("search"), "2017-05-03"),
        lead("2", Some("referral"), "2017-05-04"),
        lead("3", None, "2017-07-05"),
    ]});
    program.post("/facts/leads", &leads).await.assert(200);
    let admin = site.admin().await;
    let leads = of(&admin, "cpl").await.remove(1);
    assert_eq!(leads.without_spend, [None, Some("referral".to_owned())]);
    let page = admin.get("/kpis/cpl").await.assert(200);
    page.assert_has("Leads of channels without any spend: no channel, referral.");
    // It is why the engine gives no cost per lead.
    let path = "/kpis/query?metrics=cpl,leads&from=2017-05-01&to=2017-06-01";
    let answer: serde_json::Value = program.get(path).await.assert(200).json();
    assert_eq!((&answer["rows"][0]["value"], &answer["rows"][0]["why"]), (&json!(null), &json!("incomplete")));
    assert_eq!(answer["rows"][0]["complete"], json!(false));
    let missing = &answer["facts"][1]["missing"];
    assert_eq!((&missing[0]["code"], &missing[0]["what"]), (&json!("no_spend"), &json!(["referral"])), "{answer}");
}

#[tokio::test]
async fn targets_events_and_rates_are_looked_at_too() {
    let site = site().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    for (kind, row) in [
        ("targets", json!({ "metric": "deals_won", "who": "Rob Rep", "month": "2017-12", "value": "3" })),
        ("events", json!({ "date": "2017-03-01", "title": "New prices", "kind": "price_change" })),
        ("rates", json!({ "date": "2017-02-01", "currency": "USD", "rate": "0.9" })),
    ] {
        program.post(&format!("/facts/{kind}"), &json!({ "rows": [row] })).await.assert(200);
    }
    let admin = site.admin().await;
    let all = of(&admin, "").await;
    let day = |kind: &str| all.iter().find(|k| k.kind == kind).unwrap().last_day;
    assert_eq!((day("targets"), day("people")), (Some(date("2017-12-31")), None));
    assert_eq!((day("events"), day("rates")), (Some(date("2017-03-01")), Some(date("2017-02-01"))));
    let rates = all.iter().find(|k| k.kind == "rates").unwrap();
    assert_eq!((rates.sources[0].name.as_deref(), rates.sources[0].is_stale), (Some("USD"), true));
    // They stand beside what a KPI is made of.
    let kinds: Vec<String> = of(&admin, "quota_attainment").await.into_iter().map(|k| k.kind).collect();
    assert!(kinds.contains(&"targets".to_owned()), "{kinds:?}");
}

#[tokio::test]
async fn a_scorecard_says_it_when_it_is_asked() {
    let site = site().await;
    let rep = site.rep().await;
    let page = format!("/scorecard/{}", site.world.rob);
    rep.get(&page).await.assert(200).assert_has("dialog=completeness").assert_lacks("Days without spend");
    rep.get(&format!("{page}?dialog=completeness")).await.assert(200).assert_has("Days without spend: fair");
    let manager = site.manager().await;
    let page = format!("/teams/{}?dialog=completeness", site.world.east);
    manager.get(&page).await.assert(200).assert_has("Days without spend: fair");
}

#[tokio::test]
async fn files_are_named_to_those_who_see_every_import() {
    let site = site().await;
    let file = async |persona: &Persona| of(persona, "cpl").await[0].imports[0].clone().file;
    assert!(file(&site.admin().await).await.is_some());
    for persona in [site.manager().await, site.rep().await, site.viewer().await] {
        assert_eq!(file(&persona).await, None);
    }
    // Another tenant is told of its own people, and of nothing that is Acme's.
    let other = of(&site.other_tenant().await, "").await;
    let kinds: Vec<_> = other.iter().map(|k| (k.kind.as_str(), k.imports.len(), k.sources.len())).collect();
    assert_eq!(kinds, [("people", 0, 0)]);
}

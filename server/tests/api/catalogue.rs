//! The KPI catalogue, read by everybody; its values are those of the reader.

use app::catalogue::api::{Catalogue, KpiDetail, KpiLine};
use domain::metric::{Template, catalogue};
use sea_orm::ActiveValue::Set;
use serde_json::json;
use server::entity::deal;

use crate::support::{Persona, Site, date, insert_deal};

async fn won(site: &Site, person: i64, key: &str, amount: i64) {
    let micros = amount * 1_000_000;
    let row = deal::ActiveModel {
        org_id: Set(site.world.org),
        id: Set(server::id::next()),
        external_id: Set(key.into()),
        person_id: Set(Some(person)),
        is_split: Set(false),
        status: Set(1),
        engaged_on: Set(Some(date("2017-07-01").day_number())),
        closed_on: Set(Some(date("2017-07-11").day_number())),
        amount_micros: Set(Some(micros)),
        currency: Set("EUR".into()),
        reporting_micros: Set(Some(micros)),
        created_at: Set(0),
        updated_at: Set(0),
        ..Default::default()
    };
    insert_deal(site.db(), row).await;
}

/// Rob won 100, Wim, in the other team, 1,000.
async fn site() -> Site {
    let site = Site::new().await;
    won(&site, site.world.rob, "robs", 100).await;
    won(&site, site.world.wim, "wims", 1_000).await;
    site
}

async fn list(persona: &Persona, q: &str, template: &str, perspective: &str) -> Catalogue {
    let query = json!({"query": {"q": q, "template": template, "perspective": perspective}});
    persona.post_json("kpis/list", &query).await.assert(200).json()
}

async fn kpi(persona: &Persona, id: &str) -> KpiDetail {
    persona.post_json("kpis/get", &json!({"id": id})).await.assert(200).json()
}

fn lines(catalogue: &Catalogue) -> Vec<&KpiLine> {
    catalogue.groups.iter().flat_map(|g| &g.kpis).collect()
}

fn line<'a>(catalogue: &'a Catalogue, id: &str) -> &'a KpiLine {
    lines(catalogue).into_iter().find(|k| k.id == id).unwrap()
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[tokio::test]
async fn everybody_finds_every_kpi_with_words() {
    let site = site().await;
    for persona in [site.owner().await, site.admin().await, site.manager().await, site.rep().await, site.viewer().await]
    {
        let all = list(&persona, "", "", "").await;
        // One more is the organisation's own.
        assert_eq!(lines(&all).len(), catalogue::all().len() + 1);
        for kpi in lines(&all) {
            assert!(!kpi.name.starts_with("metric.") && !kpi.summary.starts_with("metric."), "{kpi:?}");
        }
        persona.get("/kpis").await.assert(200).assert_has("KPI catalogue").assert_has("/kpis/win_rate");
    }
    site.anonymous().get("/kpis").await.assert(302);
}

#[tokio::test]
async fn a_kpi_is_found_in_both_languages_and_by_filters_of_the_address() {
    let site = site().await;
    let rep = site.rep().await;
    for q in ["sales velocity", "verkoopsnelheid"] {
        assert!(lines(&list(&rep, q, "", "").await).iter().any(|k| k.id == "sales_velocity"), "{q}");
    }
    let retail = list(&rep, "", "retail", "financial").await;
    assert!(retail.groups.len() == 1 && retail.found < retail.all);
    let is_retail = |k: &&KpiLine| catalogue::find(&k.id).unwrap().templates.contains(&Template::Retail);
    assert!(lines(&retail).iter().all(is_retail));
    let page = rep.get("/kpis?q=verkoopsnelheid").await.assert(200);
    page.assert_has("/kpis/sales_velocity").assert_lacks("/kpis/mrr_churn\"");
    rep.get("/kpis?q=zzzz").await.assert(200).assert_has("No KPI fits");
    rep.get("/kpis?template=bank").await.assert(404);
    rep.get("/kpis?perspective=%27--").await.assert(404);
    rep.get("/kpis/nonsense").await.assert(404);
}

#[tokio::test]
async fn values_are_those_of_the_readers_own_person_or_of_whom_they_see() {
    let site = site().await;
    let value = async |persona: &Persona, id: &str| {
        let all = list(persona, "", "", "").await;
        let today = line(&all, id).today.clone().unwrap();
        (all.scope.unwrap().who, plain(&today.value.unwrap()), today.explain)
    };
    let (who, revenue, explain) = value(&site.rep().await, "revenue").await;
    assert_eq!((who.as_str(), revenue.as_str()), ("Rob Rep", "€100.00"));
    assert_eq!(explain, format!("/explain/revenue?person={}&period=2017Q3", site.world.rob));
    site.rep().await.get(&explain).await.assert(200).assert_has("€100.00");
    let (who, revenue, explain) = value(&site.owner().await, "revenue").await;
    assert_eq!(
        (who.as_str(), revenue.as_str(), explain.as_str()),
        ("Acme", "€1,100", "/explain/revenue?period=2017Q3")
    );
    // The viewer was granted one team, and sees neither the other nor anybody else.
    let viewer = site.viewer().await;
    let all = list(&viewer, "", "", "").await;
    let seen = line(&all, "deals_won").today.clone().unwrap().value.unwrap();
    assert_ne!(seen, "2");
    // Another tenant sees the same definitions and nothing of these figures.
    let (who, revenue, _) = value(&site.other_tenant().await, "revenue").await;
    assert_eq!((who.as_str(), revenue.as_str()), ("Globex", "€0.00"));
}

#[tokio::test]
async fn what_has_no_facts_says_so_and_shows_no_zero() {
    let site = site().await;
    let rep = site.rep().await;
    let all = list(&rep, "", "", "").await;
    for kpi in lines(&all) {
        let Some(metric) = catalogue::find(&kpi.id) else { continue };
        let is_loaded = server::kpi::is_loaded(metric);
        assert_eq!((kpi.loaded, kpi.today.is_some()), (is_loaded, is_loaded), "{}", kpi.id);
    }
    let unloaded = catalogue::all().iter().find(|m| !server::kpi::is_loaded(m)).unwrap();
    rep.get(&format!("/kpis/{}", unloaded.id)).await.assert(200).assert_has("Compares two categories");
    rep.get("/kpis/mrr").await.assert(200).assert_has("no data");
}

#[tokio::test]
async fn every_number_can_be_explained() {
    let site = site().await;
    let owner = site.owner().await;
    for metric in catalogue::all().iter().filter(|m| server::kpi::is_loaded(m)) {
        let page = owner.get(&format!("/explain/{}?period=2017Q2", metric.id)).await.assert(200);
        page.assert_lacks("said.").assert_lacks(">metric.");
    }
}

#[tokio::test]
async fn a_page_says_everything_about_a_kpi_in_the_readers_language() {
    let site = site().await;
    let rep = site.rep().await;
    let rate = kpi(&rep, "win_rate").await;
    assert_eq!(plain(&rate.formula), "Deals won ÷ (Deals won + Deals lost)");
    assert_eq!(rate.formula_ids, "deals_won ÷ (deals_won + deals_lost)");
    assert_eq!((rate.unit.as_str(), rate.better.as_str(), rate.version), ("ratio", "up", 1));
    assert!(!rate.guardrails.is_empty() && !rate.nothing.is_empty() && !rate.over_people.starts_with("said"));
    let example = rate.example.unwrap();
    assert!(example.numbers.unwrap().contains('÷') && example.result.ends_with('%'), "{}", example.result);
    // None of the pages says a key where words belong.
    for metric in catalogue::all() {
        let page = rep.get(&format!("/kpis/{}", metric.id)).await.assert(200);
        page.assert_has(metric.id).assert_lacks("said.").assert_lacks("catalogue.").assert_lacks(">metric.");
    }
}

#[tokio::test]
async fn the_list_stays_light() {
    let site = site().await;
    let page = site.owner().await.get("/kpis").await.assert(200);
    let (bytes, rows) = (page.body.len(), page.body.matches("<tr").count());
    assert!(bytes < 80_000, "{bytes} bytes for {rows} rows");
}

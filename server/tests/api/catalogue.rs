//! The KPI catalogue, read by everybody; its values are those of the reader.

use app::catalogue::api::{Catalogue, KpiDetail, KpiLine};
use domain::metric::{Template, catalogue};
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;
use serde_json::json;
use server::entity::{deal, sales_line};

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
        let needs_pair = metric.id.starts_with("attach_");
        assert_eq!((kpi.needs_pair, kpi.today.is_some()), (needs_pair, !needs_pair), "{}", kpi.id);
    }
    rep.get("/kpis/attach_rate").await.assert(200).assert_has("no sale with a category is known yet");
    rep.get("/kpis/mrr").await.assert(200).assert_has("no data");
}

#[tokio::test]
async fn every_number_can_be_explained() {
    let site = site().await;
    let owner = site.owner().await;
    for metric in catalogue::all() {
        let page = owner.get(&format!("/explain/{}?period=2017Q2", metric.id)).await.assert(200);
        page.assert_lacks("said.").assert_lacks(">metric.");
    }
}

async fn sold(site: &Site, person: i64, receipt: &str, category: &str) {
    let row = sales_line::ActiveModel {
        org_id: Set(site.world.org),
        id: Set(server::id::next()),
        fact_key: Set(format!("{receipt}-{category}")),
        receipt: Set(receipt.into()),
        day: Set(i64::from(date("2017-07-11").day_number())),
        quantity_micros: Set(1_000_000),
        amount_micros: Set(1_000_000),
        reporting_micros: Set(Some(1_000_000)),
        person_id: Set(Some(person)),
        category: Set(Some(category.into())),
        kind: Set(0),
        currency: Set("EUR".into()),
        created_at: Set(0),
        updated_at: Set(0),
        ..Default::default()
    };
    sales_line::Entity::insert(row).exec_without_returning(site.db()).await.unwrap();
    let txn = server::db::write_txn(site.db()).await.unwrap();
    server::rollup::rebuild(&txn, domain::OrgId::new(site.world.org)).await.unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn an_attach_rate_is_asked_with_two_categories_of_what_the_reader_sees() {
    let site = site().await;
    for (person, receipt, category) in [
        (site.world.rob, "1", "shoes"),
        (site.world.rob, "1", "socks"),
        (site.world.rob, "2", "shoes"),
        (site.world.wim, "3", "hats"),
    ] {
        sold(&site, person, receipt, category).await;
    }
    let rep = site.rep().await;
    let asked = async |persona: &Persona, from: &str, to: &str| -> KpiDetail {
        let query = json!({"id": "attach_rate", "by": "quarter", "from": from, "to": to});
        persona.post_json("kpis/get", &query).await.assert(200).json()
    };
    let page = asked(&rep, "", "").await;
    assert_eq!(page.pair.unwrap().categories, ["shoes", "socks"], "hats are nothing of theirs");
    assert!(page.today.is_none() && page.periods.is_empty());
    let page = asked(&rep, "shoes", "socks").await;
    let today = page.today.unwrap();
    assert_eq!((plain(&today.value.unwrap()).as_str(), today.n.as_deref()), ("50.0%", Some("2")));
    assert_eq!((page.periods.len(), page.periods[0].partial), (8, true));
    assert!(page.periods[0].interval.is_some());
    let explained = rep.get(&today.explain).await.assert(200);
    explained.assert_has("Of the transactions with shoes those that also have socks").assert_has("2 facts");
    let other = asked(&rep, "shoes", "hats").await;
    assert_eq!(plain(&other.today.unwrap().value.unwrap()), "0.0%");
    assert!(asked(&rep, "shoes", "shoes").await.today.is_none());
    let form = rep.get("/kpis/attach_rate?from=shoes&to=shoes").await.assert(200);
    form.assert_has("Choose two different categories").assert_lacks("catalogue.").assert_lacks("hats");
    rep.get("/explain/attach_rate?period=2017Q3").await.assert(200).assert_has("two categories have to be chosen");
    // Another tenant sees none of them.
    assert!(asked(&site.other_tenant().await, "", "").await.pair.unwrap().categories.is_empty());
}

#[tokio::test]
async fn a_page_lists_periods_and_every_one_can_be_explained() {
    let site = site().await;
    let owner = site.owner().await;
    for (by, count, newest) in
        [("", 12, "2017-08"), ("month", 12, "2017-08"), ("quarter", 8, "2017Q3"), ("year", 5, "2017")]
    {
        let page: KpiDetail = owner.post_json("kpis/get", &json!({"id": "revenue", "by": by})).await.assert(200).json();
        assert_eq!((page.periods.len(), page.periods[0].partial, page.grains.len()), (count, true, 3), "{by}");
        assert!(page.periods[0].value.explain.ends_with(newest), "{}", page.periods[0].value.explain);
        owner.get(&page.periods[1].value.explain).await.assert(200);
    }
    let page = owner.get("/kpis/revenue?by=quarter").await.assert(200);
    page.assert_has("Per period").assert_has("so far").assert_lacks("catalogue.");
    owner.get("/kpis/revenue?by=%27--").await.assert(200).assert_has("Months");
}

#[tokio::test]
async fn choices_have_the_values_that_they_would_give() {
    let site = site().await;
    sold(&site, site.world.rob, "1", "shoes").await;
    let page = kpi(&site.owner().await, "revenue").await;
    let choice = page.definitions.iter().find(|d| d.choice == "revenue_of").unwrap();
    let others: Vec<(&str, String)> = choice.others.iter().map(|(o, v)| (o.as_str(), plain(v))).collect();
    assert_eq!(choice.chosen, "template");
    let expected = [("deals", "€1,100"), ("sales", "€1.00"), ("campaigns", "not measurable: no data")];
    assert_eq!(others, expected.map(|(option, value)| (option, value.to_owned())));
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

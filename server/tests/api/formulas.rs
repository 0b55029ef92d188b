//! The organisation's own KPIs: who may write them, what is refused and where, versions, and taking them out of use.

use app::ApiError;
use app::catalogue::api::{Catalogue, FormulaFormView, KpiDetail, KpiLine};
use app::scorecard::api::Explanation;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::json;
use server::entity::{audit, kpi_formula};

use crate::support::{Persona, Site};

/// The seeded one of every site.
const SEEDED: &str = "own_share";

fn fields<'a>(name: &'a str, formula: &'a str) -> Vec<(&'static str, &'a str)> {
    vec![
        ("key", ""),
        ("version", ""),
        ("name_en", name),
        ("name_nl", "Eigen naam"),
        ("explanation", "What it says. And more."),
        ("formula", formula),
        ("better", "up"),
        ("from", ""),
    ]
}

fn change<'a>(key: &'a str, version: &'a str, formula: &'a str, from: &'a str) -> Vec<(&'static str, &'a str)> {
    let mut all = fields("Changed", formula);
    all[0].1 = key;
    all[1].1 = version;
    all[7].1 = from;
    all
}

async fn form(persona: &Persona, key: &str, formula: &str) -> FormulaFormView {
    let typed = json!({"name_en": "Try", "name_nl": "Proef", "formula": formula, "better": "up", "from": "2017-09-01"});
    let query = json!({"query": {"key": key, "typed": typed}});
    persona.post_json("kpis/form", &query).await.assert(200).json()
}

async fn list(persona: &Persona) -> Catalogue {
    let query = json!({"query": {"q": "", "template": "", "perspective": ""}});
    persona.post_json("kpis/list", &query).await.assert(200).json()
}

fn own(catalogue: &Catalogue) -> Vec<&KpiLine> {
    catalogue.groups.iter().filter(|g| g.perspective.is_empty()).flat_map(|g| &g.kpis).collect()
}

fn refused(error: &ApiError) -> Vec<(&str, &str)> {
    match error {
        ApiError::Invalid(all) => all.iter().map(|e| (e.field.as_str(), e.key.as_str())).collect(),
        other => panic!("{other:?}"),
    }
}

async fn count(site: &Site) -> u64 {
    kpi_formula::Entity::find().count(site.db()).await.unwrap()
}

#[tokio::test]
async fn only_owners_and_admins_write_and_everybody_reads() {
    let site = Site::new().await;
    for persona in [site.manager().await, site.rep().await, site.viewer().await] {
        persona.get("/kpis/new").await.assert(403);
        persona.get(&format!("/kpis/{SEEDED}/edit")).await.assert(403);
        persona.post("kpis/save", &fields("Mine", "revenue / deals_won")).await.assert(403);
        persona.post("kpis/retire", &[("key", SEEDED)]).await.assert(403);
        persona.get(&format!("/kpis/{SEEDED}")).await.assert(200).assert_has("Own share").assert_lacks("kpis/retire");
        persona.get("/kpis").await.assert(200).assert_has("Own share").assert_lacks("\"/kpis/new\"");
    }
    let stranger = site.other_tenant().await;
    stranger.get(&format!("/kpis/{SEEDED}")).await.assert(404);
    stranger.get(&format!("/kpis/{SEEDED}/edit")).await.assert(404);
    stranger.get("/kpis").await.assert(200).assert_lacks("Own share");
    site.admin().await.get("/kpis/new").await.assert(200).assert_has("kpis/save");
    assert_eq!(count(&site).await, 1);
}

#[tokio::test]
async fn the_check_says_what_is_wrong_where_and_what_was_meant() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let check = form(&admin, "", "revenue + deals_won").await.check;
    assert_eq!(check.errors[0].key, "formula.error.unit_mismatch");
    assert!(check.errors[0].args.contains(&("left".into(), "money".into())), "{:?}", check.errors);
    assert!(check.marked.is_some() && check.value.is_none());
    let check = form(&admin, "", "2 * revnue").await.check;
    assert_eq!(check.errors[0].key, "formula.error.unknown_name_suggested");
    assert!(check.errors[0].args.contains(&("suggestion".into(), "revenue".into())));
    assert!(check.errors[0].args.contains(&("position".into(), "5".into())));
    assert_eq!(check.marked, Some(("2 * ".into(), "revnue".into(), String::new())));
    for formula in ["(1", "1 +", "revenue / 0", "100 USD + revenue", "revenue * revenue", "max(", "'; --", "é"] {
        let check = form(&admin, "", formula).await.check;
        assert_eq!((check.errors.len(), check.value), (1, None), "{formula}");
    }
    // The page says the same, in both ways of asking.
    let page = admin.get("/kpis/new?formula=2%20*%20revnue").await.assert(200);
    let check = page.body.split("id=\"formula-check\"").nth(1).unwrap_or(&page.body);
    assert!(check.contains("<mark>revnue"), "{check}");
    let page = admin.submit("/kpis/new", "kpis/save", &fields("Wrong", "2 * revnue")).await.assert(422);
    page.assert_has("perhaps revenue").assert_has("<mark>revnue").assert_has("What it says. And more.");
    assert_eq!(count(&site).await, 1, "a preview saves nothing");
}

#[tokio::test]
async fn the_preview_is_computed_on_the_real_data() {
    let site = Site::new().await.on("2016-03-15");
    let view = form(&site.owner().await, "", "amount_won / deals.won * 2").await;
    let plain = |text: Option<String>| text.map(|t| t.replace('\u{a0}', " "));
    // Mia won one deal of 1,000 in the first quarter of 2016.
    assert_eq!(plain(view.check.value).as_deref(), Some("€2,000.00"));
    assert_eq!(view.check.unit, "money");
    assert!(view.check.words.contains('÷'), "{}", view.check.words);
    // What has no facts is not zero.
    let view = form(&site.owner().await, "", "revenue / leads").await;
    assert_eq!(view.check.value.as_deref(), Some("not measurable: no data"));
}

#[tokio::test]
async fn saved_versions_hold_from_their_day_and_the_list_shows_values() {
    let site = Site::new().await.on("2016-03-15");
    let admin = site.admin().await;
    admin.submit("/kpis/new", "kpis/save", &fields("Doubled value", "revenue / deals_won * 2")).await.assert(303);
    let all = list(&site.owner().await).await;
    let line = own(&all).into_iter().find(|k| k.id == "doubled_value").unwrap();
    let today = line.today.clone().unwrap();
    assert_eq!(today.value.map(|v| v.replace('\u{a0}', " ")).as_deref(), Some("€2,000"));
    assert_eq!((line.summary.as_str(), line.unit.as_str()), ("What it says.", "money"));
    // The same name again, a day that is past, a form made from another version.
    let again = admin.post("kpis/save", &fields("Doubled  value", "1")).await.assert(422);
    assert_eq!(refused(&again.json()), [("name_en", "formula.error.name_taken")]);
    let past = admin.post("kpis/save", &change("doubled_value", "1", "revenue", "2016-03-01")).await.assert(422);
    assert_eq!(refused(&past.json()), [("from", "formula.error.from_past")]);
    admin.post("kpis/save", &change("doubled_value", "7", "revenue", "2016-04-01")).await.assert(409);
    admin.post("kpis/save", &change("nothing", "1", "revenue", "2016-04-01")).await.assert(404);
    admin.post("kpis/save", &change("doubled_value", "1", "revenue * 3", "2016-04-01")).await.assert(200);
    let detail = async |site: &Site| -> KpiDetail {
        site.owner().await.post_json("kpis/get", &json!({"id": "doubled_value"})).await.assert(200).json()
    };
    let before = detail(&site).await;
    assert_eq!((before.version, before.formula_ids.as_str()), (1, "revenue / deals_won * 2"));
    let after = detail(&site.on("2016-04-01")).await;
    assert_eq!((after.version, after.formula_ids.as_str()), (2, "revenue * 3"));
    let numbers: Vec<u32> = after.own.unwrap().versions.iter().map(|v| v.0).collect();
    assert_eq!(numbers, [2, 1]);
    let entries = audit::Entity::find().filter(audit::Column::Action.eq("kpi_formula.save"));
    assert_eq!(entries.count(site.db()).await.unwrap(), 2);
}

async fn explained(persona: &Persona, metric: &str, period: &str) -> Explanation {
    let query = json!({"query": {"metric": metric, "person": "", "team": "", "period": period}});
    persona.post_json("scorecard/explain", &query).await.assert(200).json()
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[tokio::test]
async fn an_own_number_opens_to_its_parts_n_certainty_and_version() {
    let site = Site::new().await.on("2016-03-15");
    let admin = site.admin().await;
    let owner = site.owner().await;
    let e = explained(&owner, SEEDED, "2016Q1").await;
    assert_eq!((e.name.as_str(), e.value.as_deref(), e.version), ("Own share", Some("100.0%"), 1));
    assert_eq!(e.n.as_deref(), Some("1 fact"));
    assert!(e.interval.as_deref().unwrap().contains("Wilson"), "{:?}", e.interval);
    let parts: Vec<(&str, &str, &str)> =
        e.parts.iter().map(|p| (p.metric.as_str(), p.value.as_str(), p.href.as_str())).collect();
    assert_eq!(
        parts,
        [
            ("deals_won", "1", "/explain/deals_won?period=2016Q1"),
            ("deals_pursued", "1", "/explain/deals_pursued?period=2016Q1")
        ]
    );
    assert_eq!(e.numbers, "1 ÷ 1 = 100.0%");
    assert!(e.period.partial.is_some() && plain(e.filters.last().unwrap()).contains("Up to 15 Mar 2016"));
    // What is no share says that no interval is stated, and whose n it states; choices come with the parts.
    admin.post("kpis/save", &fields("Value twice", "revenue / deals_won * 2 + amount_lost")).await.assert(200);
    admin.post("kpis/save", &fields("Over own", "value_twice / own_share")).await.assert(200);
    let e = explained(&owner, "value_twice", "2016Q1").await;
    assert_eq!(plain(&e.value.unwrap()), "€2,000");
    assert!(e.interval.unwrap().starts_with("None is stated"));
    assert!(e.n.unwrap().contains("the smallest n of the parts"));
    assert!(e.filters.iter().any(|f| f.starts_with("What revenue is made of")), "{:?}", e.filters);
    let lost = e.parts.iter().find(|p| p.metric == "amount_lost").unwrap();
    assert!(lost.href.is_empty() && !lost.definition.is_empty(), "no KPI is this measure: {lost:?}");
    let e = explained(&owner, "over_own", "2016Q1").await;
    let hrefs: Vec<&str> = e.parts.iter().map(|p| p.href.as_str()).collect();
    assert_eq!(hrefs, ["/explain/value_twice?period=2016Q1", "/explain/own_share?period=2016Q1"]);
    // The list and the page lead there, in both languages, without keys in place of words.
    let page = owner.get("/kpis/over_own?by=quarter").await.assert(200);
    page.assert_has("/explain/over_own?period=2016Q1").assert_lacks("said.").assert_lacks("catalogue.");
    let page = owner.get("/explain/over_own?period=2016Q1").await.assert(200);
    page.assert_has("What it is made of")
        .assert_has("/explain/value_twice")
        .assert_lacks("said.")
        .assert_lacks("explain.");
    // A period without facts is not measurable, and states no interval.
    let e = explained(&owner, SEEDED, "2015Q1").await;
    assert_eq!((e.value, e.interval), (None, None));
}

#[tokio::test]
async fn an_own_number_is_explained_within_the_readers_reach_and_while_it_is_in_use() {
    let site = Site::new().await;
    let (rob, mia) = (site.world.rob, site.world.mia);
    let of = |person: i64| format!("/explain/{SEEDED}?person={person}&period=2016Q1");
    let rep = site.rep().await;
    rep.get(&of(rob)).await.assert(200).assert_has("Own share");
    rep.get(&of(mia)).await.assert(404);
    site.other_tenant().await.get(&of(rob)).await.assert(404);
    site.other_tenant().await.get(&format!("/explain/{SEEDED}")).await.assert(404);
    site.admin().await.post("kpis/retire", &[("key", SEEDED)]).await.assert(200);
    site.owner().await.get(&format!("/explain/{SEEDED}?period=2016Q1")).await.assert(404);
    site.owner().await.get(&format!("/kpis/{SEEDED}")).await.assert(200).assert_has("Out of use");
}

#[tokio::test]
async fn the_page_lists_the_version_that_each_period_used() {
    let site = Site::new().await.on("2016-03-15");
    let admin = site.admin().await;
    admin.post("kpis/save", &fields("Doubled", "deals_won * 2")).await.assert(200);
    admin.post("kpis/save", &change("doubled", "1", "deals_won * 3", "2016-04-01")).await.assert(200);
    let site = site.on("2016-05-01");
    let query = json!({"id": "doubled", "by": "quarter"});
    let page: KpiDetail = site.owner().await.post_json("kpis/get", &query).await.assert(200).json();
    let told: Vec<_> = page.periods[..2].iter().map(|p| (p.version, p.value.value.as_deref(), p.partial)).collect();
    assert_eq!(told, [(Some(2), Some("0"), true), (Some(1), Some("2"), false)]);
    let before = explained(&site.owner().await, "doubled", "2016Q1").await;
    assert_eq!((before.version, before.formula.as_str()), (1, "Deals won × 2"));
}

#[tokio::test]
async fn own_kpis_may_use_each_other_without_circles_and_leave_when_nobody_needs_them() {
    let site = Site::new().await;
    let admin = site.admin().await;
    admin.post("kpis/save", &fields("First one", "revenue / 2")).await.assert(200);
    admin.post("kpis/save", &fields("Second one", "first_one * 3")).await.assert(200);
    let circle = admin.post("kpis/save", &change("first_one", "1", "second_one", "2017-09-01")).await.assert(422);
    assert_eq!(refused(&circle.json()), [("formula", "formula.error.circular")]);
    let breaks = admin.post("kpis/save", &change("first_one", "1", "second_one + 1", "2017-09-01")).await.assert(422);
    assert_eq!(refused(&breaks.json())[0].0, "formula");
    let needed = admin.post("kpis/retire", &[("key", "first_one")]).await.assert(422);
    assert_eq!(refused(&needed.json()), [("", "formula.error.in_use")]);
    admin.post("kpis/retire", &[("key", "second_one")]).await.assert(200);
    admin.post("kpis/retire", &[("key", "second_one")]).await.assert(404);
    admin.get("/kpis/second_one/edit").await.assert(404);
    admin.get("/kpis/second_one").await.assert(200).assert_has("Out of use");
    let all = list(&admin).await;
    assert!(!own(&all).iter().any(|k| k.id == "second_one"));
    // Nothing new may be made of it, and its name is not given again.
    let check = form(&admin, "", "second_one + 1").await.check;
    assert_eq!(check.errors[0].key, "formula.error.retired");
    admin.post("kpis/save", &fields("Second one", "revenue")).await.assert(422);
    let entries = audit::Entity::find().filter(audit::Column::Action.eq("kpi_formula.retire"));
    assert_eq!(entries.count(site.db()).await.unwrap(), 1);
}

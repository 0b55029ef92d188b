//! What scorecards and boards show of each kind of company, and of whom.

use app::scorecard::api::{Scorecard, TeamBoard};
use domain::policy::Scope;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};
use server::entity::organisation;

use crate::support::{Persona, Program, Site};

/// Acme as a company of another kind, with these facts.
async fn site(template: &str, facts: &[(&str, Value)]) -> Site {
    let site = Site::new().await;
    organisation::Entity::update_many()
        .set(organisation::ActiveModel { template: Set(template.to_owned()), ..Default::default() })
        .filter(organisation::Column::Id.eq(site.world.org))
        .exec(site.db())
        .await
        .unwrap();
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    for (kind, rows) in facts {
        program.post(&format!("/facts/{kind}"), &json!({ "rows": rows })).await.assert(200);
    }
    site
}

async fn card(persona: &Persona, person: i64) -> Scorecard {
    let query = json!({"query": {"person": person.to_string(), "period": "2017Q2", "trend": ""}});
    persona.post_json("scorecard/person", &query).await.assert(200).json()
}

async fn board(persona: &Persona, team: &str) -> TeamBoard {
    let query = json!({"query": {"team": team, "period": "2017Q2", "trend": ""}});
    persona.post_json("scorecard/team", &query).await.assert(200).json()
}

fn value(card: &Scorecard, metric: &str) -> Option<String> {
    let kpi = card.perspectives.iter().flat_map(|p| &p.kpis).find(|kpi| kpi.metric == metric)?;
    Some(plain(kpi.value.as_deref().or(kpi.why.as_deref()).unwrap()))
}

fn total(board: &TeamBoard, metric: &str) -> Option<String> {
    let kpi = board.totals.iter().find(|kpi| kpi.metric == metric)?;
    Some(plain(kpi.value.as_deref().or(kpi.why.as_deref()).unwrap()))
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

fn columns(board: &app::scorecard::api::BoardRows) -> Vec<&str> {
    board.columns.iter().map(|column| column.metric.as_str()).collect()
}

#[tokio::test]
async fn a_company_with_subscriptions_sees_recurring_revenue_first() {
    let subscription = |id: &str, customer: &str, start: &str, amount: &str, person: &str| {
        json!({ "external_id": id, "customer": customer, "start": start, "amount": amount, "interval": "month",
            "currency": "EUR", "person": person })
    };
    let rows = json!([
        subscription("S-1", "One", "2017-01-10", "100", "Rob Rep"),
        subscription("S-2", "Two", "2017-05-10", "40", "Rob Rep"),
        subscription("S-3", "Three", "2017-05-20", "25", "Ria Rep"),
    ]);
    let site = site("saas", &[("subscriptions", rows)]).await;
    let rep = site.rep().await;
    let found = card(&rep, site.world.rob).await;
    assert_eq!(found.perspectives[0].kpis[0].metric, "mrr");
    assert_eq!(value(&found, "mrr").as_deref(), Some("€140.00"));
    assert_eq!(value(&found, "mrr_new").as_deref(), Some("€40.00"));
    assert_eq!(value(&found, "gross_mrr_churn_rate").as_deref(), Some("0.0%"));
    assert_eq!(value(&found, "win_rate").as_deref(), Some("not measurable: nothing decided"));
    // Of answers of customers the organisation keeps none.
    assert_eq!(value(&found, "nps"), None);
    let verdict = plain(&found.verdict);
    assert!(verdict.contains("(MRR): €140.00; ") && verdict.contains("(was €100.00)"), "{verdict}");
    assert!(found.trends.iter().any(|t| t.0 == "mrr" && t.2) && found.elsewhere.is_none());
    assert!(rep.get("/scorecard/me?period=2017Q2").await.assert(200).body.contains("MRR"));
    let of_team = board(&site.manager().await, &site.world.east.to_string()).await;
    assert_eq!(total(&of_team, "mrr").as_deref(), Some("€165.00"));
    let people = of_team.people.unwrap();
    assert_eq!(columns(&people), ["mrr", "revenue", "deals_won", "win_rate"]);
    let exact = |name: &str| people.rows.iter().find(|row| row.name == name).unwrap().exact[0].value.clone();
    assert_eq!((exact("Ria Rep").as_deref(), exact("Rob Rep").as_deref()), (Some("25.00"), Some("140.00")));
    let page = format!("/export/teams/{}?period=2017Q2&format=csv", site.world.east);
    site.manager().await.get(&page).await.assert(200).assert_has(",mrr,165.00,");
}

#[tokio::test]
async fn without_subscriptions_nothing_is_said_of_recurring_revenue() {
    let site = site("saas", &[]).await;
    let found = card(&site.rep().await, site.world.rob).await;
    assert_eq!(value(&found, "mrr"), None);
    assert_eq!(value(&found, "deals_won").as_deref(), Some("0"));
}

#[tokio::test]
async fn campaigns_are_the_organisations_and_the_pages_of_others_say_so() {
    let rows = json!([
        { "date": "2017-05-02", "campaign": "Spring", "channel": "search", "spend": "100", "clicks": 80, "leads": 4 },
        { "date": "2017-05-03", "campaign": "Spring", "channel": "search", "spend": "50", "clicks": 20, "leads": 2 },
    ]);
    let site = site("agency", &[("campaign_days", rows)]).await;
    let owner = site.owner().await;
    let whole = board(&owner, "").await;
    assert_eq!(whole.totals[0].metric, "cpl");
    assert_eq!(total(&whole, "cpl").as_deref(), Some("€25.00"));
    assert_eq!(total(&whole, "leads").as_deref(), Some("6"));
    assert!(whole.elsewhere.is_none());
    // Campaigns name no team, so no column says that a team has 0 leads.
    assert!(!columns(&whole.subteams).contains(&"leads"), "{:?}", columns(&whole.subteams));
    for found in [board(&owner, &site.world.east.to_string()).await, board(&site.manager().await, "").await] {
        assert_eq!((total(&found, "cpl"), total(&found, "leads")), (None, None), "{}", found.name);
        assert!(found.elsewhere.unwrap().label.contains("Cost per lead"));
    }
    let mine = card(&site.rep().await, site.world.rob).await;
    assert_eq!((value(&mine, "cpl"), value(&mine, "leads")), (None, None));
    assert_eq!(value(&mine, "deals_won").as_deref(), Some("0"));
    // A rep may not open the organisation's board; an owner may.
    assert_eq!(mine.elsewhere.unwrap().href, "");
    assert!(card(&owner, site.world.rob).await.elsewhere.unwrap().href.starts_with("/teams?period="));
    site.rep().await.get("/scorecard/me").await.assert(200).assert_has("Campaigns belong to no person or team");
}

#[tokio::test]
async fn leads_with_a_person_are_that_persons() {
    let rows = json!([
        { "external_id": "L-1", "created_on": "2017-05-02", "person": "Rob Rep", "qualified": true },
        { "external_id": "L-2", "created_on": "2017-05-03", "person": "Rob Rep", "qualified": false },
        { "external_id": "L-3", "created_on": "2017-05-03", "person": "Ria Rep", "qualified": true },
    ]);
    let site = site("agency", &[("leads", rows)]).await;
    let found = card(&site.rep().await, site.world.rob).await;
    assert_eq!(value(&found, "leads").as_deref(), Some("2"));
    assert_eq!(value(&found, "qualified_share").as_deref(), Some("50.0%"));
}

#[tokio::test]
async fn a_shop_sees_baskets_first() {
    let line = |transaction: &str, product: &str, price: &str, person: &str| {
        json!({ "transaction": transaction, "date": "2017-05-02", "quantity": "1", "unit_price": price,
            "product": product, "person": person, "currency": "EUR" })
    };
    let rows = json!([
        line("T-1", "Coat", "80", "Rob Rep"),
        line("T-1", "Scarf", "20", "Rob Rep"),
        line("T-2", "Belt", "30", "Rob Rep"),
        line("T-3", "Hat", "10", "Ria Rep"),
    ]);
    let site = site("retail", &[("sales_lines", rows)]).await;
    let found = card(&site.rep().await, site.world.rob).await;
    assert_eq!(found.perspectives[0].kpis[0].metric, "atv");
    assert_eq!(value(&found, "atv").as_deref(), Some("€65.00"));
    assert_eq!(value(&found, "upt").as_deref(), Some("1.5"));
    assert_eq!(value(&found, "revenue").as_deref(), Some("€130.00"));
    assert_eq!(value(&found, "win_rate"), None);
    let nothing = card(&site.owner().await, site.world.wim).await;
    assert_eq!(value(&nothing, "atv").as_deref(), Some("not measurable: there is nothing to divide by"));
}

#[tokio::test]
async fn an_own_kpi_stands_where_an_administrator_put_it() {
    let site = Site::new().await;
    let (admin, rob) = (site.admin().await, site.world.rob);
    assert_eq!(value(&card(&site.rep().await, rob).await, "own_share"), None);
    let place = |perspective: &'static str| [("key", "own_share"), ("perspective", perspective)];
    for persona in [site.manager().await, site.rep().await, site.viewer().await] {
        persona.post("kpis/show", &place("customer")).await.assert(403);
    }
    admin.post("kpis/show", &place("moon")).await.assert(422);
    admin.post("kpis/show", &[("key", "no_such"), ("perspective", "customer")]).await.assert(404);
    admin.post("kpis/show", &place("customer")).await.assert(200);
    let found = card(&site.rep().await, rob).await;
    let customer = found.perspectives.iter().find(|p| p.code == "customer").unwrap();
    let own = customer.kpis.iter().find(|kpi| kpi.metric == "own_share").unwrap();
    assert_eq!((own.name.as_str(), own.spark.len()), ("Own share", 12));
    assert!(own.explain.contains("/explain/own_share?"), "{}", own.explain);
    let of_team = board(&site.manager().await, &site.world.east.to_string()).await;
    assert!(of_team.totals.iter().any(|kpi| kpi.metric == "own_share"));
    let page = format!("/export/scorecard/{rob}?period=2017Q2&format=csv");
    admin.get(&page).await.assert(200).assert_has("Own share,own_share");
    admin.get("/kpis/own_share").await.assert(200).assert_has("On scorecards");
    admin.post("kpis/show", &place("")).await.assert(200);
    assert_eq!(value(&card(&site.rep().await, rob).await, "own_share"), None);
}

//! Facts as they are stored: found, corrected by the rules of a file, with their history, and removed.

use app::facts::api::{FactList, FactView};
use app::scorecard::api::Explanation;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use server::entity::{activity, audit, exchange_rate, fact_change, sales_line};

use crate::support::{Answer, Persona, Site};

async fn list(who: &Persona, kind: &str, search: &str, from: &str) -> FactList {
    let query =
        json!({ "query": { "kind": kind, "search": search, "from": from, "to": "", "person": "", "after": "" } });
    who.post_json("facts/list", &query).await.assert(200).json()
}

async fn see(who: &Persona, id: i64) -> FactView {
    let asked = json!({ "kind": "activities", "id": id.to_string() });
    who.post_json("facts/fact", &asked).await.assert(200).json()
}

async fn save(who: &Persona, kind: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("kind", kind)];
    all.extend_from_slice(fields);
    who.post("facts/save", &all).await
}

#[tokio::test]
async fn a_correction_keeps_what_was_and_a_page_shows_it() {
    let site = Site::new().await;
    let (admin, id) = (site.admin().await, site.world.fact);
    let text = id.to_string();
    admin.get(&format!("/facts/activities/{id}")).await.assert(200).assert_has("2017-03-01").assert_lacks("History");
    let fields = [
        ("id", text.as_str()),
        ("changed_at", "0"),
        ("fields[date]", "2017-03-02"),
        ("fields[person]", "Wim West"),
        ("fields[type]", "call"),
        ("fields[count]", "9"),
    ];
    save(&admin, "activities", &fields).await.assert(200);
    let stored = activity::Entity::find().filter(activity::Column::Id.eq(id)).one(site.db()).await.unwrap().unwrap();
    assert_eq!((stored.count, stored.import_id), (9, None));
    assert_eq!(stored.day, i64::from("2017-03-02".parse::<domain::Date>().unwrap().day_number()));
    let view = see(&admin, id).await;
    assert_eq!(view.history.len(), 1);
    let before: Vec<_> = view.history[0].before.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    assert_eq!(before, [("date", "2017-03-01"), ("count", "8")]);
    assert!(!view.history[0].by.is_empty());
    admin.get(&format!("/facts/activities/{id}")).await.assert(200).assert_has("Stood here before");
    // The form of another tab is older than what is stored now.
    save(&admin, "activities", &fields).await.assert(409);
    assert_eq!(fact_change::Entity::find().all(site.db()).await.unwrap().len(), 1);
    let told = audit::Entity::find().filter(audit::Column::Action.eq("fact.correct")).all(site.db()).await.unwrap();
    assert_eq!(told.len(), 1);
}

#[tokio::test]
async fn the_rules_of_a_file_hold_for_a_form() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let remarks = async |kind: &str, fields: &[(&str, &str)]| save(&admin, kind, fields).await.assert(422).remarks();
    let call = [("fields[date]", "2017-03-01"), ("fields[person]", "Wim West"), ("fields[type]", "call")];
    assert_eq!(remarks("activities", &call).await[0].1, "imports.remark", "there is one of that day already");
    let wrong = [("fields[date]", "2017-02-30"), ("fields[person]", "Wim West"), ("fields[type]", "call")];
    assert_eq!(remarks("activities", &wrong).await[0].0, "fields[date]");
    let nobody = [("fields[date]", "2017-02-03"), ("fields[person]", "Nobody"), ("fields[type]", "call")];
    assert_eq!(remarks("activities", &nobody).await[0].0, "fields[person]");
    let long = "x".repeat(2_001);
    let long = [("fields[date]", "2017-02-03"), ("fields[title]", long.as_str())];
    assert_eq!(remarks("events", &long).await[0].0, "fields[title]");
    assert!(fact_change::Entity::find().all(site.db()).await.unwrap().is_empty());
    for kind in ["deals", "people", "nonsense"] {
        save(&admin, kind, &call).await.assert(404);
        admin.get(&format!("/facts/{kind}")).await.assert(404);
    }
}

#[tokio::test]
async fn new_facts_are_found_by_text_and_day_and_can_be_removed() {
    let site = Site::new().await;
    let admin = site.admin().await;
    for (day, shop) in [("2017-03-01", "100% wool"), ("2017-04-01", "North")] {
        let fields = [
            ("fields[transaction]", "T1"),
            ("fields[date]", day),
            ("fields[quantity]", "1.5"),
            ("fields[unit_price]", "10"),
            ("fields[shop]", shop),
        ];
        save(&admin, "sales_lines", &fields).await.assert(200);
    }
    let all = list(&admin, "sales_lines", "", "").await;
    assert_eq!(all.rows.len(), 2);
    assert!(all.columns.contains(&"shop".to_owned()) && !all.columns.contains(&"country".to_owned()));
    assert_eq!(list(&admin, "sales_lines", "100%", "").await.rows.len(), 1, "% is a sign and no pattern");
    assert_eq!(list(&admin, "sales_lines", "NORTH", "").await.rows.len(), 1);
    assert_eq!(list(&admin, "sales_lines", "", "2017-03-15").await.rows.len(), 1);
    let bad =
        json!({ "query": { "kind": "sales_lines", "search": "", "from": "x", "to": "", "person": "", "after": "" } });
    admin.post_json("facts/list", &bad).await.assert(422);
    let id = all.rows[0].id.to_string();
    admin.post("facts/remove", &[("kind", "sales_lines"), ("id", &id)]).await.assert(200);
    assert_eq!(sales_line::Entity::find().all(site.db()).await.unwrap().len(), 1);
    admin.get(&format!("/facts/sales_lines/{id}")).await.assert(404);
    let told = audit::Entity::find().filter(audit::Column::Action.eq("fact.remove")).one(site.db()).await.unwrap();
    assert!(told.unwrap().detail.contains("T1"));
}

#[tokio::test]
async fn a_rate_by_hand_converts_what_was_there() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let line = [
        ("fields[transaction]", "T1"),
        ("fields[date]", "2017-03-01"),
        ("fields[quantity]", "1"),
        ("fields[unit_price]", "10"),
        ("fields[currency]", "USD"),
    ];
    save(&admin, "sales_lines", &line).await.assert(200);
    let amount = async || sales_line::Entity::find().one(site.db()).await.unwrap().unwrap().reporting_micros;
    assert_eq!(amount().await, None);
    let rate = [("fields[date]", "2017-01-01"), ("fields[currency]", "USD"), ("fields[rate]", "0.95")];
    save(&admin, "rates", &rate).await.assert(200);
    assert_eq!(amount().await, Some(9_500_000));
    let id = exchange_rate::Entity::find().one(site.db()).await.unwrap().unwrap().id.to_string();
    admin.post("facts/remove", &[("kind", "rates"), ("id", &id)]).await.assert(200);
    assert_eq!(amount().await, None);
}

#[tokio::test]
async fn a_manager_sees_and_corrects_facts_of_own_people_only() {
    let site = Site::new().await;
    let manager = site.manager().await;
    assert_eq!(list(&manager, "activities", "", "").await.rows, []);
    let of = |person| [("fields[date]", "2017-05-01"), ("fields[person]", person), ("fields[type]", "call")];
    save(&manager, "activities", &of("Rob Rep")).await.assert(200);
    assert_eq!(list(&manager, "activities", "", "").await.rows.len(), 1);
    save(&manager, "activities", &of("Wim West")).await.assert(422);
    let rate = [("fields[date]", "2017-01-01"), ("fields[currency]", "USD"), ("fields[rate]", "0.95")];
    save(&manager, "rates", &rate).await.assert(422);
    assert_eq!(list(&manager, "rates", "", "").await.rows, []);
}

#[tokio::test]
async fn what_was_typed_comes_back_with_the_remark() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let fields =
        [("kind", "events"), ("fields[date]", "2017-02-03"), ("fields[title]", "Fair"), ("fields[scope]", "everybody")];
    let page = admin.submit("/facts/events/new", "facts/save", &fields).await.assert(422);
    page.assert_has("Write column=value").assert_has("value=\"everybody\"").assert_has("value=\"Fair\"");
}

#[tokio::test]
async fn a_number_leads_to_the_facts_behind_it() {
    let site = Site::new().await;
    let wim: i64 = {
        let stored = activity::Entity::find().filter(activity::Column::Id.eq(site.world.fact));
        stored.one(site.db()).await.unwrap().unwrap().person_id.unwrap()
    };
    let explained = async |who: &Persona, person: &str| -> Explanation {
        let query = json!({ "query": { "metric": "activities", "person": person, "team": "", "period": "2017Q1" } });
        who.post_json("scorecard/explain", &query).await.assert(200).json()
    };
    let owner = site.owner().await;
    let of_wim = explained(&owner, &wim.to_string()).await;
    let href = format!("/facts/activities?from=2017-01-01&to=2017-03-31&person={wim}");
    assert_eq!(of_wim.records.iter().map(|link| link.href.as_str()).collect::<Vec<_>>(), [href.as_str()]);
    owner.get(&href).await.assert(200).assert_has("Wim West").assert_has("Only facts of");
    // Whoever brings no facts in has no list of them.
    let rep = explained(&site.rep().await, "me").await;
    assert!(rep.records.is_empty(), "{:?}", rep.records);
    // Of somebody whose facts a manager does not bring in nothing is shown, not even the name.
    let manager = site.manager().await;
    manager.get(&href).await.assert(200).assert_lacks("Wim West").assert_lacks("Only facts of");
    owner.get("/facts/activities?person=x").await.assert(200).assert_lacks("Wim West");
}

//! Facts as they are stored: found, corrected by the rules of a file, with their history, and removed.

use app::facts::api::{FactList, FactView};
use app::scorecard::api::Explanation;
use domain::policy::Scope;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;
use server::entity::{activity, audit, deal, deal_credit, exchange_rate, fact_change, lead, sales_line};

use crate::support::{Answer, Persona, Program, Site};

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
async fn of_two_corrections_at_once_one_is_told_of_the_other() {
    let site = Site::new().await;
    let id = site.world.fact.to_string();
    let mut changed_at = "0".to_owned();
    for round in 1..10 {
        let admin = site.on(&format!("2017-08-2{round}")).admin().await;
        let fields = |day: &'static str| {
            let fields = [("id", id.as_str()), ("changed_at", changed_at.as_str()), ("fields[date]", day)];
            let rest = [("fields[person]", "Wim West"), ("fields[type]", "call"), ("fields[count]", "9")];
            [fields, rest].concat()
        };
        let days = if round % 2 == 0 { ["2017-03-05", "2017-04-06"] } else { ["2017-05-07", "2017-06-08"] };
        let [first, second] = days.map(fields);
        let (a, b) = tokio::join!(save(&admin, "activities", &first), save(&admin, "activities", &second));
        let mut answers = [a.status.as_u16(), b.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [200, 409], "round {round}");
        changed_at = see(&admin, site.world.fact).await.changed_at.to_string();
    }
    let checks = server::verify::verify(site.db(), domain::OrgId::new(site.world.org)).await.unwrap();
    let wrong: Vec<_> = checks.into_iter().filter(|check| !check.differences.is_empty()).collect();
    assert_eq!(wrong, []);
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
    for kind in ["people", "nonsense"] {
        save(&admin, kind, &call).await.assert(404);
        admin.get(&format!("/facts/{kind}")).await.assert(404);
    }
    // Deals have a list of their own.
    admin.get("/facts/deals").await.assert(404);
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
    // A rep reads those behind their own number, and changes none of them.
    let rep = site.rep().await;
    let own = explained(&rep, "me").await;
    let href_of_rob = format!("/facts/activities?from=2017-01-01&to=2017-03-31&person={}", site.world.rob);
    assert_eq!(own.records.iter().map(|link| link.href.as_str()).collect::<Vec<_>>(), [href_of_rob.as_str()]);
    // Of somebody whose facts a manager does not bring in nothing is shown, not even the name.
    let manager = site.manager().await;
    manager.get(&href).await.assert(200).assert_lacks("Wim West").assert_lacks("Only facts of");
    owner.get("/facts/activities?person=x").await.assert(200).assert_lacks("Wim West");
}

/// Calls of Rob on a day, made by the owner.
async fn call_of_rob(site: &Site, day: &str) {
    let of = [("fields[date]", day), ("fields[person]", "Rob Rep"), ("fields[type]", "call"), ("fields[count]", "3")];
    save(&site.owner().await, "activities", &of).await.assert(200);
}

#[tokio::test]
async fn whoever_sees_a_number_reads_the_facts_behind_it() {
    let site = Site::new().await;
    call_of_rob(&site, "2017-03-02").await;
    let rows = async |who: &Persona, more: serde_json::Value| -> FactList {
        let mut query = json!({ "kind": "activities" });
        query.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        who.post_json("facts/list", &json!({ "query": query })).await.assert(200).json()
    };
    let (rep, manager, owner) = (site.rep().await, site.manager().await, site.owner().await);
    let own = rows(&rep, json!({})).await;
    assert_eq!((own.rows.len(), own.may_add, own.rows[0].may_change), (1, false, false));
    let (rob, east, west) = (site.world.rob.to_string(), site.world.east.to_string(), site.world.west.to_string());
    assert_eq!(rows(&rep, json!({ "person": site.world.wim.to_string() })).await.rows, []);
    let of_team = rows(&manager, json!({ "team": east })).await;
    assert_eq!((of_team.rows.len(), of_team.may_add, of_team.rows[0].may_change), (1, true, true));
    assert_eq!(rows(&manager, json!({ "team": west })).await.rows, []);
    assert_eq!(rows(&owner, json!({ "team": west })).await.rows.len(), 1);
    assert_eq!(rows(&owner, json!({ "team": "x" })).await.rows, []);
    let page = rep.get(&format!("/facts/activities?person={rob}")).await.assert(200);
    page.assert_has("Rob Rep")
        .assert_lacks("New fact")
        .assert_lacks("href=\"/facts/activities/")
        .assert_lacks("/imports");
    rep.get(&format!("/export/facts/activities?person={rob}&format=csv")).await.assert(200).assert_has("Rob Rep");
    rep.get(&format!("/facts/activities/{}", own.rows[0].id)).await.assert(403);
    // The number of a team leads to the facts of its people; of what is nobody's only the whole knows.
    let explained = async |who: &Persona, metric: &str, team: &str| -> Vec<String> {
        let query = json!({ "query": { "metric": metric, "person": "", "team": team, "period": "2017Q1" } });
        let explained: Explanation = who.post_json("scorecard/explain", &query).await.assert(200).json();
        explained.records.into_iter().map(|link| link.href).collect()
    };
    let href = format!("/facts/activities?from=2017-01-01&to=2017-03-31&team={east}");
    assert_eq!(explained(&manager, "activities", &east).await.join(" "), href);
    manager.get(&href).await.assert(200).assert_has("Rob Rep").assert_has("Sales / East");
    assert_eq!(explained(&rep, "activities", &east).await, [""; 0], "a total of the own team has no names");
    assert_eq!(explained(&owner, "spend", "").await, ["/facts/campaign_days?from=2017-01-01&to=2017-03-31"]);
    assert_eq!(explained(&manager, "spend", "").await, [""; 0]);
    // The nav says where facts belong to whoever brings them in.
    manager.get(&href).await.assert(200).assert_has("href=\"/imports\" aria-current=\"page\"");
}

#[tokio::test]
async fn a_deal_is_corrected_by_hand_with_its_history() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let new = [
        ("fields[external_id]", "H-1"),
        ("fields[person]", "Rob Rep=60;Ria Rep=40"),
        ("fields[status]", "won"),
        ("fields[closed_on]", "2017-05-01"),
        ("fields[amount]", "1000.50"),
        ("fields[account]", "Hooli"),
        ("fields[discount_pct]", "5 %"),
    ];
    save(&admin, "deals", &new).await.assert(200);
    assert_eq!(save(&admin, "deals", &new).await.assert(422).remarks()[0].0, "fields[external_id]", "once only");
    let stored = async || deal::Entity::find().filter(deal::Column::ExternalId.eq("H-1")).one(site.db()).await.unwrap();
    let first = stored().await.unwrap();
    let (id, changed_at) = (first.id.to_string(), first.updated_at.to_string());
    let revenue = async || -> String {
        let query = json!({ "query": { "metric": "deals_revenue", "person": "", "team": "", "period": "2017Q2" } });
        let explained: Explanation = admin.post_json("scorecard/explain", &query).await.assert(200).json();
        explained.value.unwrap_or_default().replace('\u{a0}', " ")
    };
    assert!(revenue().await.contains("1,000"), "{}", revenue().await);
    // The form holds what is stored, in the spelling of a file.
    let form = admin.get(&format!("/facts/deals/{id}")).await.assert(200);
    form.assert_has("Rob Rep=60;Ria Rep=40").assert_has("value=\"1000.5\"").assert_has("value=\"5 %\"");
    let mut fields: Vec<(&str, &str)> = vec![("id", &id), ("changed_at", &changed_at)];
    fields.extend(new);
    let at = fields.iter().position(|(name, _)| *name == "fields[amount]").unwrap();
    fields[at].1 = "900";
    save(&admin, "deals", &fields).await.assert(200);
    assert!(revenue().await.contains("900"), "stored sums follow: {}", revenue().await);
    let view: FactView = admin.post_json("facts/fact", &json!({ "kind": "deals", "id": id })).await.assert(200).json();
    assert_eq!(view.history.len(), 1);
    assert_eq!(view.history[0].before, [("amount".to_owned(), "1000.5".to_owned())]);
    assert!(!view.history[0].by.is_empty());
    // Another key is another deal, and an older form is refused.
    let now = stored().await.unwrap().updated_at.to_string();
    fields[1].1 = &now;
    fields[2].1 = "H-2";
    assert_eq!(save(&admin, "deals", &fields).await.assert(422).remarks()[0].1, "facts.key_stays");
    (fields[1].1, fields[2].1) = ("1", "H-1");
    save(&admin, "deals", &fields).await.assert(409);
    // Who sees it and who may change it are two things.
    let page = format!("/deals/{id}");
    site.rep().await.get(&page).await.assert(200).assert_lacks("/facts/deals/");
    site.manager().await.get(&page).await.assert(200).assert_has(&format!("/facts/deals/{id}"));
    site.rep().await.post("facts/remove", &[("kind", "deals"), ("id", &id)]).await.assert(403);
    site.other_tenant().await.post("facts/remove", &[("kind", "deals"), ("id", &id)]).await.assert(404);
    admin.post("facts/remove", &[("kind", "deals"), ("id", &id)]).await.assert(200);
    assert!(stored().await.is_none() && deal_credit::Entity::find().all(site.db()).await.unwrap().is_empty());
    assert!(!revenue().await.contains("900"), "{}", revenue().await);
    let told = audit::Entity::find().filter(audit::Column::Action.eq("fact.remove")).one(site.db()).await.unwrap();
    assert!(told.unwrap().detail.contains("H-1"));
}

#[tokio::test]
async fn changes_of_one_deal_at_the_same_time_leave_the_stored_sums_right() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let new = [
        ("fields[external_id]", "T-1"),
        ("fields[person]", "Rob Rep"),
        ("fields[status]", "won"),
        ("fields[closed_on]", "2017-05-01"),
        ("fields[amount]", "1000"),
    ];
    save(&admin, "deals", &new).await.assert(200);
    let deal = deal::Entity::find().filter(deal::Column::ExternalId.eq("T-1")).one(site.db()).await.unwrap().unwrap();
    let (id, changed_at) = (deal.id.to_string(), deal.updated_at.to_string());
    let correct = async |amount| {
        let mut fields = vec![("id", id.as_str()), ("changed_at", changed_at.as_str())];
        fields
            .extend(new.into_iter().filter(|(name, _)| *name != "fields[amount]").chain([("fields[amount]", amount)]));
        save(&admin, "deals", &fields).await
    };
    let wrong = async || server::rollup::compare(site.db(), site.world.org.into()).await.unwrap().1;
    tokio::join!(correct("10"), correct("20"), correct("30"));
    assert_eq!(wrong().await, [""; 0], "a correction counts from what is stored, not from what was read before");
    let remove = async || admin.post("facts/remove", &[("kind", "deals"), ("id", &id)]).await;
    let answers = tokio::join!(remove(), remove(), remove());
    assert_eq!(wrong().await, [""; 0], "a deal goes once");
    let gone = [answers.0, answers.1, answers.2].iter().filter(|answer| answer.status == 200).count();
    assert_eq!(gone, 1);
}

#[tokio::test]
async fn a_manager_corrects_deals_of_own_people_only() {
    let site = Site::new().await;
    let manager = site.manager().await;
    let of = |person| {
        let key: &str = if person == "Rob Rep" { "M-1" } else { "M-2" };
        [("fields[external_id]", key), ("fields[person]", person), ("fields[status]", "open")]
    };
    save(&manager, "deals", &of("Rob Rep")).await.assert(200);
    save(&manager, "deals", &of("Wim West")).await.assert(422);
    save(&manager, "deals", &of("Rob Rep=50;Wim West=50")).await.assert(422);
    save(&site.admin().await, "deals", &of("Rob Rep=50;Wim West=50")).await.assert(200);
    let shared = deal::Entity::find().filter(deal::Column::ExternalId.eq("M-2")).one(site.db()).await.unwrap().unwrap();
    manager.get(&format!("/facts/deals/{}", shared.id)).await.assert(404);
    manager.get(&format!("/deals/{}", shared.id)).await.assert(200).assert_lacks("/facts/deals/");
}

#[tokio::test]
async fn deals_are_found_by_a_text() {
    let site = Site::new().await;
    let admin = site.admin().await;
    for (key, account) in [("S-1", "100% Wool"), ("S-2", "Hooli")] {
        let fields = [
            ("fields[external_id]", key),
            ("fields[person]", "Rob Rep"),
            ("fields[status]", "won"),
            ("fields[closed_on]", "2017-05-01"),
            ("fields[amount]", "10"),
            ("fields[account]", account),
        ];
        save(&admin, "deals", &fields).await.assert(200);
    }
    let page = "/deals?period=2017Q2&part=won";
    admin.get(page).await.assert(200).assert_has("S-1").assert_has("S-2").assert_has("2 deals").assert_has("New deal");
    let found = admin.get(&format!("{page}&q=100%25")).await.assert(200);
    found.assert_has("S-1").assert_lacks("S-2").assert_lacks("2 deals").assert_has("value=\"100%\"");
    admin.get(&format!("{page}&q=HOOLI")).await.assert(200).assert_has("S-2").assert_lacks("S-1");
    admin.get(&format!("/export{page}&q=hooli&format=csv")).await.assert(200).assert_has("S-2").assert_lacks("S-1");
    site.rep().await.get(page).await.assert(200).assert_lacks("New deal");
}

#[tokio::test]
async fn a_line_that_was_put_right_does_not_come_back_with_its_file() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let line = json!({ "transaction": "T9", "date": "2017-03-01", "quantity": "1", "unit_price": "10" });
    let file = json!({ "rows": [line, line] });
    program.post("/facts/sales_lines", &file).await.assert(200).assert_has("\"created\":2");
    let first = sales_line::Entity::find().one(site.db()).await.unwrap().unwrap();
    let correct = async |id: i64, changed_at: i64, day: &str, price: &str| {
        let (id, changed_at) = (id.to_string(), changed_at.to_string());
        let fields = [
            ("id", id.as_str()),
            ("changed_at", changed_at.as_str()),
            ("fields[transaction]", "T9"),
            ("fields[date]", day),
            ("fields[quantity]", "1"),
            ("fields[unit_price]", price),
        ];
        save(&admin, "sales_lines", &fields).await
    };
    correct(first.id, first.updated_at, "2017-03-02", "12").await.assert(200);
    program.post("/facts/sales_lines", &file).await.assert(200).assert_has("\"unchanged\":2");
    let stored = async || {
        let all = sales_line::Entity::find().all(site.db()).await.unwrap();
        let mut all: Vec<_> = all.into_iter().map(|l| (l.day, l.amount_micros)).collect();
        all.sort_unstable();
        all
    };
    let day = |text: &str| i64::from(text.parse::<domain::Date>().unwrap().day_number());
    let corrected = [(day("2017-03-01"), 10_000_000), (day("2017-03-02"), 12_000_000)];
    assert_eq!(stored().await, corrected, "both lines are there, once each");
    // A file that is right by now says nothing new either.
    let right = json!({ "transaction": "T9", "date": "2017-03-02", "quantity": "1", "unit_price": "12" });
    program.post("/facts/sales_lines", &json!({ "rows": [line, right] })).await.assert(200);
    assert_eq!(stored().await, corrected);
    // Once it is removed, its file brings it again.
    let id = first.id.to_string();
    admin.post("facts/remove", &[("kind", "sales_lines"), ("id", &id)]).await.assert(200);
    program.post("/facts/sales_lines", &file).await.assert(200).assert_has("\"created\":1");
}

#[tokio::test]
async fn a_key_of_the_source_stays_in_every_kind() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let lead = [("fields[external_id]", "L1"), ("fields[created_on]", "2017-03-01")];
    save(&admin, "leads", &lead).await.assert(200);
    let stored = lead::Entity::find().one(site.db()).await.unwrap().unwrap();
    let (id, changed_at) = (stored.id.to_string(), stored.updated_at.to_string());
    let known = [("id", id.as_str()), ("changed_at", changed_at.as_str())];
    let other = [&known[..], &[("fields[external_id]", "L2"), ("fields[created_on]", "2017-03-01")]].concat();
    let remarks = save(&admin, "leads", &other).await.assert(422).remarks();
    assert_eq!(remarks, [("fields[external_id]".to_owned(), "facts.key_stays".to_owned())]);
    let later = [&known[..], &[("fields[external_id]", "L1"), ("fields[created_on]", "2017-03-05")]].concat();
    save(&admin, "leads", &later).await.assert(200);
}

//! Columns of the organisation's own: seen, filtered by, corrected, told in the history and in files, like any other.

use app::facts::api::{FactList, FactView};
use domain::policy::Scope;
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};
use server::entity::{activity, deal, sales_line};

use crate::support::{Persona, Program, Site};

async fn list(who: &Persona, kind: &str, filters: Value) -> FactList {
    let query = json!({ "query": { "kind": kind, "filters": filters } });
    who.post_json("facts/list", &query).await.assert(200).json()
}

async fn see(who: &Persona, kind: &str, id: i64) -> FactView {
    who.post_json("facts/fact", &json!({ "kind": kind, "id": id.to_string() })).await.assert(200).json()
}

/// Corrects one field of a fact; the others are sent as the form has them.
async fn correct(who: &Persona, kind: &str, id: i64, field: &str, value: &str) {
    let view = see(who, kind, id).await;
    let (id, changed_at) = (id.to_string(), view.changed_at.to_string());
    let named: Vec<(String, String)> = view
        .fields
        .iter()
        .map(|f| (format!("fields[{}]", f.name), if f.name == field { value } else { f.value.as_str() }.to_owned()))
        .collect();
    let mut all = vec![("kind", kind), ("id", id.as_str()), ("changed_at", changed_at.as_str())];
    all.extend(named.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    who.post("facts/save", &all).await.assert(200);
}

async fn site() -> Site {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let row = |day: &str, who: &str, room: Option<&str>| json!({ "date": day, "person": who, "type": "demo", "count": 1, "attributes.room": room });
    let rows = json!({ "rows": [
        row("2017-05-01", "Rob Rep", Some("blue")),
        row("2017-05-02", "Rob Rep", Some("red")),
        row("2017-05-03", "Wim West", None),
    ]});
    program.post("/facts/activities", &rows).await.assert(200);
    site
}

#[tokio::test]
async fn they_are_seen_and_filtered_by() {
    let site = site().await;
    let admin = site.admin().await;
    let all = list(&admin, "activities", json!({})).await;
    assert!(all.columns.contains(&"attributes.room".to_owned()), "{:?}", all.columns);
    let room = all.filters.iter().find(|f| f.name == "attributes.room").unwrap();
    let options: Vec<&str> = room.options.iter().map(|(value, _)| value.as_str()).collect();
    assert_eq!(options, ["blue", "red", "-"]);
    let days =
        |list: &FactList| -> Vec<String> { list.rows.iter().map(|row| row.cells[0].replace('\u{a0}', " ")).collect() };
    assert_eq!(days(&list(&admin, "activities", json!({ "attributes.room": "red" })).await), ["2 May 2017"]);
    assert_eq!(
        days(&list(&admin, "activities", json!({ "attributes.room": "-", "type": "demo" })).await),
        ["3 May 2017"]
    );
    assert_eq!(list(&admin, "activities", json!({ "attributes.room": "green" })).await.rows, []);
    // What it asks stands in the address, and stays chosen.
    let page = admin.get("/facts/activities?attributes.room=red&type=demo").await.assert(200);
    let page = page.assert_has("room");
    // Among the people to choose from is everybody that an admin sees; among the rows only who fits.
    let (_, rows) = page.body.split_once("<tbody").unwrap();
    let (rows, _) = rows.split_once("</tbody>").unwrap();
    assert!(rows.contains("Rob Rep") && rows.contains("red") && !rows.contains("Wim West"), "{rows}");
    page.assert_has("/export/facts/activities?attributes.room=red&amp;type=demo&amp;format=csv");
    // A rep chooses from what they may see: the rooms of their own.
    let rep = list(&site.rep().await, "activities", json!({})).await;
    let room = rep.filters.iter().find(|f| f.name == "attributes.room").unwrap();
    assert_eq!(room.options.len(), 2);
    assert!(rep.filters.iter().all(|f| f.options.iter().all(|(_, text)| text != "Wim West")), "{:?}", rep.filters);
}

#[tokio::test]
async fn they_are_corrected_with_their_history() {
    let site = site().await;
    let admin = site.admin().await;
    let stored = activity::Entity::find().all(site.db()).await.unwrap();
    let red = stored.iter().find(|a| a.attributes.as_deref().is_some_and(|t| t.contains("red"))).unwrap();
    admin.get(&format!("/facts/activities/{}", red.id)).await.assert(200).assert_has("fields[attributes.room]");
    correct(&admin, "activities", red.id, "attributes.room", "green").await;
    let view = see(&admin, "activities", red.id).await;
    let field = view.fields.iter().find(|f| f.name == "attributes.room").unwrap();
    assert_eq!(field.value, "green");
    assert_eq!(view.history[0].before, [("attributes.room".to_owned(), "red".to_owned())]);
    correct(&admin, "activities", red.id, "attributes.room", "").await;
    let view = see(&admin, "activities", red.id).await;
    assert_eq!(view.history[0].before, [("attributes.room".to_owned(), "green".to_owned())]);
    let stored = activity::Entity::find_by_id((site.world.org, red.id)).one(site.db()).await.unwrap().unwrap();
    assert_eq!(stored.attributes, None);
    // A form that does not know them keeps them.
    let blue = activity::Entity::find().all(site.db()).await.unwrap();
    let blue = blue.iter().find(|a| a.attributes.is_some()).unwrap();
    let (id, at) = (blue.id.to_string(), blue.updated_at.to_string());
    let fields = [
        ("kind", "activities"),
        ("id", id.as_str()),
        ("changed_at", at.as_str()),
        ("fields[date]", "2017-05-09"),
        ("fields[person]", "Rob Rep"),
        ("fields[type]", "demo"),
        ("fields[count]", "2"),
    ];
    admin.post("facts/save", &fields).await.assert(200);
    let after = activity::Entity::find_by_id((site.world.org, blue.id)).one(site.db()).await.unwrap().unwrap();
    assert_eq!((after.count, after.attributes.clone()), (2, blue.attributes.clone()));
    // Their rules are those of a file.
    let at = after.updated_at.to_string();
    let bad =
        [("kind", "activities"), ("id", id.as_str()), ("changed_at", at.as_str()), ("fields[attributes.a\"b]", "x")];
    let rest = [("fields[date]", "2017-05-09"), ("fields[person]", "Rob Rep"), ("fields[type]", "demo")];
    admin.post("facts/save", &[&bad[..], &rest[..]].concat()).await.assert(422);
}

#[tokio::test]
async fn they_stand_in_files_and_in_answers() {
    let site = site().await;
    let admin = site.admin().await;
    let file = admin.get("/export/facts/activities?attributes.room=red&person=&format=csv").await.assert(200).body;
    let (about, table) = file.split_once("\r\n\r\n").unwrap();
    assert!(about.contains("room,red"), "{about}");
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 2, "{table}");
    assert!(lines[0].ends_with(",attributes.room") && lines[1].ends_with(",red"), "{table}");
    let of_rob = format!("/export/facts/activities?person={}&format=csv", site.world.rob);
    admin.get(&of_rob).await.assert(200).assert_has("Whose,Rob Rep").assert_lacks("Wim West");
    let program = Program::of(&site, site.world.owner, &[Scope::ReadFacts]).await;
    let answer: Value = program.get("/facts/activities?limit=5").await.assert(200).json();
    assert_eq!(answer["facts"][1]["attributes.room"], "red");
}

#[tokio::test]
async fn deals_have_them_too() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts, Scope::ReadFacts]).await;
    let deal = |id: &str, page: &str, segment: &str| {
        json!({ "external_id": id, "person": "Rob Rep", "status": "won", "closed_on": "2017-05-01", "amount": "10",
                "segment": segment, "attributes.page": page })
    };
    let rows = json!({ "rows": [deal("A-1", "north", "small"), deal("A-2", "south", "large")] });
    program.post("/facts/deals", &rows).await.assert(200);
    let admin = site.admin().await;
    let stored = deal::Entity::find().all(site.db()).await.unwrap();
    let north = stored.iter().find(|d| d.external_id == "A-1").unwrap().id;
    admin.get(&format!("/deals/{north}")).await.assert(200).assert_has("north");
    correct(&admin, "deals", north, "attributes.page", "east").await;
    let view = see(&admin, "deals", north).await;
    assert_eq!(view.history[0].before, [("attributes.page".to_owned(), "north".to_owned())]);
    let page = "period=2017Q2&column=attributes.page&value=east";
    admin.get(&format!("/deals?{page}")).await.assert(200).assert_has("A-1").assert_lacks("A-2");
    let file = admin.get(&format!("/export/deals?{page}&q=A-1&format=csv")).await.assert(200).body;
    let (about, table) = file.split_once("\r\n\r\n").unwrap();
    assert!(about.contains("page,east") && about.contains("Search,A-1"), "{about}");
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].ends_with("Country,attributes.page") && lines[1].ends_with(",east"), "{table}");
    let answer: Value = program.get("/facts/deals?limit=50").await.assert(200).json();
    let sent = answer["deals"].as_array().unwrap().iter().find(|d| d["external_id"] == "A-1").unwrap();
    assert_eq!(sent["attributes"], json!({ "page": "east" }));
    // Segment, source, person and team are chosen beside it.
    let small = admin.get("/deals?period=2017Q2&segment=small").await.assert(200);
    small.assert_has("A-1").assert_lacks("A-2").assert_has("name=\"person\"").assert_has("name=\"team\"");
    admin.get("/deals?period=2017Q2&segment=-").await.assert(200).assert_lacks("A-1");
    let file = admin.get("/export/facts/deals?period=2017Q2&segment=large&format=csv").await.assert(200);
    file.assert_has("Segment,large").assert_has("A-2").assert_lacks("A-1");
}

#[tokio::test]
async fn the_price_in_the_list_is_kept_by_a_correction() {
    let site = Site::new().await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts, Scope::ReadFacts]).await;
    let rows = json!({ "rows": [
        { "transaction": "T-1", "date": "2017-05-01", "quantity": "3", "amount": "20", "list_price": "9.99", "discount": "5" },
        { "transaction": "T-2", "date": "2017-05-02", "quantity": "3", "amount": "9", "list_price": null, "discount": "1" },
    ]});
    program.post("/facts/sales_lines", &rows).await.assert(200);
    let admin = site.admin().await;
    let stored = async |receipt: &str| {
        let all = sales_line::Entity::find().all(site.db()).await.unwrap();
        all.into_iter().find(|line| line.receipt == receipt).unwrap()
    };
    let field = |view: &FactView| view.fields.iter().find(|f| f.name == "list_price").unwrap().value.clone();
    let (first, second) = (stored("T-1").await, stored("T-2").await);
    assert_eq!((first.list_micros, second.list_micros), (Some(29_970_000), Some(10_000_000)));
    // 9.99 × 3 is neither amount nor amount and discount: it is a price of its own, which is shown and stays.
    assert_eq!(field(&see(&admin, "sales_lines", first.id).await), "9.99");
    correct(&admin, "sales_lines", first.id, "shop", "Utrecht").await;
    let after = stored("T-1").await;
    assert_eq!(
        (after.list_micros, after.discount_micros, after.shop.as_deref()),
        (first.list_micros, Some(5_000_000), Some("Utrecht"))
    );
    correct(&admin, "sales_lines", first.id, "list_price", "11").await;
    assert_eq!(stored("T-1").await.list_micros, Some(33_000_000));
    // A third of ten has no exact price; amount and discount say it.
    assert_eq!(field(&see(&admin, "sales_lines", second.id).await), "");
    correct(&admin, "sales_lines", second.id, "shop", "Utrecht").await;
    assert_eq!(stored("T-2").await.list_micros, Some(10_000_000));
    let file = admin.get("/export/facts/sales_lines?format=csv").await.assert(200);
    file.assert_has("list_price").assert_has(",11,");
}

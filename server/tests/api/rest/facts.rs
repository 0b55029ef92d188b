//! `/facts`: rows go in as a file would, and come out as they went in.

use domain::policy::Scope;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _};
use serde_json::{Value, json};
use server::entity::{audit, deal, import, import_mapping};
use server::service::imports::BatchReport;
use server::service::program::{DealFacts, Facts};

use crate::support::{Program, Site};

fn row(id: &str) -> Value {
    json!({ "external_id": id, "person": "Rob Rep", "status": "won", "closed_on": "2017-01-05", "amount": 12.5 })
}

async fn program(site: &Site) -> Program {
    Program::of(site, site.world.owner, &Scope::ALL).await
}

#[tokio::test]
async fn a_batch_goes_through_the_pipeline_and_into_the_history() {
    let site = Site::new().await;
    let program = program(&site).await;
    let batch = json!({ "rows": [
        { "external_id": "A1", "person": "Rob Rep", "status": "won", "closed_on": "2017-01-05",
          "amount": 1_234_567_890_123_i64, "currency": "EUR", "product": "say \"hi\",\nyou", "probability": null },
        { "external_id": "A2", "person": "Rob Rep=60;Ria Rep=40", "status": "lost", "closed_on": "2017-02-01",
          "amount": "0.1", "currency": "EUR", "product": null, "probability": "25 %" },
    ] });
    let before = server::query::organisation::by_id(site.db(), site.world.org).await.unwrap().unwrap().data_version;
    let dry = json!({ "rows": batch["rows"], "dry_run": true });
    let report: BatchReport = program.post("/facts/deals", &dry).await.assert(200).json();
    assert_eq!((report.created, report.dry_run, report.written), (2, true, false));
    let done = import::Entity::find().filter(import::Column::Status.eq("done"));
    assert!(done.all(site.db()).await.unwrap().is_empty(), "a dry run leaves no trace");

    let report: BatchReport = program.post("/facts/deals", &batch).await.assert(200).json();
    assert_eq!((report.rows, report.created, report.updated, report.written), (2, 2, 0, true));
    let after = server::query::organisation::by_id(site.db(), site.world.org).await.unwrap().unwrap().data_version;
    assert!(after > before);
    let again: BatchReport = program.post("/facts/deals", &batch).await.assert(200).json();
    assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 2));

    let done = import::Entity::find().order_by_desc(import::Column::Id).one(site.db()).await.unwrap().unwrap();
    assert_eq!((done.status.as_str(), done.file_name.as_str()), ("done", "API: Test"));
    assert_eq!(done.user_id, Some(site.world.owner));
    let entry = audit::Entity::find().order_by_desc(audit::Column::Id).one(site.db()).await.unwrap().unwrap();
    assert_eq!((entry.actor.as_str(), entry.action.as_str()), ("api", "import.commit"));
    site.owner().await.get("/imports").await.assert(200).assert_has("API: Test");
    let mappings = import_mapping::Entity::find().all(site.db()).await.unwrap();
    assert!(mappings.is_empty(), "nothing to recognise a source by");
    let left = std::fs::read_dir(site.state.data_dir.join("uploads")).unwrap();
    let csv = format!("{}.csv", done.id);
    assert!(left.flatten().all(|file| file.file_name().to_string_lossy() != csv), "the file is gone");

    let stored = deal::Entity::find().filter(deal::Column::ExternalId.eq("A1")).one(site.db()).await.unwrap().unwrap();
    assert_eq!(stored.amount_micros, Some(1_234_567_890_123_000_000));
    assert_eq!(stored.product.as_deref(), Some("say \"hi\",\nyou"));
}

#[tokio::test]
async fn numbers_keep_every_digit() {
    let site = Site::new().await;
    let body = r#"{"rows":[{"external_id":"A1","person":"Rob Rep","status":"won","closed_on":"2017-01-05","amount":1234567890123.123456}]}"#;
    program(&site).await.call("POST", "/facts/deals", body).await.assert(200);
    let stored = deal::Entity::find().filter(deal::Column::ExternalId.eq("A1")).one(site.db()).await.unwrap().unwrap();
    assert_eq!(stored.amount_micros, Some(1_234_567_890_123_123_456));
}

#[tokio::test]
async fn rejected_rows_are_told_by_their_place_and_nothing_is_written() {
    let site = Site::new().await;
    let program = program(&site).await;
    let mut bad = row("B3");
    bad["closed_on"] = json!("05/01/2017x");
    let mut first = row("B1");
    first["person"] = json!("Rob\nRep");
    let batch = |accept: bool| json!({ "accept_valid": accept, "rows": [first, row("B2"), bad] });
    let report = program.post("/facts/deals", &batch(false)).await.problem(422, "rows_rejected").report.unwrap();
    let places: Vec<_> = report.rejected.iter().map(|r| (r.row, r.column.as_deref(), r.code.as_str())).collect();
    assert_eq!(places, [(Some(0), Some("person"), "unknown_person"), (Some(2), Some("closed_on"), "bad_date")]);
    assert!(!report.written && report.created == 0);
    assert!(find(&site, "B2").await.is_none());
    let failed = import::Entity::find().order_by_desc(import::Column::Id).one(site.db()).await.unwrap().unwrap();
    assert_eq!((failed.status.as_str(), failed.rejected), ("failed", 2));

    let dry = json!({ "accept_valid": true, "dry_run": true, "rows": batch(true)["rows"] });
    let report: BatchReport = program.post("/facts/deals", &dry).await.assert(200).json();
    assert_eq!((report.created, report.rejected_total, report.written), (1, 2, false));
    let report: BatchReport = program.post("/facts/deals", &batch(true)).await.assert(200).json();
    assert_eq!((report.created, report.rejected_total, report.written), (1, 2, true));
    assert!(find(&site, "B2").await.is_some());
    let exists = json!({ "mode": "create", "rows": [row("B2")] });
    let report = program.post("/facts/deals", &exists).await.problem(422, "rows_rejected").report.unwrap();
    assert_eq!(report.rejected[0].code, "exists");
}

async fn find(site: &Site, id: &str) -> Option<deal::Model> {
    deal::Entity::find().filter(deal::Column::ExternalId.eq(id)).one(site.db()).await.unwrap()
}

#[tokio::test]
async fn what_cannot_be_read_is_said_with_its_place() {
    let site = Site::new().await;
    let program = program(&site).await;
    let post = async |body: &str| program.call("POST", "/facts/deals", body).await;
    let detail = post("{\"rows\":\n [{\"a\":1},, ]}").await.problem(400, "bad_json").detail;
    assert!(detail.contains("line 2, column 11"), "{detail}");
    post("{\"rows\": [{\"a\": 1").await.problem(400, "bad_json");
    post("[]").await.problem(422, "bad_body");
    let detail = post("{\"rows\": [], \"colour\": 1}").await.problem(422, "bad_body").detail;
    assert!(detail.contains("unknown field `colour`") && detail.contains("line 1"), "{detail}");
    post("{}").await.problem(422, "bad_body");
    post("{\"rows\": [1]}").await.problem(422, "bad_body");
    for (body, field) in [
        (json!({ "rows": [] }), "rows"),
        (json!({ "rows": [row("1")], "mode": "merge" }), "mode"),
        (
            json!({ "rows": [row("1"), { "external_id": "2", "person": "Rob Rep", "status": "open" }] }),
            "rows[1].amount",
        ),
        (json!({ "rows": [{ "external_id": "2" }, { "external_id": "2", "note": "x" }] }), "rows[1].note"),
        (json!({ "rows": [{ "external_id": ["2"] }] }), "rows[0].external_id"),
        (json!({ "rows": [{ "external_id": " ", "person": null }] }), "rows[0]"),
    ] {
        let problem = program.post("/facts/deals", &body).await.problem(422, "invalid");
        assert_eq!(problem.errors[0].field, field, "{body}");
    }
    let twice = post(r#"{"rows":[{"external_id":"1","external_id":"2"}]}"#).await.problem(422, "invalid");
    assert_eq!(twice.errors[0].field, "rows[0].external_id");
    let wide: serde_json::Map<String, Value> = (0..201).map(|i| (format!("c{i}"), json!(i))).collect();
    assert_eq!(
        program.post("/facts/deals", &json!({ "rows": [wide] })).await.problem(422, "invalid").errors[0].field,
        "rows[0]"
    );

    let mut unknown = row("1");
    unknown["colour"] = json!("red");
    let problem = program.post("/facts/deals", &json!({ "rows": [unknown] })).await.problem(422, "batch_refused");
    assert_eq!(problem.errors[0].field, "colour");
    assert!(problem.errors[0].message.contains("colour") && problem.errors[0].message.contains("external_id"));
    let missing = json!({ "rows": [{ "external_id": "1" }] });
    let problem = program.post("/facts/deals", &missing).await.problem(422, "batch_refused");
    let fields: Vec<&str> = problem.errors.iter().map(|e| e.field.as_str()).collect();
    assert_eq!(fields, ["person", "status"]);

    program.post("/facts/colours", &json!({ "rows": [row("1")] })).await.problem(404, "unknown_kind");
    program.get("/facts/colours").await.problem(404, "unknown_kind");
    program.get("/facts/people").await.problem(404, "kind_not_readable");
    program.get("/facts/leads?after=1").await.problem(422, "invalid");
    let form = program.clone().with("content-type", "application/x-www-form-urlencoded");
    form.call("POST", "/facts/deals", "a=b").await.problem(415, "unsupported_media_type");
    program.call("POST", "/facts/deals", "").await.problem(415, "unsupported_media_type");
}

#[tokio::test]
async fn what_is_too_large_is_refused_as_such() {
    let site = Site::new().await;
    let program = program(&site).await;
    let rows = |n: usize, row: &str| format!("{{\"rows\":[{}]}}", vec![row; n].join(","));
    program.call("POST", "/facts/deals", &rows(5_001, "{\"external_id\":\"1\"}")).await.problem(413, "too_many_rows");
    // A million rows that fit, a million that do not, one that is 9 MiB.
    let problem = program.call("POST", "/facts/deals", &rows(1_000_000, "{}")).await.problem(413, "too_many_rows");
    assert!(problem.detail.contains("1000000"), "{}", problem.detail);
    let million = rows(1_000_000, "{\"external_id\":\"1\"}");
    program.call("POST", "/facts/deals", &million).await.problem(413, "body_too_large");
    let long = format!("{{\"rows\":[{{\"external_id\":\"{}\"}}]}}", "x".repeat(9 << 20));
    program.call("POST", "/facts/deals", &long).await.problem(413, "body_too_large");
}

#[tokio::test]
async fn deals_come_out_page_by_page_as_they_can_be_sent_in() {
    let site = Site::new().await;
    let program = program(&site).await;
    let mut rows: Vec<Value> = (0..5).map(|i| row(&format!("P{i}"))).collect();
    rows[1]["person"] = json!("Rob Rep=60;Wim West=40");
    rows[2] = json!({ "external_id": "P2", "person": "Wim West", "status": "open", "closed_on": "2017-12-01", "amount": "0.25" });
    for row in &mut rows {
        row["probability"] = json!("0.5 %");
        row["discount_pct"] = json!("7.5");
        row["country"] = json!("NL");
    }
    program.post("/facts/deals", &json!({ "rows": rows })).await.assert(200);
    let (mut all, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let page: DealFacts = program.get(&format!("/facts/deals?limit=4&after={after}")).await.assert(200).json();
        assert!(page.deals.len() <= 4);
        all.extend(page.deals);
        pages += 1;
        match page.next {
            Some(next) => after = next,
            None => break,
        }
    }
    let ids: Vec<&str> = all.iter().map(|d| d.external_id.as_str()).collect();
    assert_eq!((ids, pages), (vec!["MIA-1", "P0", "P1", "P2", "P3", "P4"], 2));
    // Sent back as they came, they change nothing.
    let mut back = serde_json::to_value(&all).unwrap();
    for deal in back.as_array_mut().unwrap() {
        deal.as_object_mut().unwrap().remove("credits");
    }
    let report: BatchReport = program.post("/facts/deals", &json!({ "rows": back })).await.assert(200).json();
    assert_eq!((report.unchanged, report.created, report.updated), (6, 0, 0));

    for (user, expected) in [
        (site.world.rep, vec!["P0", "P1", "P3", "P4"]),
        (site.world.manager, vec!["MIA-1", "P0", "P1", "P3", "P4"]),
        (site.world.viewer, vec!["P0", "P1", "P3", "P4"]),
        (site.world.admin, vec!["MIA-1", "P0", "P1", "P2", "P3", "P4"]),
    ] {
        let program = Program::of(&site, user, &[Scope::ReadFacts]).await;
        let page: DealFacts = program.get("/facts/deals").await.assert(200).json();
        let ids: Vec<&str> = page.deals.iter().map(|d| d.external_id.as_str()).collect();
        assert_eq!(ids, expected);
        let split = page.deals.iter().find(|d| d.external_id == "P1").unwrap();
        let wim = split.credits.iter().find(|c| c.share_pct == "40").unwrap();
        let is_admin = user == site.world.admin;
        assert_eq!(wim.person.is_some(), is_admin, "a colleague who may not be seen stays unnamed");
        assert_eq!(split.person.is_some(), is_admin);
    }
    for query in ["limit=0", "limit=1001", "limit=x", "after=x", "colour=red"] {
        program.get(&format!("/facts/deals?{query}")).await.problem(422, "invalid");
    }
}

#[tokio::test]
async fn own_columns_go_in_by_their_names_as_they_come_out() {
    let site = Site::new().await;
    let program = program(&site).await;
    let with = |id: &str, own: Value| {
        let mut row = row(id);
        row["attributes"] = own;
        row
    };
    let rows = json!([
        with("O1", json!({ "page": "east", "room": 4 })),
        with("O2", json!({ "page": null })),
        with("O3", Value::Null)
    ]);
    let report: BatchReport = program.post("/facts/deals", &json!({ "rows": rows })).await.assert(200).json();
    assert_eq!((report.created, report.rejected_total), (3, 0));
    let own = async || -> Vec<Value> {
        let page: DealFacts = program.get("/facts/deals").await.assert(200).json();
        let ours = page.deals.iter().filter(|d| d.external_id.starts_with('O'));
        ours.map(|d| json!(d.attributes)).collect()
    };
    assert_eq!(own().await, [json!({ "page": "east", "room": "4" }), json!({}), json!({})]);
    // Where any is named, a deal has those of its row afterwards; a batch that names none leaves them alone.
    let rows = json!([with("O1", json!({})), with("O2", json!({ "room": "5" }))]);
    program.post("/facts/deals", &json!({ "rows": rows })).await.assert(200);
    assert_eq!(own().await, [json!({}), json!({ "room": "5" }), json!({})]);
    let rows = json!([with("O1", Value::Null), with("O2", json!({}))]);
    let report: BatchReport = program.post("/facts/deals", &json!({ "rows": rows })).await.assert(200).json();
    assert_eq!(report.unchanged, 2);
    assert_eq!(own().await, [json!({}), json!({ "room": "5" }), json!({})]);
    let call = json!({ "date": "2017-05-01", "person": "Rob Rep", "type": "call", "count": 1, "attributes": { "room": "red" } });
    program.post("/facts/activities", &json!({ "rows": [call] })).await.assert(200);
    let calls: Facts = program.get("/facts/activities").await.assert(200).json();
    assert!(calls.facts.iter().any(|call| call.get("attributes.room") == Some(&Some("red".to_owned()))));

    let mut both = with("O4", json!({ "page": "x" }));
    both["attributes.page"] = json!("y");
    let many: serde_json::Map<String, Value> = (0..201).map(|i| (format!("c{i}"), json!(i))).collect();
    for (rows, field) in [
        (json!([with("O4", json!({ "page": ["x"] }))]), "rows[0].attributes.page"),
        (json!([with("O4", json!(["x"]))]), "rows[0].attributes"),
        (json!([with("O4", json!({})), row("O5")]), "rows[1].attributes"),
        (json!([row("O4"), with("O5", json!({}))]), "rows[1].attributes"),
        (json!([both]), "rows[0].attributes.page"),
        (json!([with("O4", json!(many))]), "rows[0]"),
    ] {
        let problem = program.post("/facts/deals", &json!({ "rows": rows })).await.problem(422, "invalid");
        assert_eq!(problem.errors[0].field, field, "{rows}");
    }
    let text = program.post("/facts/deals", &json!({ "rows": [with("O4", json!("x"))] })).await;
    assert_eq!(text.problem(422, "batch_refused").errors[0].field, "attributes");
}

#[tokio::test]
async fn other_facts_come_out_page_by_page_as_they_can_be_sent_in() {
    let site = Site::new().await;
    let program = program(&site).await;
    let lines = |amount: &str| {
        json!({ "rows": [
            { "transaction": "T1", "date": "2017-01-05", "quantity": 2, "unit_price": "5.10", "person": "Rob Rep",
              "category": null, "attributes.colour": "red" },
            { "transaction": "T2", "date": "2017-01-06", "quantity": 1, "unit_price": amount, "person": null,
              "category": "Pens", "attributes.colour": null },
            { "transaction": "T3", "date": "2017-01-07", "quantity": 1, "unit_price": "1", "person": null,
              "category": "Pens", "attributes.colour": "blue" },
        ] })
    };
    program.post("/facts/sales_lines", &lines("7")).await.assert(200);
    let first: Facts = program.get("/facts/sales_lines?limit=2").await.assert(200).json();
    let texts = |page: &Facts, name: &str| -> Vec<Option<String>> {
        page.facts.iter().map(|fact| fact.get(name).cloned().flatten()).collect()
    };
    assert_eq!(texts(&first, "transaction"), [Some("T3".into()), Some("T2".into())]);
    let next = first.next.clone().unwrap();
    let second: Facts = program.get(&format!("/facts/sales_lines?limit=2&after={next}")).await.assert(200).json();
    assert_eq!((second.next.as_ref(), texts(&second, "person")), (None, vec![Some("Rob Rep".into())]));
    assert_eq!(texts(&second, "attributes.colour"), [Some("red".into())]);
    assert_eq!(texts(&second, "unit_price"), [Some("5.1".into())]);
    // What came out goes in again and changes nothing.
    let all: Facts = program.get("/facts/sales_lines").await.assert(200).json();
    let rows: Vec<Value> = all
        .facts
        .iter()
        .map(|fact| {
            let mut row = json!(fact);
            row["attributes.colour"] = json!(fact.get("attributes.colour").cloned().flatten());
            row
        })
        .collect();
    let report: BatchReport = program.post("/facts/sales_lines", &json!({ "rows": rows })).await.assert(200).json();
    assert_eq!((report.created, report.updated, report.unchanged), (0, 0, 3));
    // Who brings no facts in reads none.
    let rep = Program::of(&site, site.world.rep, &Scope::ALL).await;
    rep.get("/facts/sales_lines").await.assert(403);
}

//! While somebody else writes for long: a request gives up in time, says when to come back, and keeps what was typed.

use std::time::{Duration, Instant};

use domain::OrgId;
use domain::policy::Scope;
use sea_orm::DatabaseTransaction;
use server::query::column::Table;
use server::rollup::{Changes, Touched};

use crate::support::{Answer, PASSWORD, Persona, Program, Site};

/// Who sends it, on which page, to which function, with which fields.
type Form<'p, 'f> = (&'p Persona, &'static str, &'static str, &'f [(&'f str, &'f str)]);

/// A site, and somebody else's connection to its file.
async fn site() -> (tempfile::TempDir, Site, sea_orm::DatabaseConnection) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("busy.sqlite");
    let site = Site::in_file(&file, Duration::from_millis(200)).await;
    let other = server::db::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    (folder, site, other)
}

async fn hold(other: &sea_orm::DatabaseConnection) -> DatabaseTransaction {
    server::db::write_txn(other).await.unwrap()
}

#[tokio::test]
async fn a_form_comes_back_with_what_was_typed_and_works_later() {
    let (_folder, site, other) = site().await;
    let owner = site.owner().await;
    let writing = hold(&other).await;
    let start = Instant::now();
    let page = "/people/teams?dialog=add";
    let fields = [("name", "Northern lights"), ("parent", "")];
    let answer = owner.submit(page, "people/add_team", &fields).await.assert(503);
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    assert_eq!(answer.header("retry-after"), "2");
    answer.assert_has("value=\"Northern lights\"").assert_has("The server cannot answer right now");
    let called = owner.post("people/add_team", &fields).await.assert(503);
    assert_eq!(called.header("retry-after"), "2");
    writing.rollback().await.unwrap();
    owner.submit(page, "people/add_team", &fields).await.assert(303);
    owner.get("/people/teams").await.assert(200).assert_has("Northern lights");
}

#[tokio::test]
async fn signing_in_keeps_the_address_and_never_the_password() {
    let (_folder, site, other) = site().await;
    let writing = hold(&other).await;
    let fields = [("email", "rep@example.com"), ("password", PASSWORD)];
    let answer = site.anonymous().submit("/login", "account/sign_in", &fields).await.assert(503);
    assert_eq!(answer.header("retry-after"), "2");
    answer.assert_has("value=\"rep@example.com\"").assert_lacks(PASSWORD);
    writing.rollback().await.unwrap();
    site.anonymous().submit("/login", "account/sign_in", &fields).await.assert(303);
}

#[tokio::test]
async fn pages_are_shown_meanwhile_also_to_a_session_that_was_not_seen_for_days() {
    let (_folder, site, other) = site().await;
    let owner = site.owner().await.at(site.on("2017-08-18").router());
    let writing = hold(&other).await;
    owner.get("/people/teams").await.assert(200).assert_has("East");
    writing.rollback().await.unwrap();
}

#[tokio::test]
async fn a_program_is_told_when_to_come_back_and_its_key_works_then() {
    let (_folder, site, other) = site().await;
    let program = Program::of(&site, site.world.owner, &Scope::ALL).await;
    let keyed = program.clone().with("idempotency-key", "k");
    let batch = serde_json::json!({ "rows": [{ "external_id": "B1", "person": "Rob Rep", "status": "open" }] });
    program.get("/facts/deals").await.assert(200);
    let writing = hold(&other).await;
    let start = Instant::now();
    for program in [&program, &keyed] {
        let answer = program.post("/facts/deals", &batch).await;
        answer.problem(503, "unavailable");
        assert_eq!(answer.header("retry-after"), "2");
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    program.get("/facts/deals").await.assert(200);
    writing.rollback().await.unwrap();
    keyed.post("/facts/deals", &batch).await.assert(200).assert_has("\"created\":1");
}

/// Holds all that an import holds at its end.
async fn hold_as_an_import(site: &Site, other: &sea_orm::DatabaseConnection) -> DatabaseTransaction {
    let org = OrgId::new(site.world.org);
    let txn = server::db::write_many_txn(other).await.unwrap();
    let mut changes = Changes::begin(&txn, org).await.unwrap();
    let mut touched = Touched::default();
    touched.day(Table::Activities, 1);
    touched.flush(&txn, org).await.unwrap();
    changes.flush(&txn).await.unwrap();
    server::query::people::bump_data_version(&txn, org.get()).await.unwrap();
    txn
}

/// Writes everything that an import stands in the way of; how each was answered, and after how long.
async fn write_all(
    site: &Site,
    admin: &Persona,
    manager: &Persona,
    program: &Program,
) -> Vec<(&'static str, Answer, Duration)> {
    let (fact, deal) = (site.world.fact.to_string(), site.world.deal.to_string());
    let cell = format!("p{}-2017-03", site.world.rob);
    let (cells, before) = (format!("cells[{cell}]"), format!("before[{cell}]"));
    let call = [("kind", "activities"), ("fields[person]", "Wim West"), ("fields[type]", "call")];
    let add_call = [&call[..], &[("fields[date]", "2017-03-05")]].concat();
    let correct_call = [&add_call[..], &[("id", fact.as_str()), ("changed_at", "0")]].concat();
    let deals = [("kind", "deals"), ("fields[person]", "Wim West"), ("fields[status]", "open")];
    let add_deal = [&deals[..], &[("fields[external_id]", "BUSY")]].concat();
    let rate = [("kind", "rates"), ("fields[date]", "2017-01-01"), ("fields[currency]", "USD"), ("fields[rate]", "2")];
    let grid = [("year", "2017"), ("kpi", "revenue"), (cells.as_str(), "1000"), (before.as_str(), "")];
    let choices = [("version", "0"), ("choice[revenue_of]", "sales")];
    let forms: [Form<'_, '_>; 9] = [
        (admin, "a new fact", "facts/save", &add_call),
        (admin, "a correction", "facts/save", &correct_call),
        (admin, "a removal", "facts/remove", &[("kind", "activities"), ("id", &fact)]),
        (admin, "a new deal", "facts/save", &add_deal),
        (admin, "a deal's removal", "facts/remove", &[("kind", "deals"), ("id", &deal)]),
        (admin, "a rate", "facts/save", &rate),
        (manager, "the grid", "targets/save_grid", &grid),
        (admin, "choices", "kpis/save_choices", &choices),
        (admin, "a team", "people/add_team", &[("name", "Busy"), ("parent", "")]),
    ];
    let mut answers = Vec::new();
    for (who, what, function, fields) in forms {
        let begun = Instant::now();
        answers.push((what, who.post(function, fields).await, begun.elapsed()));
    }
    let deals = serde_json::json!({ "rows": [{ "external_id": "B1", "person": "Rob Rep", "status": "open" }] });
    let calls = serde_json::json!({ "rows": [{ "date": "2017-03-06", "person": "Rob Rep", "type": "call" }] });
    let keyed = program.clone().with("idempotency-key", "busy");
    for (program, what, path, batch) in [
        (program, "pushed deals", "/facts/deals", &deals),
        (program, "pushed calls", "/facts/activities", &calls),
        (&keyed, "a push with a key", "/facts/deals", &deals),
    ] {
        let begun = Instant::now();
        answers.push((what, program.post(path, batch).await, begun.elapsed()));
    }
    answers
}

#[tokio::test]
async fn nobody_waits_long_for_an_import_whatever_they_write() {
    let (_folder, in_file, other) = site().await;
    let mut sites = vec![(in_file, other)];
    if let Some(shared) = Site::shared(Duration::from_millis(200)).await {
        let other = shared.db().clone();
        sites.push((shared, other));
    }
    for (site, other) in sites {
        let (admin, manager) = (site.admin().await, site.manager().await);
        let program = Program::of(&site, site.world.owner, &Scope::ALL).await;
        program.get("/facts/deals").await.assert(200);
        let importing = hold_as_an_import(&site, &other).await;
        let answers = tokio::time::timeout(Duration::from_secs(50), write_all(&site, &admin, &manager, &program)).await;
        for (what, answer, took) in answers.expect("somebody waits for the import") {
            assert_eq!(answer.status, 503, "{what}: {}", answer.body.chars().take(300).collect::<String>());
            assert_eq!(answer.header("retry-after"), "2", "{what}");
            assert!(took < Duration::from_secs(2), "{what} took {took:?}");
        }
        importing.rollback().await.unwrap();
        let again = write_all(&site, &admin, &manager, &program).await;
        let busy: Vec<_> = again.iter().filter(|(_, answer, _)| answer.status == 503).map(|(what, ..)| what).collect();
        assert!(busy.is_empty(), "{busy:?}");
    }
}

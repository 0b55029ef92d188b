//! While somebody else writes for long: a request gives up in time, says when to come back, and keeps what was typed.

use std::time::{Duration, Instant};

use domain::policy::Scope;
use sea_orm::DatabaseTransaction;

use crate::support::{PASSWORD, Program, Site};

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

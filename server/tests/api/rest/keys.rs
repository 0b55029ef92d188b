//! Idempotency keys: a request is carried out once, however often it is sent, even when the answer got lost.

use domain::policy::Scope;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, PaginatorTrait as _};
use serde_json::{Value, json};
use server::entity::{idempotency_key, import};

use crate::support::{Program, Site, tokens};

fn batch(id: &str) -> Value {
    // In mode create a second time is refused, so that doing it twice would be seen.
    json!({ "mode": "create", "rows": [{ "external_id": id, "person": "Rob Rep", "status": "open" }] })
}

async fn imports(site: &Site) -> u64 {
    import::Entity::find().count(site.db()).await.unwrap()
}

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer() {
    let site = Site::new().await;
    let (_, text) = tokens::add(site.db(), site.world.org, site.world.owner, &Scope::ALL).await;
    let keyed = |key: &str| Program::new(&site, Some(&text)).with("idempotency-key", key);
    let first = keyed("k1").post("/facts/deals", &batch("K1")).await.assert(200);
    assert_eq!(first.header("idempotent-replayed"), "");
    let done = imports(&site).await;
    let again = keyed("k1").post("/facts/deals", &batch("K1")).await.assert(200);
    assert_eq!((again.body.as_str(), again.header("idempotent-replayed")), (first.body.as_str(), "true"));
    assert_eq!(imports(&site).await, done, "nothing was done twice");
    keyed("k1").post("/facts/deals", &batch("K2")).await.problem(422, "idempotency_key_reused");
    keyed("k1").post("/facts/people", &batch("K1")).await.problem(422, "idempotency_key_reused");
    // Another token has keys of its own.
    let other = Program::of(&site, site.world.owner, &Scope::ALL).await.with("idempotency-key", "k1");
    other.post("/facts/deals", &batch("K3")).await.assert(200);
    // What was refused is kept too; what could not be read takes no key.
    let refused = keyed("k2").post("/facts/deals", &batch("K1")).await;
    refused.problem(422, "rows_rejected");
    let again = keyed("k2").post("/facts/deals", &batch("K1")).await;
    again.problem(422, "rows_rejected");
    assert_eq!(again.header("idempotent-replayed"), "true");
    keyed("k4").call("POST", "/facts/deals", "{").await.problem(400, "bad_json");
    keyed("k4").post("/facts/deals", &batch("K4")).await.assert(200);
    for bad in ["", "with space", &"x".repeat(201), "é"] {
        keyed(bad).post("/facts/deals", &batch("K5")).await.problem(422, "bad_idempotency_key");
    }
}

#[tokio::test]
async fn a_key_lives_for_a_day() {
    let site = Site::new().await;
    let (_, text) = tokens::add(site.db(), site.world.org, site.world.owner, &Scope::ALL).await;
    let on = |site: &Site| Program::new(site, Some(&text)).with("idempotency-key", "k");
    on(&site).post("/facts/deals", &batch("D1")).await.assert(200);
    let next = site.on("2017-08-16");
    on(&next).post("/facts/deals", &batch("D2")).await.assert(200);
    assert_eq!(server::service::idempotency::sweep(&next.state).await.unwrap(), 0);
    let later = site.on("2017-08-18");
    assert_eq!(server::service::idempotency::sweep(&later.state).await.unwrap(), 1);
}

#[tokio::test]
async fn work_that_was_cut_off_is_finished_once() {
    let site = Site::new().await;
    let (token, text) = tokens::add(site.db(), site.world.org, site.world.owner, &Scope::ALL).await;
    let program = Program::new(&site, Some(&text)).with("idempotency-key", "k");
    let first = program.post("/facts/deals", &batch("C1")).await.assert(200);
    let id = (site.world.org, token, "k".to_owned());
    let row = idempotency_key::Entity::find_by_id(id.clone()).one(site.db()).await.unwrap().unwrap();
    let forget = async |import: Option<i64>, ago_ms: i64| {
        let model = idempotency_key::ActiveModel {
            org_id: Set(id.0),
            token_id: Set(id.1),
            key: Set(id.2.clone()),
            status: Set(None),
            body: Set(None),
            import_id: Set(import),
            started_at: Set(row.started_at - ago_ms),
            ..Default::default()
        };
        model.update(site.db()).await.unwrap();
    };
    // As if the process had died between the commit and the answer.
    forget(row.import_id, 0).await;
    let waiting = program.post("/facts/deals", &batch("C1")).await;
    waiting.problem(409, "idempotency_key_in_flight");
    assert_eq!(waiting.header("retry-after"), "5");
    forget(row.import_id, 2 * 60_000).await;
    let again = program.post("/facts/deals", &batch("C1")).await.assert(200);
    assert_eq!((again.body.as_str(), again.header("idempotent-replayed")), (first.body.as_str(), "true"));
    // As if it had died before the commit: there is no such import, so it is carried out now.
    forget(Some(1), 2 * 60_000).await;
    let once_more = program.post("/facts/deals", &batch("C1")).await;
    once_more.problem(422, "rows_rejected");
    assert_eq!(once_more.header("idempotent-replayed"), "");
}

#[tokio::test]
async fn requests_at_the_same_time_are_carried_out_once() {
    let site = Site::new().await;
    let (_, text) = tokens::add(site.db(), site.world.org, site.world.owner, &Scope::ALL).await;
    let program = Program::new(&site, Some(&text)).with("idempotency-key", "k");
    let before = imports(&site).await;
    let sent: Vec<_> = (0..8)
        .map(|_| {
            let program = program.clone();
            tokio::spawn(async move { program.post("/facts/deals", &batch("S1")).await })
        })
        .collect();
    let (mut done, mut waiting) = (Vec::new(), 0);
    for answer in sent {
        let answer = answer.await.unwrap();
        match answer.status.as_u16() {
            200 => done.push(answer.body),
            _ => {
                answer.problem(409, "idempotency_key_in_flight");
                waiting += 1;
            }
        }
    }
    assert!(!done.is_empty() && done.iter().all(|body| *body == done[0]), "{done:?}, {waiting} refused");
    assert_eq!(imports(&site).await, before + 1);
}

//! Open pages are told when facts change, however they came in.

use std::time::{Duration, Instant};

use axum::body::{Body, BodyDataStream};
use axum::http::{Request, header};
use domain::policy::Scope;
use futures_util::StreamExt as _;
use serde_json::json;
use tower::ServiceExt as _;

use crate::support::{Persona, Program, Site};

async fn listen(site: &Site, who: &Persona) -> BodyDataStream {
    let cookie = format!("maatstaf={}", who.session().unwrap());
    let request = Request::get("/live").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let response = site.router().oneshot(request).await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-cache");
    response.into_body().into_data_stream()
}

/// The next version that is told; none if nothing is told for this long.
async fn next(stream: &mut BodyDataStream, patience: Duration) -> Option<i64> {
    let piece = tokio::time::timeout(patience, stream.next()).await.ok()??.unwrap();
    let text = String::from_utf8(piece.to_vec()).unwrap();
    Some(text.strip_prefix("data: ").unwrap().trim().parse().unwrap())
}

#[tokio::test]
async fn a_page_hears_of_a_fact_within_two_seconds() {
    let site = Site::new().await;
    // A site in memory has one connection, and so the node's question takes its turn among the others.
    let (rep, stranger) = (site.rep().await, site.other_tenant().await);
    let (mut ours, mut theirs) = (listen(&site, &rep).await, listen(&site, &stranger).await);
    let patience = Duration::from_secs(2);
    let first = next(&mut ours, patience).await.unwrap();
    assert!(next(&mut theirs, patience).await.is_some());
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let batch = json!({ "rows": [{ "external_id": "L1", "person": "Rob Rep", "status": "open" }] });
    let sent = Instant::now();
    program.post("/facts/deals", &batch).await.assert(200);
    let told = next(&mut ours, patience).await.unwrap();
    assert!(told > first);
    assert!(sent.elapsed() < patience, "{:?}", sent.elapsed());
    rep.get("/targets").await.assert(200).assert_has(&format!("data-live-data=\"{told}\""));
    // The same rows change nothing, and another organisation hears of nothing.
    program.post("/facts/deals", &batch).await.assert(200);
    assert_eq!(next(&mut ours, patience).await, None);
    assert_eq!(next(&mut theirs, Duration::ZERO).await, None);
}

#[tokio::test]
async fn who_is_not_signed_in_hears_nothing() {
    let site = Site::new().await;
    site.anonymous().get("/live").await.assert(401);
}

//! A page that was rendered before is never shown to anybody else, and never after a change.

use axum::http::header::CONTENT_SECURITY_POLICY;
use domain::policy::Scope;
use serde_json::json;

use crate::support::{Persona, Program, Site};

async fn card(who: &Persona, person: i64) -> String {
    let answer = who.get(&format!("/scorecard/{person}?period=2017Q3")).await.assert(200);
    let policy = answer.header(CONTENT_SECURITY_POLICY.as_str()).to_owned();
    let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap().to_owned();
    let page = answer.body.clone();
    assert!(page.contains(&format!("nonce=\"{nonce}\"")), "the page has the nonce of its own answer");
    page.replace(&nonce, "NONCE")
}

#[tokio::test]
async fn it_is_the_same_until_something_changes() {
    let site = Site::new().await;
    let router = site.router();
    let (rob, manager) = (site.world.rob, site.manager().await.at(router.clone()));
    let rep = site.rep().await.at(router.clone());
    let first = card(&rep, rob).await;
    assert_eq!(card(&rep, rob).await, first);
    // The manager's page of the same address has what only the manager may do.
    let theirs = card(&manager, rob).await;
    assert_ne!(theirs, first);
    site.other_tenant().await.at(router.clone()).get(&format!("/scorecard/{rob}?period=2017Q3")).await.assert(404);
    // Words beside the figures.
    let note = site.world.note_manager.to_string();
    manager.post("notes/reply", &[("note", &note), ("text", "Seen since then")]).await.assert(200);
    assert!(card(&rep, rob).await.contains("Seen since then"));
    // Figures.
    let before = card(&rep, rob).await;
    let program = Program::of(&site, site.world.owner, &[Scope::WriteFacts]).await;
    let won = json!({ "external_id": "N1", "person": "Rob Rep", "status": "won", "closed_on": "2017-07-03",
                      "engaged_on": "2017-07-01", "amount": "321.00" });
    program.post("/facts/deals", &json!({ "rows": [won] })).await.assert(200);
    let after = card(&rep, rob).await;
    assert!(!before.contains("321") && after.contains("321"), "the new deal counts");
    // Language and theme.
    rep.set_cookie("theme", "dark");
    assert!(card(&rep, rob).await.contains("data-theme=\"dark\""));
}

#[tokio::test]
async fn who_signed_out_or_was_disabled_sees_nothing_any_more() {
    let site = Site::new().await;
    let rep = site.rep().await.at(site.router());
    card(&rep, site.world.rob).await;
    rep.post_to("/logout", &[]).await;
    let answer = rep.get(&format!("/scorecard/{}?period=2017Q3", site.world.rob)).await;
    assert_ne!(answer.status, 200);
}

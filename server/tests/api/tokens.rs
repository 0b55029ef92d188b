//! The page of API tokens.

use domain::policy::Scope;
use sea_orm::{EntityTrait as _, QueryOrder as _};
use server::entity::{api_token, audit};

use crate::support::{Site, tokens};

const NEW: [(&str, &str); 4] = [("name", "CRM export"), ("days", "90"), ("read_kpi", "true"), ("write_facts", "true")];

#[tokio::test]
async fn a_token_is_shown_once_and_kept_as_a_hash() {
    let site = Site::new().await;
    let admin = site.admin().await;
    admin.get("/tokens?dialog=token").await.assert(200).assert_has("What it is for").assert_has("write:facts");
    let made = admin.submit("/tokens?dialog=token", "tokens/create", &NEW).await.assert(303);
    assert_eq!(made.location(), "/tokens");
    let text = made.cookie("token").unwrap();
    assert!(text.starts_with("mst_") && text.len() == 47, "{text}");
    admin.get("/tokens").await.assert(200).assert_has(&text).assert_has("CRM export").assert_has("shown this once");
    admin.get("/tokens").await.assert(200).assert_lacks(&text).assert_has("CRM export");

    let row = api_token::Entity::find().order_by_desc(api_token::Column::Id).one(site.db()).await.unwrap().unwrap();
    assert_eq!((row.scopes.as_str(), row.created_by), ("read:kpi write:facts", site.world.admin));
    assert_eq!(row.token_hash, server::token::hash(&text));
    assert_eq!(row.expires_at - row.created_at, 90 * 24 * 3_600_000);
    let entry = audit::Entity::find().order_by_desc(audit::Column::Id).one(site.db()).await.unwrap().unwrap();
    assert_eq!((entry.action.as_str(), entry.subject_id), ("token.create", Some(row.id)));
    assert!(!entry.detail.contains("mst_") && !entry.detail.contains(&row.token_hash), "{}", entry.detail);
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_field_by_field() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let answer = admin.post("tokens/create", &[("name", " "), ("days", "366")]).await.assert(422);
    let fields: Vec<String> = answer.remarks().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["name", "days", "read_kpi"]);
    for days in ["0", "-1", "1.5", "", "99999999999999999999"] {
        let answer = admin.post("tokens/create", &[("name", "x"), ("days", days), ("read_kpi", "true")]).await;
        assert_eq!(answer.assert(422).remarks(), [("days".to_owned(), "tokens.error.days".to_owned())], "{days}");
    }
}

#[tokio::test]
async fn a_manager_sees_and_revokes_their_own_only() {
    let site = Site::new().await;
    let w = site.world;
    let manager = site.manager().await;
    manager.get("/imports").await.assert(200).assert_has("/tokens");
    let (own, _) = tokens::add(site.db(), w.org, w.manager, &[Scope::ReadKpi]).await;
    let page = manager.get("/tokens").await.assert(200).assert_has(&own.to_string());
    page.assert_lacks(&w.token.to_string());
    manager.post("tokens/revoke", &[("id", &w.token.to_string())]).await.assert(404);
    manager.post("tokens/revoke", &[("id", &own.to_string())]).await.assert(200);
    manager.post("tokens/revoke", &[("id", &own.to_string())]).await.assert(422);
    let entry = audit::Entity::find().order_by_desc(audit::Column::Id).one(site.db()).await.unwrap().unwrap();
    assert_eq!((entry.action.as_str(), entry.subject_id), ("token.revoke", Some(own)));
    site.rep().await.get("/tokens").await.assert(403);
    site.viewer().await.get("/tokens").await.assert(403);
}

#[tokio::test]
async fn a_cookie_shows_nobody_elses_token() {
    let site = Site::new().await;
    let (_, text) = tokens::add(site.db(), site.world.org, site.world.owner, &[Scope::ReadKpi]).await;
    let admin = site.admin().await;
    admin.set_cookie("token", &text);
    admin.get("/tokens").await.assert(200).assert_lacks(&text);
    let stranger = site.other_tenant().await;
    stranger.set_cookie("token", &text);
    stranger.get("/tokens").await.assert(200).assert_lacks(&text);
}

#[tokio::test]
async fn fifty_tokens_may_work_at_a_time() {
    let site = Site::new().await;
    let w = site.world;
    // The site comes with one.
    for _ in 1..server::service::tokens::MAX_LIVING {
        tokens::add(site.db(), w.org, w.owner, &[Scope::ReadKpi]).await;
    }
    let admin = site.admin().await;
    let answer = admin.post("tokens/create", &NEW).await.assert(422);
    assert_eq!(answer.remarks(), [(String::new(), "tokens.error.too_many".to_owned())]);
    admin.post("tokens/revoke", &[("id", &w.token.to_string())]).await.assert(200);
    admin.post("tokens/create", &NEW).await.assert(200);
}

//! Changing a password, and setting a new one by a link.

use crate::account::sign_in;
use crate::support::{PASSWORD, Persona, Site};

const NEW: &str = "another long sentence";

#[tokio::test]
async fn changing_asks_the_old_one_and_ends_the_other_sessions() {
    let site = Site::new().await;
    let (here, there) = (site.rep().await, site.rep().await);
    let wrong = [("old_password", "not this one"), ("new_password", NEW)];
    let answer = here.post("account/change_password", &wrong).await.assert(422);
    assert_eq!(answer.remarks()[0].0, "old_password");
    let short = [("old_password", PASSWORD), ("new_password", "short")];
    let answer = here.post("account/change_password", &short).await.assert(422);
    assert_eq!(answer.remarks()[0].0, "new_password");
    let right = [("old_password", PASSWORD), ("new_password", NEW)];
    here.post("account/change_password", &right).await.assert(200);
    here.post("account/view", &[]).await.assert(200);
    there.post("account/view", &[]).await.assert(401);
    sign_in(&site.anonymous(), "rep@example.com", PASSWORD).await.assert(422);
    sign_in(&site.anonymous(), "rep@example.com", NEW).await.assert(303);
}

#[tokio::test]
async fn guessing_the_old_one_is_slowed() {
    let site = Site::new().await;
    let thief = site.rep().await;
    for _ in 0..5 {
        let guess = [("old_password", "a wrong guess"), ("new_password", NEW)];
        thief.post("account/change_password", &guess).await.assert(422);
    }
    let right = [("old_password", PASSWORD), ("new_password", NEW)];
    thief.post("account/change_password", &right).await.assert(429);
}

/// Makes a reset link as the page does and gives its path.
async fn reset_path(admin: &Persona, membership: i64) -> String {
    let id = membership.to_string();
    admin.submit("/users", "people/make_reset_link", &[("id", &id)]).await.assert(303);
    let page = admin.get("/users").await.assert(200);
    let start = page.body.find("/reset/").unwrap();
    page.body[start..start + "/reset/".len() + 43].to_owned()
}

fn token(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_reset_link_is_shown_once_works_once_and_ends_sessions() {
    let site = Site::new().await;
    let (admin, rep) = (site.admin().await, site.rep().await);
    let path = reset_path(&admin, site.world.rep_membership).await;
    admin.get("/users").await.assert(200).assert_lacks("/reset/");
    site.anonymous().get(&path).await.assert(200).assert_has("rep@example.com");
    let fields = [("token", token(&path)), ("password", "short")];
    site.anonymous().submit(&path, "account/reset_password", &fields).await.assert(422);
    let fields = [("token", token(&path)), ("password", NEW)];
    site.anonymous().submit(&path, "account/reset_password", &fields).await.assert(303);
    rep.post("account/view", &[]).await.assert(401);
    sign_in(&site.anonymous(), "rep@example.com", NEW).await.assert(303);
    site.anonymous().get(&path).await.assert(410).assert_has("used already").assert_lacks("rep@example.com");
    site.anonymous().post("account/reset_password", &fields).await.assert(422);
}

#[tokio::test]
async fn a_reset_link_expires_and_a_newer_one_replaces_it() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let first = reset_path(&admin, site.world.rep_membership).await;
    let second = reset_path(&admin, site.world.rep_membership).await;
    site.anonymous().get(&first).await.assert(404);
    let tomorrow = site.on("2017-08-16");
    tomorrow.anonymous().get(&second).await.assert(410).assert_has("Its time is over");
    let fields = [("token", token(&second)), ("password", NEW)];
    tomorrow.anonymous().post("account/reset_password", &fields).await.assert(422);
    sign_in(&site.anonymous(), "rep@example.com", PASSWORD).await.assert(303);
}

#[tokio::test]
async fn nobody_resets_somebody_above_them_or_in_two_organisations() {
    let site = Site::new().await;
    let owner = site.add_user("second", app::caller::Role::Owner, None).await;
    let rows = server::query::people::memberships(site.db(), site.world.org).await.unwrap();
    let membership = rows.iter().find(|m| m.user_id == owner).unwrap().id.to_string();
    site.admin().await.post("people/make_reset_link", &[("id", &membership)]).await.assert(403);
    site.owner().await.post("people/make_reset_link", &[("id", &membership)]).await.assert(200);
    let now = domain::Timestamp(0);
    let role = app::caller::Role::Viewer;
    server::service::organisation::join(site.db(), site.world.other_org, site.world.rep, role, None, now)
        .await
        .unwrap();
    let id = site.world.rep_membership.to_string();
    site.owner().await.post("people/make_reset_link", &[("id", &id)]).await.assert(422);
}

#[tokio::test]
async fn guessing_links_is_slowed() {
    let site = Site::new().await;
    for n in 0..30 {
        site.anonymous().get(&format!("/reset/guess{n}")).await.assert(404);
    }
    site.anonymous().get("/reset/guess").await.assert(429);
    site.anonymous().get("/invite/guess").await.assert(429);
}

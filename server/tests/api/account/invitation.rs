//! Invitations, from the link to the first page.

use app::caller::Role;
use server::query::people as query;

use crate::account::sign_in;
use crate::support::{PASSWORD, Persona, Site};

/// Invites as the page does and gives the link's path.
async fn invite(by: &Persona, fields: &[(&str, &str)]) -> String {
    let answer = by.submit("/users", "people/invite", fields).await.assert(303);
    assert_eq!(answer.location(), "/users");
    let page = by.get("/users").await.assert(200);
    let start = page.body.find("http://kpi.example/invite/").unwrap() + "http://kpi.example".len();
    page.body[start..start + "/invite/".len() + 43].to_owned()
}

fn token(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn somebody_new_joins_by_a_link_that_is_shown_and_works_once() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let east = site.world.east.to_string();
    let path = invite(&owner, &[("email", "Nora@Example.com"), ("role", "manager"), ("team", &east)]).await;
    owner.get("/users").await.assert_lacks("/invite/").assert_has("nora@example.com");
    let page = site.anonymous().get(&path).await.assert(200);
    page.assert_has("Acme").assert_has("nora@example.com").assert_has("Sales / East").assert_has("Manager");
    let browser = site.anonymous();
    let wrong = [("token", token(&path)), ("name", "Nora"), ("password", "short")];
    browser.submit(&path, "account/accept_invitation", &wrong).await.assert(422).assert_has("value=\"Nora\"");
    let right = [("token", token(&path)), ("name", "Nora"), ("password", "a sentence of mine")];
    browser.submit(&path, "account/accept_invitation", &right).await.assert(303);
    browser.get("/people").await.assert(200).assert_has("Rob Rep").assert_lacks("Wim West");
    site.anonymous().get(&path).await.assert(410).assert_lacks("Acme");
    site.anonymous().post("account/accept_invitation", &right).await.assert(422);
    owner.get("/users").await.assert_has("Nora").assert_has("manages Sales / East");
}

#[tokio::test]
async fn a_rep_becomes_a_person_in_the_team() {
    let site = Site::new().await;
    let west = site.world.west.to_string();
    let path = invite(&site.owner().await, &[("email", "new@example.com"), ("role", "rep"), ("team", &west)]).await;
    let browser = site.anonymous();
    let fields = [("token", token(&path)), ("name", "Wim West"), ("password", "a sentence of mine")];
    browser.submit(&path, "account/accept_invitation", &fields).await.assert(303);
    let people = query::people(site.db(), site.world.org).await.unwrap();
    // The key of the other Wim West is taken.
    let made = people.iter().find(|p| p.key == "Wim West (2)").unwrap();
    let places = query::places(site.db(), site.world.org).await.unwrap();
    let place = places.iter().find(|p| p.person_id == made.id).unwrap();
    assert_eq!(place.team_id, Some(site.world.west));
    assert_eq!(place.from_day, Some(crate::support::date("2017-08-15").day_number()));
}

#[tokio::test]
async fn an_account_that_exists_needs_its_password_or_a_session() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let path = invite(&owner, &[("email", "stranger@example.com"), ("role", "rep")]).await;
    let wrong = [("token", token(&path)), ("name", "Eve"), ("password", "a sentence of mine")];
    site.anonymous().post("account/accept_invitation", &wrong).await.assert(422);
    site.rep().await.get(&path).await.assert(200).assert_has("This invitation is for stranger@example.com");
    site.rep().await.post("account/join", &[("token", token(&path))]).await.assert(422);
    let stranger = site.other_tenant().await;
    stranger.submit(&path, "account/join", &[("token", token(&path))]).await.assert(303);
    stranger.get("/account").await.assert(200).assert_has("Acme").assert_has("Globex");
    // Two organisations, one at a time.
    let other = site.world.other_org.to_string();
    stranger.post("people/users", &[]).await.assert(403);
    stranger.post("account/switch", &[("org", &other)]).await.assert(200);
    stranger.post("people/users", &[]).await.assert(200).assert_lacks("rep@example.com");
}

#[tokio::test]
async fn the_password_of_an_account_accepts_for_it() {
    let site = Site::new().await;
    let path = invite(&site.owner().await, &[("email", "stranger@example.com"), ("role", "rep")]).await;
    let fields = [("token", token(&path)), ("password", PASSWORD)];
    site.anonymous().post("account/accept_invitation", &fields).await.assert(200);
}

#[tokio::test]
async fn expired_revoked_and_unknown_links_say_so() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let path = invite(&owner, &[("email", "late@example.com"), ("role", "rep")]).await;
    let later = site.on("2017-08-23").anonymous();
    later.get(&path).await.assert(410).assert_has("Its time is over").assert_lacks("Acme");
    let fields = [("token", token(&path)), ("name", "Late"), ("password", "a sentence of mine")];
    later.post("account/accept_invitation", &fields).await.assert(422);

    let page: app::people::api::UsersPage = owner.post("people/users", &[]).await.assert(200).json();
    let id = page.invitations.iter().find(|i| i.email == "late@example.com").unwrap().id.to_string();
    site.other_tenant().await.post("people/revoke", &[("id", &id)]).await.assert(404);
    owner.submit("/users", "people/revoke", &[("id", &id)]).await.assert(303);
    site.anonymous().get(&path).await.assert(410).assert_has("It was withdrawn");
    site.anonymous().post("account/accept_invitation", &fields).await.assert(422);
    owner.post("people/revoke", &[("id", &id)]).await.assert(422);

    site.anonymous().get("/invite/nothing").await.assert(404);
}

#[tokio::test]
async fn roles_are_never_given_above_ones_own() {
    let site = Site::new().await;
    let fields = |role| [("email", "x@example.com"), ("role", role)];
    site.admin().await.post("people/invite", &fields("owner")).await.assert(403);
    site.admin().await.post("people/invite", &fields("admin")).await.assert(200);
    site.owner().await.post("people/invite", &fields("owner")).await.assert(200);
    site.manager().await.post("people/invite", &fields("rep")).await.assert(403);
    site.owner().await.post("people/invite", &fields("king")).await.assert(422);
}

#[tokio::test]
async fn invitations_that_cannot_be_are_refused_with_remarks() {
    let site = Site::new().await;
    let (owner, w) = (site.owner().await, site.world);
    let remark = |answer: crate::support::Answer| answer.remarks()[0].0.clone();
    let theirs = w.other_team.to_string();
    let rob = w.rob.to_string();
    let cases: [(&str, &[(&str, &str)]); 5] = [
        ("email", &[("email", "nonsense"), ("role", "rep")]),
        ("email", &[("email", "rep@example.com"), ("role", "rep")]),
        ("team", &[("email", "a@example.com"), ("role", "manager")]),
        ("team", &[("email", "a@example.com"), ("role", "viewer"), ("team", &theirs)]),
        ("person", &[("email", "a@example.com"), ("role", "rep"), ("person", &rob)]),
    ];
    for (field, fields) in cases {
        assert_eq!(remark(owner.post("people/invite", fields).await.assert(422)), field, "{fields:?}");
    }
    let typed = [("email", "nonsense"), ("role", "viewer")];
    let page = owner.submit("/users?dialog=invite", "people/invite", &typed).await.assert(422);
    page.assert_has("value=\"nonsense\"").assert_has("Write an e-mail address");
}

#[tokio::test]
async fn an_invited_role_counts_at_once() {
    let site = Site::new().await;
    let path = invite(&site.owner().await, &[("email", "two@example.com"), ("role", "admin")]).await;
    let browser = site.anonymous();
    let fields = [("token", token(&path)), ("name", "Second"), ("password", "a sentence of mine")];
    browser.post("account/accept_invitation", &fields).await.assert(200);
    browser.post("people/users", &[]).await.assert(200);
    sign_in(&site.anonymous(), "two@example.com", "a sentence of mine").await.assert(303);
    let users = query::memberships(site.db(), site.world.org).await.unwrap();
    assert_eq!(users.iter().filter(|m| m.role == Role::Admin.code()).count(), 2);
}

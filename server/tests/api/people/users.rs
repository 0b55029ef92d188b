//! Users and their roles.

use app::caller::Role;
use app::people::api::UsersPage;
use server::query::people as query;

use crate::support::{Persona, Site};

async fn users(who: &Persona) -> UsersPage {
    who.post("people/users", &[]).await.assert(200).json()
}

async fn membership(site: &Site, user: i64) -> String {
    let all = query::memberships(site.db(), site.world.org).await.unwrap();
    all.iter().find(|m| m.user_id == user).unwrap().id.to_string()
}

fn change<'a>(id: &'a str, role: &'a str, was: &'a str) -> [(&'a str, &'a str); 3] {
    [("id", id), ("role", role), ("was_role", was)]
}

#[tokio::test]
async fn the_list_shows_roles_people_teams_and_invitations() {
    let site = Site::new().await;
    let page = users(&site.owner().await).await;
    let names: Vec<&str> = page.users.iter().map(|u| u.name.as_str()).collect();
    assert_eq!(names, ["admin", "manager", "owner", "rep", "viewer"]);
    let manager = &page.users[1];
    assert_eq!(manager.person.as_ref().map(|p| p.1.as_str()), Some("Mia Manager"));
    assert!(manager.teams[0].manages && manager.teams[0].path == "Sales / East");
    assert_eq!(page.invitations.len(), 1);
    assert!(page.users[2].last_seen.is_some());
    let html = site.owner().await.get("/users").await.assert(200);
    html.assert_has("guest@example.com").assert_has("sees Sales / East");
    site.manager().await.get("/users").await.assert(403);
    site.rep().await.get("/users").await.assert(403);
    let others = users(&site.other_tenant().await).await;
    assert_eq!((others.users.len(), others.invitations.len()), (1, 0));
}

#[tokio::test]
async fn the_last_owner_stays() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let own = membership(&site, site.world.owner).await;
    owner.post("people/save_user", &change(&own, "admin", "owner")).await.assert(422);
    owner.post("people/set_user_active", &[("id", &own), ("active", "false")]).await.assert(422);
    let second = site.add_user("second", Role::Owner, None).await;
    let other = membership(&site, second).await;
    // A second owner may demote the first, but then not be demoted.
    let second = site.signed_in(second, site.world.org).await;
    second.post("people/save_user", &change(&own, "admin", "owner")).await.assert(200);
    owner.post("people/save_user", &change(&other, "admin", "owner")).await.assert(403);
    second.post("people/save_user", &change(&other, "admin", "owner")).await.assert(422);
}

#[tokio::test]
async fn nobody_touches_somebody_above_them() {
    let site = Site::new().await;
    let admin = site.admin().await;
    let owner = membership(&site, site.world.owner).await;
    let rep = site.world.rep_membership.to_string();
    admin.post("people/save_user", &change(&owner, "viewer", "owner")).await.assert(403);
    admin.post("people/set_user_active", &[("id", &owner), ("active", "false")]).await.assert(403);
    let fields = [("id", rep.as_str()), ("role", "owner"), ("was_role", "rep")];
    admin.post("people/save_user", &fields).await.assert(403);
}

#[tokio::test]
async fn withdrawing_access_ends_sessions_at_once() {
    let site = Site::new().await;
    let (owner, rep) = (site.owner().await, site.rep().await);
    let id = site.world.rep_membership.to_string();
    rep.post("account/view", &[]).await.assert(200);
    owner.submit("/users", "people/set_user_active", &[("id", &id), ("active", "false")]).await.assert(303);
    rep.post("account/view", &[]).await.assert(401);
    owner.get("/users").await.assert_has("no access");
    owner.post("people/set_user_active", &[("id", &id), ("active", "true")]).await.assert(200);
    site.rep().await.post("account/view", &[]).await.assert(200);
}

#[tokio::test]
async fn a_changed_role_takes_its_teams_along_and_two_tabs_conflict() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let (id, mia) = (site.world.manager_membership.to_string(), site.world.mia.to_string());
    let fields =
        [("id", id.as_str()), ("role", "rep"), ("person", &mia), ("was_role", "manager"), ("was_person", &mia)];
    owner.post("people/save_user", &fields).await.assert(200);
    let page = users(&owner).await;
    let user = page.users.iter().find(|u| u.id.to_string() == id).unwrap();
    assert_eq!(user.role, Role::Rep);
    assert!(user.teams.is_empty());
    site.admin().await.post("people/save_user", &fields).await.assert(409);
    // A rep manages nothing; giving a team to see is fine.
    let west = site.world.west.to_string();
    owner.post("people/grant", &[("id", &id), ("team", &west), ("kind", "manages")]).await.assert(422);
    owner.post("people/grant", &[("id", &id), ("team", &west), ("kind", "sees")]).await.assert(200);
    owner.post("people/withdraw", &[("id", &id), ("team", &west)]).await.assert(200);
    owner.post("people/withdraw", &[("id", &id), ("team", &west)]).await.assert(404);
}

#[tokio::test]
async fn a_person_belongs_to_one_user() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let (id, rob, ria) =
        (membership(&site, site.world.viewer).await, site.world.rob.to_string(), site.world.ria.to_string());
    let set = |person: &str| {
        [("id", id.clone()), ("role", "viewer".into()), ("person", person.to_owned()), ("was_role", "viewer".into())]
    };
    for (person, status) in [(&rob, 422), (&ria, 200)] {
        let fields = set(person);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v): &(&str, String)| (*n, v.as_str())).collect();
        owner.post("people/save_user", &fields).await.assert(status);
    }
}

#[tokio::test]
async fn a_link_is_handed_over_to_the_one_who_made_it_only() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let answer = owner.submit("/users", "people/invite", &[("email", "new@example.com"), ("role", "rep")]).await;
    let cookie = answer.assert(303).cookie("handover").unwrap();
    let stranger = site.other_tenant().await;
    stranger.set_cookie("handover", &cookie);
    stranger.get("/users").await.assert(200).assert_lacks("/invite/");
    let html = owner.get("/users").await.assert(200);
    html.assert_has("http://kpi.example/invite/").assert_has("readonly");
    owner.get("/users").await.assert(200).assert_lacks("/invite/");
}

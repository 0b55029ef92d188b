//! Sign-in, sessions and what stands around them.

mod invitation;
mod password;
mod setup;

use crate::support::{PASSWORD, Persona, Site};

/// Signs in without JavaScript, as the page's form does.
async fn sign_in(browser: &Persona, email: &str, password: &str) -> crate::support::Answer {
    browser.submit("/login", "account/sign_in", &[("email", email), ("password", password)]).await
}

#[tokio::test]
async fn pages_are_not_shown_to_who_is_not_signed_in() {
    let site = Site::new().await;
    let answer = site.anonymous().get("/people/teams?x=1").await.assert(302);
    assert_eq!(answer.location(), "/login?next=%2Fpeople%2Fteams%3Fx%3D1");
    site.owner().await.get("/health/live").await.assert(200);
}

#[tokio::test]
async fn signing_in_leads_on_to_the_page_asked_for() {
    let site = Site::new().await;
    let browser = site.anonymous();
    browser.get("/login?next=/people").await.assert(200).assert_has("name=\"next\" value=\"/people\"");
    let fields = [("email", "Owner@Example.com "), ("password", PASSWORD), ("next", "/people")];
    let answer = browser.submit("/login?next=/people", "account/sign_in", &fields).await.assert(303);
    assert_eq!(answer.location(), "/people");
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"), "{cookie}");
    browser.get("/people").await.assert(200).assert_has("Rob Rep");
    browser.get("/login").await.assert(302);
}

#[tokio::test]
async fn signing_in_never_leads_to_another_site() {
    let site = Site::new().await;
    for next in ["https://evil.example", "//evil.example", "/\\evil.example"] {
        let fields = [("email", "owner@example.com"), ("password", PASSWORD), ("next", next)];
        let answer = site.anonymous().submit("/login", "account/sign_in", &fields).await.assert(303);
        assert_eq!(answer.location(), "/", "{next}");
    }
}

#[tokio::test]
async fn unknown_user_and_wrong_password_read_the_same() {
    let site = Site::new().await;
    let unknown = sign_in(&site.anonymous(), "nobody@example.com", "wrong password").await.assert(422);
    let wrong = sign_in(&site.anonymous(), "owner@example.com", "wrong password").await.assert(422);
    let text = "E-mail address and password do not belong together";
    unknown.assert_has(text).assert_has("value=\"nobody@example.com\"").assert_lacks("wrong password");
    wrong.assert_has(text).assert_has("value=\"owner@example.com\"");
}

#[tokio::test]
async fn a_missing_field_is_said_and_costs_no_attempt() {
    let site = Site::new().await;
    let answer = site.anonymous().post("account/sign_in", &[("email", ""), ("password", "")]).await.assert(422);
    let fields: Vec<String> = answer.remarks().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["email", "password"]);
}

#[tokio::test]
async fn guessing_is_slowed_per_account_wherever_it_comes_from() {
    let site = Site::new().await;
    for n in 0..5 {
        let browser = site.anonymous().with("x-forwarded-for", &format!("192.0.2.{n}"));
        sign_in(&browser, "rep@example.com", "wrong password").await.assert(422);
    }
    // Even the right password must wait now; another account need not.
    let browser = site.anonymous().with("x-forwarded-for", "192.0.2.99");
    sign_in(&browser, "rep@example.com", PASSWORD).await.assert(429).assert_has("Too many attempts");
    sign_in(&browser, "viewer@example.com", PASSWORD).await.assert(303);
    let later = site.on("2017-08-16");
    sign_in(&later.anonymous(), "rep@example.com", PASSWORD).await.assert(303);
}

#[tokio::test]
async fn guessing_is_slowed_per_address_whatever_the_account() {
    let site = Site::new().await;
    for n in 0..30 {
        let answer = sign_in(&site.anonymous(), &format!("user{n}@example.com"), "wrong password").await;
        assert_eq!(answer.status.as_u16(), 422, "attempt {n}");
    }
    sign_in(&site.anonymous(), "owner@example.com", PASSWORD).await.assert(429);
    let elsewhere = site.anonymous().with("x-forwarded-for", "198.51.100.7");
    sign_in(&elsewhere, "owner@example.com", PASSWORD).await.assert(303);
}

#[tokio::test]
async fn signing_in_gives_a_new_session_and_ends_the_one_before() {
    let site = Site::new().await;
    let browser = site.rep().await;
    let before = browser.session().unwrap();
    sign_in(&browser, "rep@example.com", PASSWORD).await.assert(303);
    assert_ne!(browser.session().unwrap(), before);
    let thief = Persona::new(site.router(), Some(&before));
    thief.post("account/view", &[]).await.assert(401);
    // A token that the browser brought along is never taken over.
    let fixed = site.anonymous();
    fixed.set_cookie("maatstaf", "chosen-by-somebody-else");
    sign_in(&fixed, "rep@example.com", PASSWORD).await.assert(303);
    assert_ne!(fixed.session().unwrap(), "chosen-by-somebody-else");
}

#[tokio::test]
async fn sessions_end_when_unused_and_in_any_case_after_thirty_days() {
    let site = Site::new().await;
    let idle = site.rep().await;
    idle.post("account/view", &[]).await.assert(200);
    let idle = idle.at(site.on("2017-08-21").router());
    idle.post("account/view", &[]).await.assert(200);
    let idle = idle.at(site.on("2017-08-29").router());
    idle.post("account/view", &[]).await.assert(401);

    let mut busy = site.rep().await;
    for day in ["2017-08-20", "2017-08-26", "2017-09-01", "2017-09-07", "2017-09-13"] {
        busy = busy.at(site.on(day).router());
        busy.post("account/view", &[]).await.assert(200);
    }
    busy.at(site.on("2017-09-15").router()).post("account/view", &[]).await.assert(401);
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_own_sessions_and_nobody_elses() {
    let site = Site::new().await;
    let (here, there, other) = (site.rep().await, site.rep().await, site.viewer().await);
    let answer = here.submit("/account", "account/end_all", &[]).await.assert(303);
    assert_eq!(answer.location(), "/login");
    assert!(here.session().is_none());
    there.post("account/view", &[]).await.assert(401);
    other.post("account/view", &[]).await.assert(200);
}

#[tokio::test]
async fn one_session_can_be_ended_from_another_browser() {
    let site = Site::new().await;
    let (here, there) = (site.rep().await, site.rep().await);
    let view: app::account::api::AccountView = here.post("account/view", &[]).await.assert(200).json();
    assert_eq!(view.sessions.len(), 2);
    assert!(view.sessions[0].is_this);
    let id = view.sessions[1].id.to_string();
    site.viewer().await.post("account/end_session", &[("id", &id)]).await.assert(404);
    here.post("account/end_session", &[("id", &id)]).await.assert(200);
    there.post("account/view", &[]).await.assert(401);
    here.post("account/view", &[]).await.assert(200);
}

#[tokio::test]
async fn logging_out_forgets_the_session() {
    let site = Site::new().await;
    let browser = site.rep().await;
    let token = browser.session().unwrap();
    browser.post_to("/logout", &[]).await.assert(303);
    Persona::new(site.router(), Some(&token)).post("account/view", &[]).await.assert(401);
}

#[tokio::test]
async fn another_site_cannot_change_anything() {
    let site = Site::new().await;
    for (name, value) in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site")] {
        let browser = site.owner().await.with(name, value);
        browser.post("people/add_team", &[("name", "Planted")]).await.assert(403);
        browser.submit("/people/teams", "people/add_team", &[("name", "Planted")]).await.assert(403);
    }
    let old = site.owner().await.with("sec-fetch-site", "").with("origin", "https://evil.example");
    old.post("people/add_team", &[("name", "Planted")]).await.assert(403);
    let no_origin = site.owner().await.with("sec-fetch-site", "");
    no_origin.post("people/add_team", &[("name", "Planted")]).await.assert(403);
    // Nothing that changes is reachable by GET.
    site.owner().await.get("/api/people/add_team?name=Planted").await.assert_lacks("Added");
    site.owner().await.get("/people/teams").await.assert(200).assert_lacks("Planted");
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let site = Site::new().await;
    for answer in [site.anonymous().get("/login").await, site.owner().await.get("/people/teams").await] {
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "same-origin");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        let nonce = policy.split("'nonce-").nth(1).and_then(|p| p.split('\'').next()).unwrap();
        assert!(answer.body.contains(&format!("nonce=\"{nonce}\"")));
    }
}

#[tokio::test]
async fn the_own_name_can_be_changed() {
    let site = Site::new().await;
    let rep = site.rep().await;
    rep.submit("/account", "account/rename", &[("name", "  ")]).await.assert(422).assert_has("at most 100 characters");
    rep.submit("/account", "account/rename", &[("name", "Robert")]).await.assert(303);
    rep.get("/account").await.assert(200).assert_has("Robert");
}

#[tokio::test]
async fn who_lost_access_is_told_after_the_right_password_only() {
    let site = Site::new().await;
    let id = site.world.rep_membership.to_string();
    site.owner().await.post("people/set_user_active", &[("id", &id), ("active", "false")]).await.assert(200);
    sign_in(&site.anonymous(), "rep@example.com", "wrong password")
        .await
        .assert(422)
        .assert_has("do not belong together");
    sign_in(&site.anonymous(), "rep@example.com", PASSWORD)
        .await
        .assert(422)
        .assert_has("no access to an organisation");
}

//! The first run.

use crate::support::Site;

const FORM: [(&str, &str); 9] = [
    ("org_name", "Strategic Solutions"),
    ("template", "consultancy"),
    ("currency", "EUR"),
    ("time_zone", "Europe/Amsterdam"),
    ("fiscal_start_month", "4"),
    ("locale", "nl"),
    ("name", "Olga Owner"),
    ("email", "olga@example.com"),
    ("password", "een lang zinnetje"),
];

fn form_with<'a>(field: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    FORM.into_iter().map(|(n, v)| if n == field { (n, value) } else { (n, v) }).collect()
}

#[tokio::test]
async fn the_first_visitor_makes_the_organisation_and_is_its_owner() {
    let site = Site::empty().await;
    let browser = site.anonymous();
    assert_eq!(browser.get("/").await.assert(302).location(), "/login");
    assert_eq!(browser.get("/login").await.assert(302).location(), "/setup");
    browser.get("/setup").await.assert(200).assert_has("Set up Maatstaf");
    let answer = browser.submit("/setup", "account/set_up", &FORM).await.assert(303);
    assert_eq!(answer.location(), "/people/teams");
    browser.get("/users").await.assert(200).assert_has("Olga Owner").assert_has("Eigenaar");
}

#[tokio::test]
async fn it_works_once() {
    let site = Site::empty().await;
    site.anonymous().post("account/set_up", &FORM).await.assert(200);
    let again = form_with("email", "eve@example.com");
    site.anonymous().post("account/set_up", &again).await.assert(404);
    site.anonymous().get("/setup").await.assert(404);
    let other = Site::new().await;
    other.anonymous().post("account/set_up", &FORM).await.assert(404);
}

#[tokio::test]
async fn wrong_values_come_back_with_remarks_and_nothing_is_made() {
    let site = Site::empty().await;
    for (field, value) in [
        ("org_name", " "),
        ("template", "bank"),
        ("currency", "XXXX"),
        ("time_zone", "Mars/Olympus"),
        ("fiscal_start_month", "13"),
        ("locale", "xx"),
        ("name", ""),
        ("email", "olga"),
        ("password", "short"),
    ] {
        let answer = site.anonymous().post("account/set_up", &form_with(field, value)).await.assert(422);
        let remarks: Vec<String> = answer.remarks().into_iter().map(|(f, _)| f).collect();
        assert_eq!(remarks, [field], "{value}");
    }
    let answer = site.anonymous().submit("/setup", "account/set_up", &form_with("email", "olga")).await.assert(422);
    answer.assert_has("value=\"Strategic Solutions\"").assert_has("value=\"olga\"").assert_lacks("een lang zinnetje");
    site.anonymous().post("account/set_up", &FORM).await.assert(200);
}

//! Forms posted to their page, as a browser without JavaScript does.

use crate::support::Site;

const PAGE: &str = "/dev/ui";
const CALL: &str = "dev/try_form";

#[tokio::test]
async fn a_refused_form_comes_back_as_the_same_page_with_what_was_typed() {
    let site = Site::new().await;
    let fields =
        [("name", "Anna & Co"), ("amount", "12,5x"), ("metric", "revenue"), ("direction", "down"), ("agree", "true")];
    let answer = site.anonymous().submit(PAGE, CALL, &fields).await.assert(422);
    let answer = answer.assert_has("Anna &amp; Co").assert_has("12,5x").assert_has("is not a number");
    assert!(answer.body.contains("id=\"f-amount\""), "the field is on the page");
    assert!(answer.body.contains("aria-invalid=\"true\""), "the field is marked");
}

#[tokio::test]
async fn an_accepted_form_leads_on_by_a_redirect() {
    let site = Site::new().await;
    let fields = [("name", "Anna"), ("amount", "12"), ("metric", "revenue")];
    let answer = site.anonymous().submit(PAGE, CALL, &fields).await.assert(303);
    assert_eq!(answer.location(), PAGE);
}

#[tokio::test]
async fn an_argument_that_is_missing_is_the_callers_mistake() {
    let site = Site::new().await;
    site.anonymous().submit(PAGE, CALL, &[("name", "Anna")]).await.assert(422);
    site.anonymous().post(CALL, &[("name", "Anna")]).await.assert(422);
}

#[tokio::test]
async fn a_form_cannot_name_what_is_no_server_function() {
    let site = Site::new().await;
    site.anonymous().submit(PAGE, "../logout", &[]).await.assert(404);
}

#[tokio::test]
async fn an_unknown_address_answers_404_with_a_page() {
    let site = Site::new().await;
    site.owner().await.get("/nowhere").await.assert(404).assert_has("This page does not exist");
}

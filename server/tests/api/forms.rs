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

#[tokio::test]
async fn a_character_that_cannot_be_stored_is_said_beside_its_field() {
    let site = Site::new().await;
    let fields = [("name", "Anna\0"), ("amount", "12"), ("metric", "revenue")];
    site.anonymous().submit(PAGE, CALL, &fields).await.assert(422).assert_has("cannot be stored");
    site.anonymous().post(CALL, &fields).await.assert(422).assert_has("error.control_character");
    let lines = [("name", "Anna\r\nSnelling"), ("amount", "12"), ("metric", "revenue")];
    site.anonymous().submit(PAGE, CALL, &lines).await.assert(303);
}

#[tokio::test]
async fn a_form_whose_session_ended_gives_back_what_was_typed() {
    let site = Site::new().await;
    let fields = [("person", site.world.rob.to_string()), ("evidence", "Typed for an hour".to_owned())];
    let fields = fields.iter().map(|(name, value)| (*name, value.as_str())).collect::<Vec<_>>();
    let answer = site.anonymous().submit("/scorecard", "notes/add", &fields).await.assert(401);
    answer.assert_has("Typed for an hour").assert_has("/login?next=");
}

#[tokio::test]
async fn a_name_cannot_end_the_title_of_its_page() {
    let site = Site::new().await;
    let owner = site.owner().await;
    let fields = [("name", "</title><meta http-equiv=\"refresh\">"), ("key", "title-1")];
    let answer = owner.submit("/people", "people/add_person", &fields).await.assert(303);
    owner.get(answer.location()).await.assert(200).assert_lacks("<meta http-equiv=\"refresh\"");
}

//! Sign-in, sessions and what stands around them.

use crate::support::Site;

#[tokio::test]
async fn pages_are_not_shown_to_who_is_not_signed_in() {
    let site = Site::new().await;
    let answer = site.anonymous().get("/").await.assert(302);
    assert_eq!(answer.location(), "/login");
    site.owner().await.get("/health/live").await.assert(200);
}

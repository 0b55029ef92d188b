//! The demo companies: each question that the product puts has its answer in the facts, by a plain computation over
//! the rows.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod agency;
mod asked;
mod company;
mod consultancy;
mod retail;
mod saas;

use company::Demo;

/// One demo for all questions: making it is what takes time.
#[tokio::test(flavor = "multi_thread")]
async fn each_question_has_an_answer_in_the_facts() {
    for test in support::databases("demo").await {
        let demo = Demo::new(&test.db).await;
        demo.everything_is_plausible().await;
        demo.rows_are_checked().await;
        saas::price_change(&demo).await;
        saas::movements_and_acquisition(&demo).await;
        consultancy::template(&demo).await;
        consultancy::training(&demo).await;
        agency::channels(&demo).await;
        agency::landing_page(&demo).await;
        retail::accessories(&demo).await;
        retail::loyalty(&demo).await;
        asked::saas(&demo).await;
        asked::consultancy(&demo).await;
        asked::agency(&demo).await;
        asked::retail(&demo).await;
        demo.a_second_start_changes_nothing().await;
        drop(demo);
        test.drop().await;
    }
}

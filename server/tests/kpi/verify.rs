//! Verification finds what does not agree, and nothing else.

use domain::OrgId;
use sea_orm::ConnectionTrait as _;
use server::verify::verify;

use super::company::{Company, Deal, ORG, day};
use super::support;

async fn differences(c: &Company) -> Vec<String> {
    let checks = verify(&c.db, OrgId::new(ORG)).await.unwrap();
    assert!(checks.iter().all(|check| !check.what.is_empty()));
    checks.into_iter().flat_map(|check| check.differences).collect()
}

#[tokio::test]
async fn differences_are_found() {
    for db in support::databases("verify").await {
        let mut c = Company::new(&db.db, "USD").await;
        c.team("Top", None).await;
        c.team("Low", Some("Top")).await;
        let (ann, bob) = (c.person("Ann").await, c.person("Bob").await);
        c.place("Ann", Some("Low"), Some("Bob"), None, Some("2017-02-01")).await;
        c.place("Ann", Some("Top"), Some("Bob"), Some("2017-02-01"), None).await;
        let closed = Some(day("2017-03-03").day_number());
        let deal = |person, split| Deal { person, split, status: 1, closed, amount: Some(1000), ..Deal::default() };
        c.deals(&[deal(Some(ann), Vec::new()), deal(None, vec![(ann, 600_000), (bob, 400_000)])]).await;
        assert_eq!(differences(&c).await, Vec::<String>::new());

        for (change, back, words) in [
            (
                format!("UPDATE deal_credit SET share_micros = 500000 WHERE person_id = {bob}"),
                format!("UPDATE deal_credit SET share_micros = 400000 WHERE person_id = {bob}"),
                "shares sum to 1100000",
            ),
            (
                format!("UPDATE deal_credit SET reporting_micros = 1 WHERE person_id = {bob}"),
                format!("UPDATE deal_credit SET reporting_micros = 400000000 WHERE person_id = {bob}"),
                "reporting amount differ",
            ),
            (
                "UPDATE deal SET reporting_micros = 7 WHERE person_id IS NOT NULL".into(),
                "UPDATE deal SET reporting_micros = amount_micros".into(),
                "its amount and its reporting amount differ",
            ),
            (
                "UPDATE team_membership SET to_day = NULL".into(),
                format!(
                    "UPDATE team_membership SET to_day = {} WHERE from_day IS NULL",
                    day("2017-02-01").day_number()
                ),
                "Ann: two places from 2017-02-01 on",
            ),
            (
                format!("UPDATE team SET parent_id = {} WHERE name = 'Top'", c.teams["Low"]),
                "UPDATE team SET parent_id = NULL WHERE name = 'Top'".into(),
                "stands below itself",
            ),
        ] {
            c.db.execute_unprepared(&change).await.unwrap();
            let found = differences(&c).await;
            assert!(found.iter().any(|d| d.contains(words)), "{change}: {found:?}");
            c.db.execute_unprepared(&back).await.unwrap();
            assert_eq!(differences(&c).await, Vec::<String>::new(), "{back}");
        }
        db.drop().await;
    }
}

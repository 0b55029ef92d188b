//! What deals tell that stored sums do not: discounts, and the days that lost deals took.

use server::kpi::KpiQuery;

use super::company::{Company, Deal, day, lines, metrics, period};
use super::sources::{asked, sellers};
use super::support;

#[tokio::test]
async fn a_deal_given_away_is_counted_beside_the_discount() {
    for db in support::databases("given_away").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, bob) = sellers(&mut c).await;
        let won = |person: i64, amount: i64, discount: Option<i64>| Deal {
            person: Some(person),
            status: 1,
            closed: Some(day("2017-03-01").day_number()),
            amount: Some(amount),
            discount,
            ..Deal::default()
        };
        c.deals(&[
            won(ann, 1_500, Some(250_000)),
            won(ann, 0, Some(1_000_000)),
            won(bob, 7, Some(1_000_000)),
            won(bob, 900, None),
            Deal { status: 2, ..won(bob, 5, Some(1_000_000)) },
        ])
        .await;
        let ids = "discount_share,deals_given_away";
        assert_eq!(asked(&c, ids, "").await, ["discount_share| = 0.250000", "deals_given_away| = 2"]);
        assert_eq!(
            asked(&c, ids, "person").await,
            [
                "discount_share|Ann = 0.250000",
                "deals_given_away|Ann = 1",
                "discount_share|Bob = (empty_base)",
                "deals_given_away|Bob = 1",
            ]
        );
        db.drop().await;
    }
}

/// Who left stays in the history of the team and in no later one (F4.6).
#[tokio::test]
async fn who_left_stays_in_history() {
    for db in support::databases("left").await {
        let mut c = Company::new(&db.db, "USD").await;
        sellers(&mut c).await;
        let cas = c.person("Cas").await;
        c.place("Cas", Some("East"), None, None, Some("2017-04-01")).await;
        let won = |closed: &str| Deal {
            person: Some(cas),
            status: 1,
            closed: Some(day(closed).day_number()),
            amount: Some(10),
            ..Deal::default()
        };
        c.deals(&[won("2017-03-31"), won("2017-02-01")]).await;
        let asked = async |by: &str, from: &str, to: &str| {
            let mut q = KpiQuery::new(metrics("deals_won"), period(from, to));
            q.by = super::sources::by(by);
            lines(&c.ask(&q).await)
        };
        assert_eq!(asked("team", "2017-01-01", "2017-04-01").await, ["deals_won|East = 2"]);
        assert_eq!(
            asked("person", "2017-01-01", "2017-04-01").await,
            ["deals_won|Ann = 0", "deals_won|Bob = 0", "deals_won|Cas = 2"]
        );
        assert_eq!(asked("person", "2017-04-01", "2017-07-01").await, ["deals_won|Ann = 0", "deals_won|Bob = 0"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn lost_deals_have_a_cycle_of_their_own() {
    for db in support::databases("cycle_lost").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, bob) = sellers(&mut c).await;
        let closed = |person: i64, status: i16, days: i32| Deal {
            person: Some(person),
            status,
            engaged: Some(day("2017-03-01").day_number()),
            closed: Some(day("2017-03-01").day_number() + days),
            ..Deal::default()
        };
        c.deals(&[
            closed(ann, 1, 30),
            closed(ann, 2, 3),
            closed(ann, 2, 14),
            closed(bob, 2, 138),
            closed(bob, 3, 1_000),
            Deal { engaged: None, ..closed(bob, 2, 5) },
            // Of both: once in the whole, once for each.
            Deal { person: None, split: vec![(ann, 500_000), (bob, 500_000)], ..closed(ann, 2, 5) },
        ])
        .await;
        let ids = "cycle_days_mean,cycle_days_lost_mean,cycle_days_lost_median,cycle_days_closed_mean,cycle_days_closed_median";
        assert_eq!(
            asked(&c, ids, "").await,
            [
                "cycle_days_mean| = 30.000000",
                "cycle_days_lost_mean| = 40.000000",
                "cycle_days_lost_median| = 9.500000",
                "cycle_days_closed_mean| = 38.000000",
                "cycle_days_closed_median| = 14.000000",
            ]
        );
        let ids = "cycle_days_lost_median,cycle_days_closed_median";
        assert_eq!(
            asked(&c, ids, "person").await,
            [
                "cycle_days_lost_median|Ann = 5.000000",
                "cycle_days_closed_median|Ann = 9.500000",
                "cycle_days_lost_median|Bob = 71.500000",
                "cycle_days_closed_median|Bob = 71.500000",
            ]
        );
        db.drop().await;
    }
}

//! What must hold of any facts: parts add up to the whole, wherever a period is cut and whoever is asked.

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use server::kpi::{Dimension, KpiQuery, Who, points};

use super::company::{Company, Deal, day, metrics, period};
use super::support;

const METRICS: &str = "deals_won,deals_lost,revenue";

/// Four people who move between three teams, and deals on arbitrary days.
async fn company(db: &support::TestDb, seed: u64, split: bool) -> Company {
    let mut random = StdRng::seed_from_u64(seed);
    let mut c = Company::new(&db.db, "USD").await;
    c.team("Top", None).await;
    c.team("Left", Some("Top")).await;
    c.team("Right", Some("Top")).await;
    let mut people = Vec::new();
    for name in ["Ann", "Bob", "Cas", "Dee"] {
        people.push(c.person(name).await);
    }
    for name in ["Ann", "Bob", "Cas", "Dee"] {
        let moved = day("2017-01-01").add_days(random.random_range(1..364)).unwrap().to_string();
        c.place(name, Some("Left"), None, None, Some(&moved)).await;
        c.place(name, Some("Right"), Some("Ann"), Some(&moved), None).await;
    }
    let first = day("2016-11-01").day_number();
    let deals: Vec<Deal> = (0..300)
        .map(|_| {
            let closed = first + random.random_range(0..500);
            let is_split = split && random.random_range(0..5) == 0;
            let owner = random.random_range(0..4);
            Deal {
                person: (!is_split).then(|| people[owner]),
                split: if is_split {
                    vec![(people[owner], 700_000), (people[(owner + 1) % 4], 300_000)]
                } else {
                    Vec::new()
                },
                status: random.random_range(0..4),
                created: Some(closed - random.random_range(0..90)),
                closed: Some(closed),
                amount: Some(random.random_range(-1_000..100_000)),
                ..Deal::default()
            }
        })
        .collect();
    c.deals(&deals).await;
    c
}

fn total(rows: &[server::kpi::KpiRow], id: &str) -> f64 {
    rows.iter().filter(|r| r.metric.id() == id).map(|r| r.answer.value.value().unwrap().to_f64()).sum()
}

#[tokio::test]
async fn parts_add_up_to_the_whole() {
    for db in support::databases("parts").await {
        let c = company(&db, 7, false).await;
        let mut q = KpiQuery::new(metrics(METRICS), period("2017-01-01", "2018-01-01"));
        let whole = c.ask(&q).await;
        for by in ["person", "team", "manager", "week", "month", "quarter", "year", "product"] {
            q.by = vec![Dimension::from_name(by).unwrap()];
            let parts = c.ask(&q).await;
            for id in METRICS.split(',') {
                assert_eq!(total(&parts, id), total(&whole, id), "{id} by {by}");
            }
        }
        q.by = ["person", "team", "week"].map(|d| Dimension::from_name(d).unwrap()).to_vec();
        let parts = c.ask(&q).await;
        assert_eq!(total(&parts, "revenue"), total(&whole, "revenue"));
        q.by = Vec::new();
        let mut sum = 0.0;
        for team in ["Left", "Right"] {
            q.who = c.who_team(team);
            sum += total(&c.ask(&q).await, "revenue");
        }
        assert_eq!(sum, total(&whole, "revenue"));
        q.who = c.who_team("Top");
        assert_eq!(total(&c.ask(&q).await, "revenue"), total(&whole, "revenue"));
        db.drop().await;
    }
}

#[tokio::test]
async fn a_period_cut_anywhere_gives_the_same_sum() {
    for db in support::databases("cut").await {
        let c = company(&db, 11, true).await;
        let frame = c.frame().await;
        let viewer = server::kpi::Viewer::operator(frame.org, day("2026-01-01"));
        let year = period("2017-01-01", "2018-01-01");
        for who in [Who::ALL, c.who_person("Ann"), c.who_team("Left")] {
            for n in (1..365).step_by(13) {
                let (a, b) = year.cut(year.from().add_days(n).unwrap()).unwrap();
                let all = points(&c.db, &frame, &viewer, &metrics(METRICS), who, &[year, a, b]).await.unwrap();
                for (m, id) in METRICS.split(',').enumerate() {
                    let exact = |i: usize| all[i].answers[m].value.value().unwrap().exact;
                    assert_eq!(exact(1).checked_add(exact(2)), Some(exact(0)), "{id} cut at {n}");
                }
            }
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn shares_of_split_deals_add_up_and_each_counts_once() {
    for db in support::databases("shares").await {
        let c = company(&db, 13, true).await;
        let mut q = KpiQuery::new(metrics(METRICS), period("2017-01-01", "2018-01-01"));
        let whole = c.ask(&q).await;
        q.by = vec![Dimension::Person];
        let people = c.ask(&q).await;
        assert_eq!(total(&people, "revenue"), total(&whole, "revenue"));
        assert!(total(&people, "deals_won") > total(&whole, "deals_won"));
        // By month nothing is counted twice: a deal closes once.
        q.by = vec![Dimension::from_name("month").unwrap()];
        assert_eq!(total(&c.ask(&q).await, "deals_won"), total(&whole, "deals_won"));
        db.drop().await;
    }
}

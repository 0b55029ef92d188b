//! Attach rates of two categories, and that every KPI of the catalogue can be asked.

use domain::metric::catalogue;
use domain::{OrgId, stats};
use server::entity::sales_line;
use server::kpi::typed::{Typed, read};
use server::kpi::{Kpi, KpiQuery, Pair, Viewer, ask};

use super::company::{Company, ORG, day, lines, metrics, period};
use super::facts::{add, sale, text};
use super::sources::{by, sellers};
use super::support;

/// Receipt, day, whose, category; `-` before the receipt is a return.
async fn shop(db: &support::TestDb) -> Company {
    let mut c = Company::of(&db.db, "retail", "USD").await;
    let (ann, bob) = sellers(&mut c).await;
    let lines = [
        ("1", "2017-02-01", ann, "shoes"),
        ("1", "2017-02-01", ann, "socks"),
        ("1", "2017-02-01", ann, "socks"),
        ("2", "2017-02-02", bob, "shoes"),
        ("3", "2017-08-03", ann, "shoes"),
        ("3", "2017-08-03", ann, "socks"),
        ("4", "2017-08-04", bob, "socks"),
        ("5", "2017-08-05", bob, "hats"),
        ("-6", "2017-08-06", bob, "socks"),
    ];
    let rows = lines.map(|(receipt, on, person, category)| sales_line::Model {
        person_id: Some(person),
        category: text(category),
        kind: i64::from(receipt.starts_with('-')),
        ..sale(receipt.trim_start_matches('-'), on, Some("x"), 1)
    });
    add(&db.db, rows.to_vec()).await;
    c
}

async fn asked(c: &Company, from: &str, to: &str, dimensions: &str) -> Vec<String> {
    let mut q = KpiQuery::new(metrics("attach_rate,attach_units"), period("2017-01-01", "2018-01-01"));
    (q.pair, q.by) = (Pair::new(from, to), by(dimensions));
    lines(&c.ask(&q).await)
}

#[tokio::test]
async fn of_the_transactions_with_one_category_those_with_the_other_too() {
    for db in support::databases("pairs").await {
        let c = shop(&db).await;
        assert_eq!(asked(&c, "shoes", "socks", "").await, ["attach_rate| = 0.666667", "attach_units| = 1.333333"]);
        assert_eq!(asked(&c, "socks", "shoes", "").await, ["attach_rate| = 0.666667", "attach_units| = 0.750000"]);
        assert_eq!(asked(&c, "hats", "socks", "").await, ["attach_rate| = 0.000000", "attach_units| = 4.000000"]);
        assert_eq!(
            asked(&c, "gloves", "socks", "").await,
            ["attach_rate| = (empty_base)", "attach_units| = (empty_base)"]
        );
        assert_eq!(
            asked(&c, "shoes", "socks", "quarter").await[..2],
            ["attach_rate|2017Q1 = 0.500000", "attach_units|2017Q1 = 1.000000"]
        );
        let people = asked(&c, "shoes", "socks", "person").await;
        assert_eq!(
            (people[0].as_str(), people[2].as_str()),
            ("attach_rate|Ann = 1.000000", "attach_rate|Bob = 0.000000")
        );
        let mut q = KpiQuery::new(metrics("attach_rate"), period("2017-01-01", "2018-01-01"));
        q.pair = Pair::new("shoes", "socks");
        let answer = c.ask(&q).await.remove(0).answer;
        assert_eq!((answer.n, answer.interval95), (Some(3), stats::wilson95(2, 3)));
        // Nothing is compared with itself, and nothing without being named.
        assert!(Pair::new("shoes", "shoes").is_none() && Pair::new("", "socks").is_none());
        assert_eq!(asked(&c, "", "", "").await, ["attach_rate| = (needs_pair)", "attach_units| = (needs_pair)"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn every_kpi_of_the_catalogue_can_be_asked() {
    for db in support::databases("everything").await {
        let c = shop(&db).await;
        let (frame, viewer) = (c.frame().await, Viewer::operator(OrgId::new(ORG), day("2018-01-01")));
        for metric in catalogue::all() {
            let needs_pair = Kpi::from(metric).needs_pair(frame.revenue);
            let with = ["from=shoes", "to=socks"].map(str::to_owned).to_vec();
            let typed = Typed {
                metrics: metric.id.into(),
                from: "2017-01-01".into(),
                to: "2018-01-01".into(),
                separator: '=',
                ..Typed::default()
            };
            let plain = read(&frame, &viewer, &typed);
            let given = read(&frame, &viewer, &Typed { with, ..typed.clone() });
            assert_eq!((plain.is_err(), given.is_err()), (needs_pair, !needs_pair), "{}", metric.id);
            let query = if needs_pair { given } else { plain }.unwrap();
            for row in ask(&c.db, &frame, &viewer, &query).await.unwrap() {
                let why = row.answer.value.why().map(|why| why.code());
                assert!(
                    !matches!(why, Some("not_applicable" | "needs_pair")),
                    "{} cannot be asked: {why:?}",
                    metric.id
                );
            }
        }
        for with in
            [vec!["from=shoes"], vec!["from=shoes", "from=socks"], vec!["from=a", "to=a"], vec!["shoes", "socks"]]
        {
            let with = with.into_iter().map(str::to_owned).collect();
            let typed = Typed {
                metrics: "attach_rate".into(),
                from: "2017-01-01".into(),
                to: "2018-01-01".into(),
                separator: '=',
                with,
                ..Typed::default()
            };
            let fault = read(&frame, &viewer, &typed).unwrap_err();
            assert_eq!(fault.argument, "with");
            assert!(fault.message(domain::Locale::En).contains("from=A, to=B"), "{fault:?}");
        }
        db.drop().await;
    }
}

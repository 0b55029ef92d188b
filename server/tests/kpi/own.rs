//! The organisation's own KPIs in the engine: versions by period, groups, people, n and interval.

use std::sync::Arc;

use domain::{OrgId, PersonId, stats};
use sea_orm::DatabaseConnection;
use server::authz::Reach;
use server::entity::kpi_formula;
use server::kpi::{About, Dimension, Kpi, KpiQuery, OwnKpi, Viewer, Who, answer, ask, to_json, to_table, work_out};
use server::words::Words;

use super::company::{Company, Deal, ORG, day, lines, period};
use super::facts::{add, number};
use super::sources::sellers;
use super::support;

async fn formula(db: &DatabaseConnection, key: &str, version: i32, from: Option<&str>, formula: &str) {
    let row = kpi_formula::Model {
        org_id: ORG,
        key: key.into(),
        version,
        from_day: from.map(|day| number(day) as i32),
        name_en: key.into(),
        name_nl: key.into(),
        explanation: key.into(),
        formula: formula.into(),
        better: "up".into(),
        perspective: None,
        created_by: None,
        created_at: 0,
        retired_at: None,
    };
    add(db, vec![row]).await;
}

/// Ann wins 100 in February and loses one in May, Bob wins 300 in August.
async fn company(db: &support::TestDb) -> Company {
    let mut c = Company::new(&db.db, "USD").await;
    let (ann, bob) = sellers(&mut c).await;
    let deal = |person: i64, status: i16, closed: &str, amount: i64| Deal {
        person: Some(person),
        status,
        closed: Some(number(closed) as i32),
        amount: Some(amount),
        ..Deal::default()
    };
    c.deals(&[
        deal(ann, 1, "2017-02-03", 100),
        deal(ann, 2, "2017-05-03", 70),
        deal(bob, 1, "2017-08-03", 300),
        deal(bob, 1, "2017-08-04", 100),
    ])
    .await;
    formula(&db.db, "value", 1, None, "revenue / deals_won").await;
    formula(&db.db, "value", 2, Some("2017-07-01"), "revenue / deals_won * factor").await;
    formula(&db.db, "factor", 1, None, "10").await;
    formula(&db.db, "factor", 2, Some("2017-10-01"), "20").await;
    formula(&db.db, "share", 1, None, "deals_won / (deals_won + deals_lost)").await;
    c
}

async fn own(c: &Company, key: &str) -> Arc<OwnKpi> {
    match Kpi::find(&c.frame().await, key).unwrap() {
        Kpi::Own(own) => own,
        Kpi::Catalogue(_) => panic!("{key} is of the catalogue"),
    }
}

#[tokio::test]
async fn a_period_keeps_the_version_of_its_last_day() {
    for db in support::databases("own_versions").await {
        let c = company(&db).await;
        let value = Kpi::Own(own(&c, "value").await);
        let mut q = KpiQuery::new(vec![value], period("2017-01-01", "2018-01-01"));
        assert_eq!(lines(&c.ask(&q).await), ["value| = 3333.33"]);
        q.by = vec![Dimension::Time(domain::Grain::Quarter)];
        q.every_part = true;
        let rows = c.ask(&q).await;
        assert_eq!(
            lines(&rows),
            [
                "value|2017Q1 = 100.00",
                "value|2017Q2 = (empty_base)",
                "value|2017Q3 = 2000.00",
                "value|2017Q4 = (empty_base)"
            ]
        );
        assert_eq!(rows.iter().map(|r| r.version).collect::<Vec<_>>(), [Some(1), Some(1), Some(2), Some(2)]);
        // While a period runs, today's version holds.
        let viewer = Viewer::operator(OrgId::new(ORG), day("2017-08-31"));
        q.by = Vec::new();
        q.so_far = true;
        let answered = answer(&c.db, &c.frame().await, &viewer, &q).await.unwrap();
        let rows = &answered.rows;
        assert_eq!(lines(rows), ["value| = 1666.67"]);
        assert!(rows[0].flags.partial);
        let json = to_json(&answered, "USD".parse().unwrap(), Words(domain::Locale::En));
        assert_eq!((&json["rows"][0]["version"], &json["rows"][0]["currency"]), (&2.into(), &"USD".into()));
        assert!(to_table(rows, "USD".parse().unwrap()).ends_with("value\n1666.67 USD\n"));
        db.drop().await;
    }
}

#[tokio::test]
async fn own_kpis_have_n_an_interval_and_parts_and_follow_people_and_rights() {
    for db in support::databases("own_answers").await {
        let c = company(&db).await;
        let (share, value) = (own(&c, "share").await, own(&c, "value").await);
        let year = period("2017-01-01", "2018-01-01");
        let mut q = KpiQuery::new(vec![Kpi::Own(share.clone()), Kpi::Own(value.clone())], year);
        let rows = c.ask(&q).await;
        assert_eq!((rows[0].answer.n, rows[0].answer.interval95), (Some(4), stats::wilson95(3, 4)));
        assert_eq!((rows[1].answer.n, rows[1].answer.interval95), (Some(3), None));
        q.by = vec![Dimension::Person];
        assert_eq!(
            lines(&c.ask(&q).await),
            ["share|Ann = 0.500000", "value|Ann = 2000.00", "share|Bob = 1.000000", "value|Bob = 4000.00"]
        );
        // Who may see nobody else gets their own.
        q.by = Vec::new();
        let reach = Reach::Limited {
            people: [PersonId::new(c.people["Ann"])].into(),
            teams: Default::default(),
            totals: Default::default(),
        };
        let ann = Viewer { org: OrgId::new(ORG), reach, today: day("2026-01-01") };
        let frame = c.frame().await;
        let rows = ask(&c.db, &frame, &ann, &q).await.unwrap();
        assert_eq!(lines(&rows), ["share| = 0.500000", "value| = 2000.00"]);
        let worked = work_out(&c.db, &frame, &ann, &value, About::from(Who::ALL), year).await.unwrap().unwrap();
        let parts: Vec<(&str, Option<i64>)> = worked.parts.iter().map(|(name, a)| (name.as_str(), a.n)).collect();
        assert_eq!(parts, [("revenue", Some(1)), ("deals_won", Some(1)), ("factor", None)]);
        db.drop().await;
    }
}

#[tokio::test]
async fn what_is_out_of_use_or_does_not_fit_cannot_be_asked() {
    for db in support::databases("own_faults").await {
        let c = company(&db).await;
        formula(&db.db, "broken", 1, None, "revenue + deals_won").await;
        let rows =
            c.ask(&KpiQuery::new(vec![Kpi::Own(own(&c, "broken").await)], period("2017-01-01", "2018-01-01"))).await;
        assert_eq!(lines(&rows), ["broken| = (not_applicable)"]);
        server::query::formula::retire(&c.db, ORG, "share", domain::Timestamp(1)).await.unwrap();
        assert_eq!(Kpi::find(&c.frame().await, "share"), None);
        assert_eq!(Kpi::find(&c.frame().await, "nothing"), None);
        db.drop().await;
    }
}

//! What runs on since the fiscal year began.

use domain::OrgId;
use domain::metric::{Choice, RevenueOf};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use server::entity::organisation;
use server::kpi::{Dimension, KpiQuery, Viewer, Who, points};

use super::company::{Company, Deal, ORG, day, lines, metrics, period};
use super::facts::{self, add, sale};
use super::sources::{by, sellers};
use super::support;

/// A fiscal year from April on; deals of Ann and Bob around its start.
async fn company(db: &support::TestDb) -> Company {
    let mut c = Company::new(&db.db, "USD").await;
    let org = organisation::Entity::find_by_id(ORG).one(&db.db).await.unwrap().unwrap();
    let mut org: organisation::ActiveModel = org.into();
    org.fiscal_start_month = Set(4);
    org.update(&db.db).await.unwrap();
    let (ann, bob) = sellers(&mut c).await;
    let won = |person: i64, closed: &str, amount: i64| Deal {
        person: Some(person),
        status: 1,
        account: facts::text(&format!("customer {amount}")),
        closed: Some(day(closed).day_number()),
        amount: Some(amount),
        ..Deal::default()
    };
    c.deals(&[
        won(ann, "2017-03-31", 1),
        won(ann, "2017-04-01", 20),
        won(bob, "2017-05-31", 300),
        won(ann, "2017-06-30", 4_000),
        won(bob, "2018-04-01", 50_000),
    ])
    .await;
    c
}

async fn asked(c: &Company, ids: &str, names: &str, from: &str, to: &str) -> Vec<String> {
    let mut q = KpiQuery::new(metrics(ids), period(from, to));
    q.by = by(names);
    lines(&c.ask(&q).await)
}

#[tokio::test]
async fn a_period_holds_what_came_before_it_in_its_year() {
    for db in support::databases("year").await {
        let c = company(&db).await;
        let ids = "revenue,revenue_ytd,new_customers_ytd";
        assert_eq!(
            asked(&c, ids, "", "2017-06-01", "2017-07-01").await,
            ["revenue| = 4000.00", "revenue_ytd| = 4320.00", "new_customers_ytd| = 3"]
        );
        assert_eq!(asked(&c, ids, "", "2017-03-01", "2017-04-01").await[1], "revenue_ytd| = 1.00");
        // A range over the start of a year: the year is that of its last day.
        assert_eq!(asked(&c, ids, "", "2017-03-01", "2017-05-01").await[1], "revenue_ytd| = 20.00");
        // Month by month it never falls, and begins anew with the year.
        let mut q = KpiQuery::new(metrics("revenue_ytd"), period("2018-02-01", "2018-05-01"));
        q.by = vec![Dimension::from_name("month").unwrap()];
        q.every_part = true;
        assert_eq!(
            lines(&c.ask(&q).await),
            ["revenue_ytd|2018-02 = 4320.00", "revenue_ytd|2018-03 = 4320.00", "revenue_ytd|2018-04 = 50000.00"]
        );
        assert_eq!(
            asked(&c, "revenue_ytd", "person", "2017-06-01", "2017-07-01").await,
            ["revenue_ytd|Ann = 4020.00", "revenue_ytd|Bob = 300.00"]
        );
        let n = {
            let rows = c.ask(&KpiQuery::new(metrics("revenue_ytd"), period("2017-06-01", "2017-07-01"))).await;
            rows[0].answer.n
        };
        assert_eq!(n, Some(3), "n counts the deals of the year so far");
        db.drop().await;
    }
}

#[tokio::test]
async fn a_running_period_ends_today_and_revenue_is_what_was_chosen() {
    for db in support::databases("year_running").await {
        let c = company(&db).await;
        add(&db.db, vec![sale("1", "2017-04-02", Some("z"), 9), sale("2", "2017-06-20", Some("z"), 70)]).await;
        let frame = c.frame().await;
        let at = |today: &str| Viewer::operator(OrgId::new(ORG), day(today));
        let one = |frame, today: &str| {
            let viewer = at(today);
            let (db, june) = (&c.db, [period("2017-06-01", "2017-07-01")]);
            async move {
                let found = points(db, frame, &viewer, &metrics("revenue_ytd"), Who::ALL, &june).await.unwrap();
                found[0].answers[0].value.into_value().unwrap().to_plain(2).unwrap()
            }
        };
        assert_eq!(one(&frame, "2017-06-15").await, "320.00");
        assert_eq!(one(&frame, "2017-06-30").await, "4320.00");
        let code = |option: RevenueOf| serde_json::to_value(option).unwrap().as_str().unwrap().to_owned();
        let sales = frame.choices.with(Choice::RevenueOf, &code(RevenueOf::Sales)).unwrap();
        assert_eq!(one(&frame.choosing(sales), "2017-06-30").await, "79.00");
        db.drop().await;
    }
}

//! New customers, what one costs, and who is still there ninety days on.

use std::collections::BTreeMap;

use domain::OrgId;
use domain::formula::{Definitions, Vocabulary};
use domain::metric::Choice;
use server::entity::{campaign_day, kpi_choices, measurement, sales_line, subscription};
use server::kpi::{Frame, Kpi, KpiQuery, OwnKpi, Viewer, Who, ask, points};

use super::company::{Company, Deal, ORG, day, lines, metrics, period};
use super::facts::{self, add, number, sale, text, units};
use super::sources::{asked, filtered, sellers};
use super::support;

#[tokio::test]
async fn a_customer_is_new_once_whatever_the_first_fact_was() {
    for db in support::databases("customers").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, bob) = sellers(&mut c).await;
        let won = |person: i64, account: &str, closed: &str| Deal {
            person: Some(person),
            status: 1,
            account: text(account),
            product: text("P"),
            closed: Some(day(closed).day_number()),
            amount: Some(1),
            ..Deal::default()
        };
        c.deals(&[
            won(ann, "x", "2017-03-01"),
            won(ann, "y", "2016-12-31"),
            won(ann, "y", "2017-01-01"),
            Deal { status: 2, ..won(ann, "never", "2017-01-01") },
            Deal { account: None, ..won(ann, "", "2017-01-01") },
        ])
        .await;
        let of = |s: subscription::Model, person: i64| subscription::Model { person_id: Some(person), ..s };
        add(
            &db.db,
            vec![
                of(facts::subscription("x", "2017-02-01", 10), bob),
                facts::subscription("trial", "2017-02-01", 0),
                subscription::Model {
                    end_on: Some(number("2017-02-01")),
                    ..facts::subscription("same day", "2017-02-01", 10)
                },
            ],
        )
        .await;
        add(&db.db, vec![sale("1", "2017-08-01", Some("z"), 3), sale("2", "2017-08-01", None, 3)]).await;
        assert_eq!(asked(&c, "new_customers", "").await, ["new_customers| = 2"]);
        assert_eq!(
            asked(&c, "new_customers", "month").await,
            ["new_customers|2017-02 = 1", "new_customers|2017-08 = 1"]
        );
        // The first fact was Bob's; Ann's later win makes no new customer.
        assert_eq!(
            asked(&c, "new_customers", "person").await,
            ["new_customers|Ann = 0", "new_customers|Bob = 1", "new_customers|- = 1"]
        );
        assert_eq!(filtered(&c, "new_customers", "product", Some("P")).await, ["new_customers| = 0"]);
        assert_eq!(filtered(&c, "new_customers", "product", None).await, ["new_customers| = 2"]);
        // Cost per new customer needs what selling cost; a month that was not measured costs nothing.
        assert_eq!(asked(&c, "cac", "").await, ["cac| = (no_data)"]);
        let spent = campaign_day::Model {
            spend_micros: units(100),
            spend_reporting_micros: units(100),
            ..facts::campaign_day("2017-02-05", None)
        };
        add(&db.db, vec![spent]).await;
        assert_eq!(asked(&c, "cac", "").await, ["cac| = (incomplete)"]);
        add(&db.db, vec![facts::measurement("2017-03-01", "sales_cost", 20)]).await;
        assert_eq!(asked(&c, "cac", "").await, ["cac| = 60.00"]);
        assert_eq!(asked(&c, "cac", "quarter").await[0], "cac|2017Q1 = 120.00");
        // A team's figure is the team's, a person's goes with them.
        let east = c.teams["East"];
        add(
            &db.db,
            vec![
                measurement::Model { team_id: Some(east), ..facts::measurement("2017-02-01", "sales_cost", 7) },
                measurement::Model { person_id: Some(ann), ..facts::measurement("2017-08-01", "sales_cost", 9) },
            ],
        )
        .await;
        let formula = BTreeMap::from([("own".to_owned(), "sales_cost".parse().unwrap())]);
        let formula = Definitions::check(&formula, &Vocabulary::catalogue(domain::Currency::USD)).unwrap();
        let q = Kpi::Own(OwnKpi::typed("own", &formula));
        let frame = c.frame().await;
        let viewer = Viewer::operator(frame.org, day("2026-01-01"));
        for (who, units) in [(Who::ALL, 36), (c.who_team("East"), 7), (c.who_team("West"), 9), (c.who_person("Ann"), 9)]
        {
            let year = period("2017-01-01", "2018-01-01");
            let found = points(&c.db, &frame, &viewer, std::slice::from_ref(&q), who, &[year]).await.unwrap().remove(0);
            assert_eq!(found.answers[0].value.value().unwrap().to_plain(0), Some(units.to_string()), "{who:?}");
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn who_was_sold_to_is_looked_at_ninety_days_on() {
    for db in support::databases("kept").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, bob) = sellers(&mut c).await;
        let of = |person: i64, customer: &str, on: &str| sales_line::Model {
            person_id: Some(person),
            ..sale(&format!("{customer}{on}"), on, Some(customer), 1)
        };
        add(
            &db.db,
            vec![
                // Bought again on the ninetieth day; on the eighty-ninth.
                of(ann, "again", "2017-01-01"),
                of(bob, "again", "2017-04-01"),
                of(ann, "early", "2017-01-01"),
                of(bob, "early", "2017-03-31"),
                of(ann, "paying", "2017-01-01"),
                of(ann, "gone", "2017-01-01"),
            ],
        )
        .await;
        add(
            &db.db,
            vec![
                facts::subscription("paying", "2017-01-01", 1),
                subscription::Model {
                    end_on: Some(number("2017-04-01")),
                    ..facts::subscription("gone", "2017-01-01", 1)
                },
            ],
        )
        .await;
        let ids = "sold_retention_90";
        assert_eq!(of_ann(&c, ids, "2026-01-01").await, ["sold_retention_90| = 0.500000"]);
        // Before ninety days have passed nobody can be looked at.
        assert_eq!(of_ann(&c, ids, "2017-03-31").await, ["sold_retention_90| = (empty_base)"]);
        assert_eq!(of_ann(&c, ids, "2017-04-01").await, ["sold_retention_90| = 0.500000"]);
        db.drop().await;
    }
}

/// What is given off a subscription makes no customer; what is metered on top only where it counts as recurring.
#[tokio::test]
async fn discounts_make_no_customer_and_metered_fees_by_choice() {
    for db in support::databases("no_customers").await {
        let mut c = Company::new(&db.db, "USD").await;
        sellers(&mut c).await;
        let part = |part: &str, s: subscription::Model| subscription::Model { part: text(part), ..s };
        let sold = |customer: &str, on: &str| sales_line::Model {
            person_id: Some(c.people["Ann"]),
            ..sale(customer, on, Some(customer), 1)
        };
        add(
            &db.db,
            vec![
                facts::subscription("plan", "2017-01-10", 9),
                part("discount", facts::subscription("off", "2017-01-10", 2)),
                part("one_off_discount", facts::subscription("coupon", "2017-01-10", 2)),
                part("usage", facts::subscription("metered", "2017-01-10", 2)),
                // Bought once, and only a discount or metered fees go on.
                part("discount", facts::subscription("bought", "2017-02-10", 2)),
                part("usage", facts::subscription("bought too", "2017-02-10", 2)),
            ],
        )
        .await;
        add(&db.db, vec![sold("bought", "2017-02-01"), sold("bought too", "2017-02-01")]).await;
        let frame = c.frame().await;
        let viewer = Viewer::operator(frame.org, day("2026-01-01"));
        let counted = frame.choices.with(Choice::UsageFees, "counted").unwrap();
        for (frame, new, kept) in [(frame.clone(), "3", "0.000000"), (frame.choosing(counted), "4", "0.500000")] {
            for stored in [true, false] {
                let frame = Frame { stored, ..frame.clone() };
                let mut q = KpiQuery::new(metrics("new_customers"), period("2017-01-01", "2018-01-01"));
                let all = lines(&ask(&c.db, &frame, &viewer, &q).await.unwrap());
                assert_eq!(all, [format!("new_customers| = {new}")], "stored: {stored}");
                q.metrics = vec![Kpi::from(metrics("sold_retention_90")[0])];
                q.who = c.who_person("Ann");
                let anns = lines(&ask(&c.db, &frame, &viewer, &q).await.unwrap());
                assert_eq!(anns, [format!("sold_retention_90| = {kept}")], "stored: {stored}");
            }
        }
        // Stored under the choice that was made.
        let row = kpi_choices::Model {
            org_id: ORG,
            version: 1,
            choices: serde_json::to_string(&counted).unwrap(),
            created_by: None,
            created_at: 0,
        };
        server::query::choices::insert(&db.db, row).await.unwrap();
        c.rebuild().await;
        assert_eq!(asked(&c, "new_customers", "").await, ["new_customers| = 4"]);
        db.drop().await;
    }
}

async fn of_ann(c: &Company, ids: &str, today: &str) -> Vec<String> {
    let mut q = KpiQuery::new(metrics(ids), period("2017-01-01", "2018-01-01"));
    q.who = c.who_person("Ann");
    let viewer = Viewer::operator(OrgId::new(ORG), day(today));
    lines(&ask(&c.db, &c.frame().await, &viewer, &q).await.unwrap())
}

//! Recurring revenue from subscriptions as they are stored.

use domain::{OrgId, PersonId};
use server::authz::Reach;
use server::entity::subscription::Model;
use server::kpi::{Dimension, KpiQuery, Viewer, Who, ask};

use super::company::{Company, ORG, day, lines, metrics, organisation, period};
use super::facts::{add, number, rate, subscription, text};
use super::support;

fn until(end: &str, s: Model) -> Model {
    Model { end_on: Some(number(end)), ..s }
}

fn plan(name: &str, s: Model) -> Model {
    Model { plan: text(name), ..s }
}

async fn asked(c: &Company, ids: &str, by: &str, from: &str, to: &str) -> Vec<String> {
    lines(&c.ask(&query(ids, by, from, to)).await)
}

fn query(ids: &str, by: &str, from: &str, to: &str) -> KpiQuery {
    let mut q = KpiQuery::new(metrics(ids), period(from, to));
    q.by = by.split(',').filter(|n| !n.is_empty()).map(|n| Dimension::from_name(n).unwrap()).collect();
    q
}

const MOVES: &str = "mrr_new,mrr_expansion,mrr_contraction,mrr_churn,mrr_reactivation,mrr";

/// One customer who grows, shrinks, leaves and comes back; one who cancels on the first day; one on trial.
async fn company(db: &support::TestDb) -> Company {
    let mut c = Company::of(&db.db, "saas", "USD").await;
    c.team("East", None).await;
    for name in ["Ann", "Bob"] {
        c.person(name).await;
        c.place(name, Some("East"), None, None, None).await;
    }
    organisation(&db.db, 2, "saas", "USD").await;
    let ann = |s: Model| Model { person_id: Some(c.people["Ann"]), ..s };
    add(
        &db.db,
        vec![
            ann(plan("Basic", until("2017-02-01", subscription("a", "2017-01-15", 10)))),
            ann(plan("Pro", until("2017-03-01", subscription("a", "2017-02-01", 25)))),
            ann(plan("Basic", until("2017-04-01", subscription("a", "2017-03-01", 5)))),
            plan("Basic", subscription("a", "2017-06-10", 7)),
            until("2017-01-20", subscription("b", "2017-01-20", 100)),
            subscription("c", "2017-01-01", 0),
            Model { org_id: 2, ..subscription("a", "2017-01-01", 1000) },
        ],
    )
    .await;
    c
}

#[tokio::test]
async fn movements_between_month_ends() {
    for db in support::databases("movements").await {
        let c = company(&db).await;
        let year = asked(&c, MOVES, "", "2017-01-01", "2018-01-01").await;
        assert_eq!(
            year,
            [
                "mrr_new| = 10.00",
                "mrr_expansion| = 15.00",
                "mrr_contraction| = 20.00",
                "mrr_churn| = 5.00",
                "mrr_reactivation| = 7.00",
                "mrr| = 7.00",
            ]
        );
        let months = asked(&c, "mrr,customer_churn_rate", "month", "2016-12-01", "2017-07-01").await;
        assert_eq!(
            months,
            [
                "mrr|2017-01 = 10.00",
                "customer_churn_rate|2017-01 = (empty_base)",
                "mrr|2017-02 = 25.00",
                "customer_churn_rate|2017-02 = 0.000000",
                "mrr|2017-03 = 5.00",
                "customer_churn_rate|2017-03 = 0.000000",
                "mrr|2017-04 = 0.00",
                "customer_churn_rate|2017-04 = 1.000000",
                "mrr|2017-05 = 0.00",
                "customer_churn_rate|2017-05 = (empty_base)",
                "mrr|2017-06 = 7.00",
                "customer_churn_rate|2017-06 = (empty_base)",
            ]
        );
        // By plan a change of plan is a new customer of one and churn of the other.
        assert_eq!(
            asked(&c, "mrr_new,mrr_churn", "plan", "2017-01-01", "2017-03-01").await,
            ["mrr_new|Basic = 10.00", "mrr_churn|Basic = 10.00", "mrr_new|Pro = 25.00", "mrr_churn|Pro = 0.00"]
        );
        assert_eq!(
            asked(&c, "nrr,grr,arr,arpa", "", "2018-06-01", "2018-07-01").await,
            ["nrr| = 1.000000", "grr| = 1.000000", "arr| = 84.00", "arpa| = 7.00"]
        );
        db.drop().await;
    }
}

#[tokio::test]
async fn a_running_period_ends_at_its_balance_day() {
    for db in support::databases("balance").await {
        let c = company(&db).await;
        let frame = c.frame().await;
        let at = |today: &str| Viewer::operator(OrgId::new(ORG), day(today));
        let mrr = "mrr,mrr_expansion";
        for (today, from, to, expected) in [
            ("2017-02-10", "2017-02-01", "2017-03-01", ["mrr| = 25.00", "mrr_expansion| = 15.00"]),
            ("2017-02-10", "2017-01-01", "2018-01-01", ["mrr| = 25.00", "mrr_expansion| = 15.00"]),
            ("2017-02-10", "2017-03-01", "2017-04-01", ["mrr| = (not_started)", "mrr_expansion| = (not_started)"]),
            ("2017-01-14", "2017-01-01", "2017-02-01", ["mrr| = 0.00", "mrr_expansion| = 0.00"]),
            ("2026-01-01", "2017-01-20", "2017-02-10", ["mrr| = 25.00", "mrr_expansion| = 15.00"]),
        ] {
            let rows = ask(&c.db, &frame, &at(today), &query(mrr, "", from, to)).await.unwrap();
            assert_eq!(lines(&rows), expected, "{today} {from}");
        }
        let mut q = query(mrr, "", "2017-01-01", "2018-01-01");
        q.as_of = Some(day("2017-03-31"));
        assert_eq!(lines(&c.ask(&q).await), ["mrr| = 5.00", "mrr_expansion| = 15.00"]);
        q = query(mrr, "", "2017-01-01", "2017-02-01");
        q.as_of = Some(day("2017-02-28"));
        assert_eq!(lines(&c.ask(&q).await), ["mrr| = 25.00", "mrr_expansion| = 0.00"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn a_subscription_is_the_persons_who_sold_it() {
    for db in support::databases("sellers").await {
        let c = company(&db).await;
        assert_eq!(
            asked(&c, "mrr_new,mrr", "person", "2017-01-01", "2017-07-01").await,
            [
                "mrr_new|Ann = 10.00",
                "mrr|Ann = 0.00",
                "mrr_new|Bob = 0.00",
                "mrr|Bob = 0.00",
                "mrr_new|- = 7.00",
                "mrr|- = 7.00",
            ]
        );
        let bob = PersonId::new(c.people["Bob"]);
        let reach = Reach::Limited { people: [bob].into(), teams: Default::default(), totals: Default::default() };
        let rep = Viewer { org: OrgId::new(ORG), reach, today: day("2026-01-01") };
        let mut q = query("mrr_new", "", "2017-01-01", "2017-07-01");
        let frame = c.frame().await;
        assert_eq!(lines(&ask(&c.db, &frame, &rep, &q).await.unwrap()), ["mrr_new| = 0.00"]);
        q.who = c.who_person("Ann");
        assert!(ask(&c.db, &frame, &rep, &q).await.is_err());
        q.who = Who::ALL;
        q.who = c.who_team("East");
        assert_eq!(lines(&c.ask(&q).await), ["mrr_new| = 10.00"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn a_rate_is_held_as_long_as_service_is_unbroken() {
    for db in support::databases("rates").await {
        let c = Company::of(&db.db, "saas", "EUR").await;
        let dollars = |s: Model| Model { currency: "USD".into(), ..s };
        let euros = |s: Model| Model { currency: "EUR".into(), ..s };
        add(&db.db, vec![rate("2017-01-01", "USD", "0.9"), rate("2017-02-01", "USD", "0.8")]).await;
        add(
            &db.db,
            vec![
                dollars(plan("Old", until("2017-02-15", subscription("a", "2017-01-15", 100)))),
                dollars(plan("New", subscription("a", "2017-02-15", 100))),
                euros(plan("New", subscription("e", "2017-02-15", 1))),
            ],
        )
        .await;
        let ids = "mrr_new,mrr_expansion,mrr_contraction,mrr";
        assert_eq!(
            asked(&c, ids, "", "2017-01-01", "2017-03-01").await,
            ["mrr_new| = 91.00", "mrr_expansion| = 0.00", "mrr_contraction| = 0.00", "mrr| = 91.00"]
        );
        // Of one plan only the same rate holds.
        assert_eq!(asked(&c, "mrr", "plan", "2017-02-01", "2017-03-01").await, ["mrr|New = 91.00", "mrr|Old = 0.00"]);
        let before = dollars(plan("Gift", subscription("g", "2016-12-31", 1)));
        add(&db.db, vec![before]).await;
        let rows = c.ask(&query("mrr", "plan", "2017-02-01", "2017-03-01")).await;
        assert_eq!(lines(&rows), ["mrr|Gift = (missing_rate)", "mrr|New = 91.00", "mrr|Old = 0.00"]);
        let missing = domain::Why::MissingRate { currency: domain::Currency::USD, date: day("2016-12-31") };
        assert_eq!(rows[0].answer.value.why(), Some(missing));
        let total = c.ask(&query("mrr,nrr", "", "2017-02-01", "2017-03-01")).await;
        assert!(total.iter().all(|r| r.answer.value.why() == Some(missing)));
        db.drop().await;
    }
}

/// What a part of a month loses says nothing of what a month loses: rates of a month are of whole months that have ended,
/// from stored sums and from the subscriptions alike.
#[tokio::test]
async fn rates_of_a_month_are_of_whole_months() {
    for db in support::databases("whole_months").await {
        let c = company(&db).await;
        let ids = "customer_churn_rate_monthly,mrr_churn_rate_monthly,ltv";
        let none = "(no_whole_month)";
        for (today, from, to, [customers, mrr, ltv]) in [
            // Whole months: the customer of March leaves on the first of April, none is left to have a value.
            ("2026-01-01", "2017-04-01", "2017-05-01", ["1.000000", "1.000000", "(empty_base)"]),
            ("2026-01-01", "2017-02-01", "2017-04-01", ["0.000000", "0.000000", "(empty_base)"]),
            // Today is the last day of April: it is whole.
            ("2017-04-30", "2017-04-01", "2017-05-01", ["1.000000", "1.000000", "(empty_base)"]),
            // It runs, whatever has happened in it.
            ("2017-04-29", "2017-04-01", "2017-05-01", [none, none, "(empty_base)"]),
            ("2017-02-10", "2017-02-01", "2017-03-01", [none, none, none]),
            // A week, and ranges within months.
            ("2026-01-01", "2017-04-03", "2017-04-10", [none, none, "(empty_base)"]),
            ("2026-01-01", "2017-02-06", "2017-02-13", [none, none, none]),
            ("2026-01-01", "2017-02-20", "2017-03-20", [none, none, none]),
            // A range that holds one whole month, and a quarter of which one has ended.
            ("2026-01-01", "2017-03-20", "2017-05-05", ["1.000000", "1.000000", "(empty_base)"]),
            ("2017-05-10", "2017-04-01", "2017-07-01", ["1.000000", "1.000000", "(empty_base)"]),
        ] {
            let viewer = Viewer::operator(OrgId::new(ORG), day(today));
            for stored in [true, false] {
                let frame = server::kpi::Frame { stored, ..c.frame().await };
                let rows = ask(&c.db, &frame, &viewer, &query(ids, "", from, to)).await.unwrap();
                let expected = [
                    format!("customer_churn_rate_monthly| = {customers}"),
                    format!("mrr_churn_rate_monthly| = {mrr}"),
                    format!("ltv| = {ltv}"),
                ];
                assert_eq!(lines(&rows), expected, "{today} {from} {to} stored: {stored}");
            }
        }
        // Day by day: all of what the first of April opens with is lost on it, and no other day opens with anything.
        assert_eq!(
            asked(&c, "net_mrr_churn_rate_daily", "", "2017-04-01", "2017-05-01").await,
            ["net_mrr_churn_rate_daily| = 1.000000"]
        );
        // 10 to 25 on 1 February, then 25 to 5 on 1 March: −150 % and 80 %.
        assert_eq!(
            asked(&c, "net_mrr_churn_rate_daily", "", "2017-02-01", "2017-04-01").await,
            ["net_mrr_churn_rate_daily| = -0.700000"]
        );
        db.drop().await;
    }
}

//! Single rules, each with the smallest company that shows it.

use domain::Period;
use server::kpi::{Dimension, Filter, KpiQuery, TextColumn, Who, points, series};

use super::company::{Company, Deal, day, lines, metrics, period};
use super::support;

fn by(names: &str) -> Vec<Dimension> {
    names.split(',').map(|n| Dimension::from_name(n).unwrap()).collect()
}

fn won(person: i64, closed: &str, amount: i64) -> Deal {
    Deal {
        person: Some(person),
        status: 1,
        created: Some(day(closed).day_number() - 10),
        closed: Some(day(closed).day_number()),
        amount: Some(amount),
        ..Deal::default()
    }
}

#[tokio::test]
async fn a_move_does_not_rewrite_history() {
    for db in support::databases("moves").await {
        let mut c = Company::new(&db.db, "USD").await;
        c.team("Sales", None).await;
        c.team("East", Some("Sales")).await;
        c.team("West", Some("Sales")).await;
        let (ann, _) = (c.person("Ann").await, c.person("Bob").await);
        c.person("Cas").await;
        c.place("Ann", Some("East"), Some("Bob"), None, Some("2017-02-10")).await;
        c.place("Ann", Some("West"), Some("Cas"), Some("2017-02-10"), None).await;
        let deals = [won(ann, "2017-01-31", 1), won(ann, "2017-02-09", 10), won(ann, "2017-02-10", 100)];
        c.deals(&deals).await;

        let mut q = KpiQuery::new(metrics("revenue"), period("2017-01-01", "2018-01-01"));
        q.by = by("team,manager");
        assert_eq!(lines(&c.ask(&q).await), ["revenue|East|Bob = 11.00", "revenue|West|Cas = 100.00"]);
        q.by = by("team,month");
        assert_eq!(
            lines(&c.ask(&q).await),
            ["revenue|East|2017-01 = 1.00", "revenue|East|2017-02 = 10.00", "revenue|West|2017-02 = 100.00"]
        );
        q.by = Vec::new();
        for (team, expected) in [("East", "11.00"), ("West", "100.00"), ("Sales", "111.00")] {
            q.who = c.who_team(team);
            assert_eq!(lines(&c.ask(&q).await), [format!("revenue| = {expected}")], "{team}");
        }
        q.who = c.who_person("Ann");
        assert_eq!(lines(&c.ask(&q).await), ["revenue| = 111.00"]);
        q.who.team = c.who_team("West").team;
        assert_eq!(lines(&c.ask(&q).await), ["revenue| = 100.00"]);
        // Everybody who was there is listed, whether they sold or not.
        q.who = c.who_team("Sales");
        q.by = by("person,team");
        c.place("Bob", Some("Sales"), None, Some("2017-12-31"), None).await;
        c.place("Cas", Some("Sales"), None, Some("2018-01-01"), None).await;
        assert_eq!(
            lines(&c.ask(&q).await),
            ["revenue|Ann|East = 11.00", "revenue|Ann|West = 100.00", "revenue|Bob|Sales = 0.00"]
        );
        db.drop().await;
    }
}

#[tokio::test]
async fn a_split_deal_counts_whole_for_each_and_once_in_a_total() {
    for db in support::databases("split").await {
        let mut c = Company::new(&db.db, "USD").await;
        c.team("East", None).await;
        let (ann, bob) = (c.person("Ann").await, c.person("Bob").await);
        let cas = c.person("Cas").await;
        for name in ["Ann", "Bob"] {
            c.place(name, Some("East"), Some("Cas"), None, None).await;
        }
        c.place("Cas", None, None, None, None).await;
        let mut split = won(0, "2017-03-05", 1000);
        split.person = None;
        split.split = vec![(ann, 600_000), (bob, 300_000), (cas, 100_000)];
        c.deals(&[split, won(ann, "2017-03-20", 7)]).await;

        let mut q = KpiQuery::new(metrics("deals_won,revenue,cycle_days_median"), period("2017-01-01", "2018-01-01"));
        let total = ["deals_won| = 2", "revenue| = 1007.00", "cycle_days_median| = 10.000000"];
        assert_eq!(lines(&c.ask(&q).await), total);
        assert!(c.ask(&q).await.iter().all(|r| r.flags.split));
        q.metrics = metrics("deals_won,revenue").into_iter().map(Into::into).collect();
        q.who = c.who_team("East");
        assert_eq!(lines(&c.ask(&q).await), ["deals_won| = 2", "revenue| = 907.00"]);
        q.who = Who::ALL;
        q.by = by("person");
        assert_eq!(
            lines(&c.ask(&q).await),
            [
                "deals_won|Ann = 2",
                "revenue|Ann = 607.00",
                "deals_won|Bob = 1",
                "revenue|Bob = 300.00",
                "deals_won|Cas = 1",
                "revenue|Cas = 100.00",
            ]
        );
        q.by = by("manager");
        assert_eq!(
            lines(&c.ask(&q).await),
            ["deals_won|Cas = 2", "revenue|Cas = 907.00", "deals_won|- = 1", "revenue|- = 100.00"]
        );
        db.drop().await;
    }
}

#[tokio::test]
async fn what_was_open_on_a_day() {
    for db in support::databases("open").await {
        let mut c = Company::new(&db.db, "USD").await;
        let ann = c.person("Ann").await;
        c.place("Ann", None, None, None, None).await;
        let number = |text: &str| Some(day(text).day_number());
        let deal = |status, created, engaged, closed, amount| Deal {
            person: Some(ann),
            status,
            created,
            engaged,
            closed,
            amount: Some(amount),
            probability: Some(500_000),
            ..Deal::default()
        };
        c.deals(&[
            deal(0, None, None, None, 1),
            // The forecast of an open deal is ignored.
            deal(0, number("2017-02-01"), None, number("2017-02-15"), 10),
            deal(0, number("2017-05-01"), number("2017-03-10"), None, 100),
            // Won later, open until the day before.
            deal(1, number("2017-01-05"), None, number("2017-04-01"), 1000),
            deal(2, None, None, number("2017-02-01"), 10_000),
        ])
        .await;
        let mut q = KpiQuery::new(metrics("pipeline_value,deals_open"), period("2017-01-01", "2017-05-01"));
        q.by = by("month");
        let values: Vec<String> = lines(&c.ask(&q).await).into_iter().filter(|l| l.starts_with("pipeline")).collect();
        assert_eq!(
            values,
            [
                "pipeline_value|2017-01 = 11001.00",
                "pipeline_value|2017-02 = 1011.00",
                "pipeline_value|2017-03 = 1111.00",
                "pipeline_value|2017-04 = 111.00",
            ]
        );
        q.by = Vec::new();
        q.metrics = metrics("pipeline_value,pipeline_weighted,deals_open").into_iter().map(Into::into).collect();
        for (at, expected) in [("2017-01-31", "11001.00"), ("2017-02-01", "1011.00"), ("2017-03-31", "1111.00")] {
            q.as_of = Some(day(at));
            let rows = lines(&c.ask(&q).await);
            assert_eq!(rows[0], format!("pipeline_value| = {expected}"), "{at}");
        }
        assert_eq!(lines(&c.ask(&q).await)[1], "pipeline_weighted| = 555.50");
        assert_eq!(lines(&c.ask(&q).await)[2], "deals_open| = 4");
        db.drop().await;
    }
}

#[tokio::test]
async fn an_amount_without_a_rate_makes_sums_not_measurable_and_counts_go_on() {
    for db in support::databases("rate").await {
        let mut c = Company::new(&db.db, "USD").await;
        let (ann, bob) = (c.person("Ann").await, c.person("Bob").await);
        let mut foreign = won(ann, "2017-03-05", 5);
        foreign.no_rate = true;
        c.deals(&[foreign, won(bob, "2017-03-06", 7)]).await;
        let mut q = KpiQuery::new(metrics("deals_won,revenue,win_rate"), period("2017-01-01", "2018-01-01"));
        q.by = by("person");
        assert_eq!(
            lines(&c.ask(&q).await),
            [
                "deals_won|Ann = 1",
                "revenue|Ann = (missing_rate)",
                "win_rate|Ann = 1.000000",
                "deals_won|Bob = 1",
                "revenue|Bob = 7.00",
                "win_rate|Bob = 1.000000",
            ]
        );
        db.drop().await;
    }
}

#[tokio::test]
async fn filters_blanks_and_amounts_beyond_64_bits() {
    for db in support::databases("filters").await {
        let mut c = Company::new(&db.db, "USD").await;
        let ann = c.person("Ann").await;
        let huge = 9_000_000_000_000;
        let with = |product: Option<&str>, amount| Deal {
            product: product.map(str::to_owned),
            ..won(ann, "2017-03-05", amount)
        };
        c.deals(&[with(Some("b"), huge), with(Some("A"), huge), with(Some("A"), huge), with(None, -3)]).await;
        let mut q = KpiQuery::new(metrics("revenue"), period("2017-01-01", "2018-01-01"));
        assert_eq!(lines(&c.ask(&q).await), ["revenue| = 26999999999997.00"]);
        q.by = by("product");
        assert_eq!(
            lines(&c.ask(&q).await),
            ["revenue|A = 18000000000000.00", "revenue|b = 9000000000000.00", "revenue|- = -3.00"]
        );
        q.by = Vec::new();
        q.filters = vec![Filter::new(TextColumn::Product, None)];
        assert_eq!(lines(&c.ask(&q).await), ["revenue| = -3.00"]);
        q.filters = vec![Filter::new(TextColumn::Product, Some("b'; --".into()))];
        assert_eq!(lines(&c.ask(&q).await), ["revenue| = 0.00"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn a_whole_period_is_counted_unless_only_what_was_done_so_far_is_asked() {
    for db in support::databases("sofar").await {
        let mut c = Company::new(&db.db, "USD").await;
        let ann = c.person("Ann").await;
        // Today is the first day of 2026.
        c.deals(&[won(ann, "2025-12-31", 1), won(ann, "2026-01-01", 10), won(ann, "2026-01-02", 100)]).await;
        let mut q = KpiQuery::new(metrics("revenue"), period("2025-01-01", "2027-01-01"));
        assert_eq!(lines(&c.ask(&q).await), ["revenue| = 111.00"]);
        q.so_far = true;
        assert_eq!(lines(&c.ask(&q).await), ["revenue| = 11.00"]);
        q.by = by("year");
        assert_eq!(lines(&c.ask(&q).await), ["revenue|2025 = 1.00", "revenue|2026 = 10.00"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn one_reading_answers_many_periods() {
    for db in support::databases("points").await {
        let mut c = Company::new(&db.db, "USD").await;
        let ann = c.person("Ann").await;
        c.deals(&[won(ann, "2017-01-31", 1), won(ann, "2017-02-01", 10), won(ann, "2017-06-30", 100)]).await;
        let frame = c.frame().await;
        let viewer = server::kpi::Viewer::operator(frame.org, day("2017-06-30"));
        let periods: Vec<Period> = ["2017", "2017Q1", "2017-02", "2017-W26", "2017-07"]
            .iter()
            .map(|p| Period::parse(p, &frame.calendar).unwrap())
            .collect();
        let all = points(&c.db, &frame, &viewer, &metrics("revenue"), Who::ALL, &periods).await.unwrap();
        let values: Vec<String> = all
            .iter()
            .map(|p| format!("{} {} {}", p.name, p.answers[0].value.value().unwrap().to_plain(0).unwrap(), p.partial))
            .collect();
        assert_eq!(
            values,
            ["2017 111 true", "2017Q1 11 false", "2017-02 10 false", "2017-W26 100 true", "2017-07 0 true"]
        );
        let months = series(&c.db, &frame, &viewer, &metrics("deals_won"), c.who_person("Ann"), periods[0], 12).await;
        assert_eq!(months.unwrap().len(), 12);
        db.drop().await;
    }
}

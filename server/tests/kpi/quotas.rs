//! Which imported targets count where.

use domain::{OrgId, PersonId, TeamId};
use server::authz::Reach;
use server::entity::quota::Model;
use server::kpi::{Dimension, Filter, KpiQuery, TextColumn, Viewer, Who, ask};

use super::company::{Company, ORG, day, lines, metrics, period};
use super::facts::{add, quota, sale, text};
use super::support;

/// Sales ▸ East (Ann, Bob) and West (Cas, from July on Bob too); nothing was sold, so that a target is seen as the
/// base of 0 %.
async fn company(db: &support::TestDb) -> Company {
    let mut c = Company::of(&db.db, "retail", "USD").await;
    c.team("Sales", None).await;
    c.team("East", Some("Sales")).await;
    c.team("West", Some("Sales")).await;
    for name in ["Ann", "Bob", "Cas"] {
        c.person(name).await;
    }
    c.place("Ann", Some("East"), None, None, None).await;
    c.place("Bob", Some("East"), None, None, Some("2017-07-01")).await;
    c.place("Bob", Some("West"), None, Some("2017-07-01"), None).await;
    c.place("Cas", Some("West"), None, None, None).await;
    add(&db.db, vec![sale("1", "2016-01-01", None, 1)]).await;
    c
}

fn year(value: i64) -> Model {
    quota("2017-01-01", "2018-01-01", value)
}

fn month(value: i64, n: u32) -> Model {
    let next = if n == 12 { "2018-01-01".to_owned() } else { format!("2017-{:02}-01", n + 1) };
    quota(&format!("2017-{n:02}-01"), &next, value)
}

fn about(value: &str, row: Model) -> Model {
    Model { where_column: text("category"), where_value: text(value), ..row }
}

/// Targets that a question of 2017 counts: what stands below the line.
async fn targets(c: &Company, viewer: &Viewer, who: Who, by: &str, filter: Option<&str>) -> Vec<String> {
    let mut q = KpiQuery::new(metrics("quota_attainment"), period("2017-01-01", "2018-01-01"));
    q.who = who;
    q.by = by.split(',').filter(|n| !n.is_empty()).map(|n| Dimension::from_name(n).unwrap()).collect();
    q.filters = filter.map(|v| Filter { column: TextColumn::Category, value: text(v) }).into_iter().collect();
    let rows = ask(&c.db, &c.frame().await, viewer, &q).await.unwrap();
    let told = |row: &server::kpi::KpiRow| {
        let labels: Vec<&str> = row.by.iter().map(|l| l.text.as_deref().unwrap_or("-")).collect();
        let target = match row.answer.value.why() {
            Some(why) => why.code().to_owned(),
            None => row.answer.denominator.unwrap().to_plain(0).unwrap(),
        };
        if labels.is_empty() { target } else { format!("{} {target}", labels.join("|")) }
    };
    rows.iter().map(told).collect()
}

#[tokio::test]
async fn the_rule_by_cases() {
    for db in support::databases("quotas").await {
        let c = company(&db).await;
        let operator = Viewer::operator(OrgId::new(ORG), day("2026-01-01"));
        let all = async |by: &str| targets(&c, &operator, Who::ALL, by, None).await;
        let whose = async |who: Who| targets(&c, &operator, who, "", None).await.remove(0);
        let of_team = |team: &str, row: Model| Model { team_id: Some(c.teams[team]), ..row };
        let of_person = |name: &str, row: Model| Model { person_id: Some(c.people[name]), ..row };

        assert_eq!(all("").await, ["no_data"]);
        // Another metric's targets do not count, and neither do another year's.
        let other = Model { metric: "mrr".into(), ..year(1) };
        add(&db.db, vec![other, quota("2016-01-01", "2017-01-01", 1)]).await;
        assert_eq!(all("").await, ["no_data"]);
        // A longer one is not cut.
        add(&db.db, vec![quota("2016-07-01", "2018-07-01", 999)]).await;
        assert_eq!(all("").await, ["not_applicable"]);
        // People, by where they are on the target's first day.
        add(&db.db, vec![of_person("Ann", month(1, 1)), of_person("Bob", month(2, 1)), of_person("Bob", month(4, 8))])
            .await;
        assert_eq!(all("").await, ["7"]);
        assert_eq!((whose(c.who_team("East")).await, whose(c.who_team("West")).await), ("3".into(), "4".into()));
        assert_eq!((whose(c.who_team("Sales")).await, whose(c.who_person("Bob")).await), ("7".into(), "6".into()));
        assert_eq!(all("person").await, ["Ann 1", "Bob 6", "Cas no_data"]);
        // Teams before people, of each branch the highest.
        add(&db.db, vec![of_team("East", month(10, 2)), of_team("West", month(20, 2))]).await;
        assert_eq!(all("").await, ["30"]);
        assert_eq!((whose(c.who_team("East")).await, whose(c.who_team("Sales")).await), ("10".into(), "30".into()));
        assert_eq!(all("team").await, ["East 10", "West 20"]);
        add(&db.db, vec![of_team("Sales", month(50, 3))]).await;
        assert_eq!((all("").await, whose(c.who_team("Sales")).await), (vec!["50".into()], "50".into()));
        assert_eq!(whose(c.who_team("West")).await, "20");
        // The organisation's own before all; of those that overlap the longest.
        add(&db.db, vec![year(100), month(300, 1), month(300, 2)]).await;
        assert_eq!(all("").await, ["100"]);
        assert_eq!(all("quarter").await, ["2017Q1 600", "2017Q3 4"], "listed although nothing was sold");
        // About one category.
        add(&db.db, vec![about("hats", month(5, 1)), about("hats", month(6, 2)), about("shoes", month(7, 1))]).await;
        assert_eq!(all("").await, ["100"]);
        assert_eq!(all("category").await, ["hats 11", "shoes 7"]);
        assert_eq!(all("month,category").await, ["2017-01|hats 5", "2017-01|shoes 7", "2017-02|hats 6"]);
        assert_eq!(targets(&c, &operator, Who::ALL, "", Some("hats")).await, ["11"]);
        assert_eq!(targets(&c, &operator, Who::ALL, "", Some("socks")).await, ["no_data"]);
        assert_eq!(targets(&c, &operator, Who::ALL, "category", Some("hats")).await, ["hats 11"]);
        // What is set for all is not for a rep to be measured by, nor a team's for one of its people.
        let reach = Reach::Limited {
            people: [PersonId::new(c.people["Bob"])].into(),
            teams: Default::default(),
            totals: [TeamId::new(c.teams["East"])].into(),
        };
        let rep = Viewer { reach, ..operator.clone() };
        assert_eq!(targets(&c, &rep, Who::ALL, "", None).await, ["6"]);
        assert_eq!(targets(&c, &rep, c.who_team("East"), "", None).await, ["10"]);
        assert_eq!(targets(&c, &rep, c.who_team("West"), "", None).await, ["4"]);
        db.drop().await;
    }
}

#[tokio::test]
async fn without_a_target_on_everything_its_parts_make_it() {
    for db in support::databases("quotaparts").await {
        let c = company(&db).await;
        let operator = Viewer::operator(OrgId::new(ORG), day("2026-01-01"));
        let rows: Vec<Model> =
            (1..=12).flat_map(|n| [about("hats", month(1, n)), about("shoes", month(2, n))]).collect();
        add(&db.db, rows).await;
        add(&db.db, vec![Model { where_column: text("shop"), where_value: text("North"), ..month(500, 1) }]).await;
        assert_eq!(targets(&c, &operator, Who::ALL, "", None).await, ["36"]);
        assert_eq!(targets(&c, &operator, Who::ALL, "shop", None).await, ["North 500"]);
        add(&db.db, vec![sale("2", "2017-02-01", None, 3)]).await;
        assert_eq!(targets(&c, &operator, Who::ALL, "month", None).await.len(), 12);
        let q =
            KpiQuery::new(metrics("revenue,quota_attainment,pipeline_coverage"), period("2017-02-01", "2017-03-01"));
        let rows = lines(&c.ask(&q).await);
        assert_eq!(rows, ["revenue| = 3.00", "quota_attainment| = 1.000000", "pipeline_coverage| = (empty_base)"]);
        db.drop().await;
    }
}

/// A goal of a week set against one of its days once read "20 %" elsewhere (F4.6): here the day has no target of its own.
#[tokio::test]
async fn a_goal_of_a_week_says_nothing_of_a_day() {
    for db in support::databases("quotaweek").await {
        let c = company(&db).await;
        add(&db.db, vec![quota("2017-05-08", "2017-05-15", 5)]).await;
        add(&db.db, vec![sale("2", "2017-05-08", None, 1)]).await;
        let asked = async |from: &str, to: &str| {
            let q = KpiQuery::new(metrics("revenue,quota_attainment,quota_variance"), period(from, to));
            lines(&c.ask(&q).await)
        };
        assert_eq!(
            asked("2017-05-08", "2017-05-09").await,
            ["revenue| = 1.00", "quota_attainment| = (not_applicable)", "quota_variance| = (not_applicable)"]
        );
        assert_eq!(
            asked("2017-05-08", "2017-05-15").await,
            ["revenue| = 1.00", "quota_attainment| = 0.200000", "quota_variance| = -4.00"]
        );
        db.drop().await;
    }
}

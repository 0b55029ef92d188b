//! Whatever a caller asks, they get no more than their reach.

use std::collections::BTreeSet;

use domain::{OrgId, PersonId, TeamId};
use server::authz::{Denied, Reach};
use server::kpi::{Behind, Dimension, KpiError, KpiQuery, KpiRow, Viewer, Who, ask, records, team_board, team_range};

use super::company::{Company, Deal, ORG, day, lines, metrics, period};
use super::support;

/// Two teams of three; each person won one deal, worth a power of ten.
async fn company(db: &support::TestDb) -> Company {
    let mut c = Company::new(&db.db, "USD").await;
    c.team("Sales", None).await;
    c.team("East", Some("Sales")).await;
    c.team("West", Some("Sales")).await;
    let mut amount = 1;
    for (name, team) in [("A", "East"), ("B", "East"), ("C", "East"), ("X", "West"), ("Y", "West"), ("Z", "West")] {
        let person = c.person(name).await;
        c.place(name, Some(team), None, None, None).await;
        let closed = Some(day("2017-05-05").day_number());
        let deal = Deal { person: Some(person), status: 1, closed, amount: Some(amount), ..Deal::default() };
        c.deals(&[deal]).await;
        amount *= 10;
    }
    c
}

fn viewer(c: &Company, people: &[&str], teams: &[&str], totals: &[&str]) -> Viewer {
    let team = |name: &&str| TeamId::new(c.teams[*name]);
    Viewer {
        org: OrgId::new(ORG),
        reach: Reach::Limited {
            people: people.iter().map(|p| PersonId::new(c.people[*p])).collect(),
            teams: teams.iter().map(team).collect(),
            totals: totals.iter().map(team).collect(),
        },
        today: day("2026-01-01"),
    }
}

async fn answer(c: &Company, viewer: &Viewer, who: Who, by: &[&str]) -> Result<Vec<KpiRow>, KpiError> {
    let mut query = KpiQuery::new(metrics("revenue"), period("2017-01-01", "2018-01-01"));
    query.who = who;
    query.by = by.iter().map(|d| Dimension::from_name(d).unwrap()).collect();
    ask(&c.db, &c.frame().await, viewer, &query).await
}

#[tokio::test]
async fn a_rep_sees_themselves_and_their_teams_total() {
    for db in support::databases("rep").await {
        let c = company(&db).await;
        let rep = viewer(&c, &["B"], &[], &["East"]);
        let seen = |r: Result<Vec<KpiRow>, KpiError>| lines(&r.unwrap());
        assert_eq!(seen(answer(&c, &rep, Who::ALL, &[]).await), ["revenue| = 10.00"]);
        assert_eq!(seen(answer(&c, &rep, Who::ALL, &["person"]).await), ["revenue|B = 10.00"]);
        assert_eq!(seen(answer(&c, &rep, c.who_team("East"), &[]).await), ["revenue| = 111.00"]);
        assert_eq!(seen(answer(&c, &rep, c.who_team("East"), &["month"]).await), ["revenue|2017-05 = 111.00"]);
        // Anything that could tell colleagues apart shows the rep alone.
        for by in ["person", "team", "manager"] {
            let rows = answer(&c, &rep, c.who_team("East"), &[by]).await.unwrap();
            assert_eq!(rows.len(), 1, "{by}");
            assert!(lines(&rows)[0].ends_with("= 10.00"), "{by}");
        }
        for who in [c.who_person("A"), c.who_person("X"), c.who_team("West")] {
            assert!(matches!(answer(&c, &rep, who, &[]).await, Err(KpiError::Denied(Denied::NotFound))));
        }
        // The team above: only the rep's own part of it.
        assert_eq!(seen(answer(&c, &rep, c.who_team("Sales"), &[]).await), ["revenue| = 10.00"]);

        let frame = c.frame().await;
        let year = period("2017-01-01", "2018-01-01");
        let team = c.who_team("East").team.unwrap();
        let board = team_board(&c.db, &frame, &rep, &metrics("revenue"), team, year).await.unwrap();
        assert_eq!(board.people.iter().map(|p| p.name.as_str()).collect::<Vec<_>>(), ["B"]);
        let range = team_range(&c.db, &frame, &rep, &metrics("revenue"), team, year).await.unwrap();
        assert_eq!(range, [None], "three people are too few for a range");
        let behind = Behind {
            metric: metrics("revenue")[0],
            numerator_only: false,
            who: c.who_team("East"),
            filters: Vec::new(),
            period: year,
            as_of: None,
            search: String::new(),
        };
        let page = records(&c.db, &frame, &rep, &behind, None, 10).await.unwrap();
        assert_eq!(page.deals.len(), 1, "the deals behind the total stay closed");
        db.drop().await;
    }
}

#[tokio::test]
async fn no_argument_widens_a_reach() {
    for db in support::databases("widen").await {
        let c = company(&db).await;
        let viewers = [
            viewer(&c, &[], &[], &[]),
            viewer(&c, &["B"], &[], &["East"]),
            viewer(&c, &["A", "X"], &["East"], &[]),
            viewer(&c, &[], &["West"], &[]),
        ];
        let mut whos = vec![Who::ALL];
        whos.extend(["Sales", "East", "West"].map(|t| c.who_team(t)));
        whos.extend(["A", "B", "C", "X", "Y", "Z"].map(|p| c.who_person(p)));
        for viewer in &viewers {
            let Reach::Limited { people, teams, totals } = viewer.reach.clone() else { unreachable!() };
            let mut allowed: BTreeSet<i64> = people.iter().map(|p| p.get()).collect();
            for (name, team) in
                [("A", "East"), ("B", "East"), ("C", "East"), ("X", "West"), ("Y", "West"), ("Z", "West")]
            {
                if teams.contains(&TeamId::new(c.teams[team])) {
                    allowed.insert(c.people[name]);
                }
            }
            let names = ["A", "B", "C", "X", "Y", "Z"];
            let most: i64 = names
                .iter()
                .enumerate()
                .filter(|(_, n)| allowed.contains(&c.people[**n]))
                .map(|(i, _)| 10i64.pow(i as u32))
                .sum();
            for who in &whos {
                for by in
                    [&[][..], &["person"], &["team"], &["manager"], &["month"], &["product"], &["person", "month"]]
                {
                    let Ok(rows) = answer(&c, viewer, *who, by).await else { continue };
                    let total: f64 = rows.iter().filter_map(|r| r.answer.value.value()).map(|f| f.to_f64()).sum();
                    let is_own_total = who.team.is_some_and(|t| totals.contains(&t))
                        && !by.iter().any(|d| ["person", "team", "manager"].contains(d));
                    assert!(is_own_total || total <= most as f64, "{viewer:?} {who:?} {by:?}: {total}");
                    for id in rows.iter().flat_map(|r| &r.by).filter(|l| l.dimension == Dimension::Person) {
                        assert!(id.id.is_some_and(|i| allowed.contains(&i)), "{viewer:?} {who:?} {by:?}: {id:?}");
                    }
                }
            }
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn another_tenant_does_not_exist() {
    for db in support::databases("tenant").await {
        let c = company(&db).await;
        let stranger = Viewer::operator(OrgId::new(99), day("2026-01-01"));
        assert!(server::kpi::Frame::load(&c.db, OrgId::new(99)).await.is_err());
        let mut frame = c.frame().await;
        frame.org = OrgId::new(99);
        let query = KpiQuery::new(metrics("revenue"), period("2017-01-01", "2018-01-01"));
        assert_eq!(lines(&ask(&c.db, &frame, &stranger, &query).await.unwrap()), ["revenue| = 0.00"]);
        db.drop().await;
    }
}

//! One KPI under several choices at once, against asking for each choice by itself.

use domain::metric::{Choices, catalogue};
use domain::{OrgId, Period};
use server::entity::{campaign_day, subscription};
use server::kpi::{About, Kpi, Viewer, Who, alternatives, points};

use super::company::{Company, Deal, ORG, day, period};
use super::facts::{self, add, number, sale, subscription as sold, units};
use super::support;

#[tokio::test]
async fn every_choice_gives_what_it_gives_alone() {
    for db in support::databases("alternatives").await {
        let mut c = Company::of(&db.db, "agency", "USD").await;
        let ann = c.person("Ann").await;
        let won = Deal { person: Some(ann), status: 1, closed: Some(number("2017-02-03") as i32), ..Deal::default() };
        c.deals(&[Deal { amount: Some(50), ..won }]).await;
        let until = |end: &str, s: subscription::Model| subscription::Model { end_on: Some(number(end)), ..s };
        add(
            &db.db,
            vec![
                sold("a", "2016-01-01", 30),
                until("2017-02-10", sold("b", "2017-02-05", 20)),
                subscription::Model {
                    cancelled_on: Some(number("2017-01-20")),
                    ..until("2017-03-01", sold("c", "2016-05-01", 10))
                },
                until("2016-06-01", sold("d", "2016-01-01", 5)),
                sold("d", "2017-02-01", 7),
                subscription::Model { part: Some("one_off_discount".into()), ..sold("a", "2017-02-01", -3) },
            ],
        )
        .await;
        add(&db.db, vec![sale("1", "2017-02-01", Some("x"), 9)]).await;
        add(&db.db, vec![facts::lead("2017-02-01"), facts::lead("2017-02-02")]).await;
        let campaign = campaign_day::Model {
            leads: Some(5),
            spend_micros: units(40),
            spend_reporting_micros: units(40),
            revenue_micros: units(900),
            revenue_reporting_micros: units(900),
            ..facts::campaign_day("2017-02-02", Some("web"))
        };
        add(&db.db, vec![campaign]).await;
        let frame = c.frame().await;
        let viewer = Viewer::operator(OrgId::new(ORG), day("2018-01-01"));
        let february = period("2017-02-01", "2017-03-01");
        let periods: Vec<Period> = vec![february, period("2017-01-01", "2017-04-01")];
        for metric in catalogue::all().iter().filter(|m| !m.choices.is_empty()) {
            let all = metric.choices.iter().flat_map(|c| c.options().iter().map(|o| (*c, *o)));
            let others: Vec<Choices> = all.filter_map(|(c, o)| frame.choices.with(c, o)).collect();
            let kpi = Kpi::from(metric);
            let about = About::from(Who::ALL);
            let found = alternatives(&c.db, &frame, &viewer, &kpi, about, &periods, &others).await.unwrap();
            let alone = points(&c.db, &frame, &viewer, &[metric], Who::ALL, &periods).await.unwrap();
            assert_eq!(found.points, alone, "{}", metric.id);
            assert_eq!(found.others.len(), others.len());
            for (choices, answer) in others.iter().zip(&found.others) {
                let frame = frame.choosing(*choices);
                let alone = points(&c.db, &frame, &viewer, &[metric], Who::ALL, &[february]).await.unwrap();
                assert_eq!(*answer, alone[0].answers[0], "{} under {choices:?}", metric.id);
            }
        }
        // The choices make a difference here: what is compared is not the same figure over and over.
        let differ = |id: &'static str| {
            let metric = catalogue::find(id).unwrap();
            let (c, frame, viewer) = (&c, &frame, &viewer);
            async move {
                let all = metric.choices.iter().flat_map(|c| c.options().iter().map(|o| (*c, *o)));
                let others: Vec<Choices> = all.filter_map(|(c, o)| frame.choices.with(c, o)).collect();
                let (kpi, about) = (Kpi::from(metric), About::from(Who::ALL));
                let found = alternatives(&c.db, frame, viewer, &kpi, about, &[february], &others).await.unwrap();
                let mut values: Vec<_> = found.others.iter().map(|a| format!("{:?}", a.value)).collect();
                values.sort();
                values.dedup();
                values.len()
            }
        };
        assert_eq!(differ("revenue").await, 3, "campaigns by template, deals, sales");
        assert_eq!(differ("leads").await, 2);
        assert!(differ("mrr_new").await >= 3);
        db.drop().await;
    }
}

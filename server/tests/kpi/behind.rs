//! The deals behind a number: all of them, once, page by page, and none that the reader may not see.

use server::kpi::{Behind, Filter, KpiQuery, TextColumn, Viewer, Who, records};

use super::company::{Company, Deal, day, metrics, period};
use super::support;

#[tokio::test]
async fn pages_hold_every_deal_once() {
    for db in support::databases("behind").await {
        let mut c = Company::new(&db.db, "USD").await;
        c.team("East", None).await;
        c.team("West", None).await;
        let (ann, bob) = (c.person("Ann").await, c.person("Bob").await);
        c.place("Ann", Some("East"), None, None, Some("2017-07-01")).await;
        c.place("Ann", Some("West"), None, Some("2017-07-01"), None).await;
        c.place("Bob", Some("West"), None, None, None).await;
        let first = day("2017-01-01").day_number();
        let deals: Vec<Deal> = (0..120)
            .map(|n| Deal {
                person: (n % 10 != 0).then_some(if n % 3 == 0 { bob } else { ann }),
                split: if n % 10 == 0 { vec![(ann, 500_000), (bob, 500_000)] } else { Vec::new() },
                status: [0, 1, 2][n as usize % 3],
                created: Some(first + n * 3 - 20),
                // Four share each day, so that pages end in the middle of one.
                closed: (n % 3 != 0).then_some(first + n / 4 * 12),
                amount: Some(10),
                product: (n % 2 == 0).then(|| "A".to_owned()),
                ..Deal::default()
            })
            .collect();
        c.deals(&deals).await;
        let frame = c.frame().await;
        let viewer = Viewer::operator(frame.org, day("2026-01-01"));
        let year = period("2017-01-01", "2018-01-01");
        for who in [Who::ALL, c.who_person("Ann"), c.who_team("East"), c.who_team("West")] {
            for id in ["deals_won", "win_rate", "deals_open", "win_rate_cohort"] {
                for filters in [Vec::new(), vec![Filter::new(TextColumn::Product, Some("A".into()))]] {
                    let mut query = KpiQuery::new(metrics(id), year);
                    (query.who, query.filters) = (who, filters.clone());
                    let n = c.ask(&query).await[0].answer.n.unwrap();
                    let behind = Behind {
                        metric: metrics(id)[0],
                        numerator_only: false,
                        who,
                        filters,
                        period: year,
                        as_of: None,
                        search: String::new(),
                    };
                    let (mut found, mut after) = (Vec::new(), None);
                    loop {
                        let page = records(&c.db, &frame, &viewer, &behind, after, 7).await.unwrap();
                        assert!(page.deals.len() <= 7);
                        found.extend(page.deals);
                        after = page.next;
                        if after.is_none() {
                            break;
                        }
                    }
                    assert_eq!(found.len() as i64, n, "{id} of {who:?}");
                    let mut ids: Vec<i64> = found.iter().map(|d| d.cursor.id.get()).collect();
                    ids.sort_unstable();
                    ids.dedup();
                    assert_eq!(ids.len() as i64, n, "{id} of {who:?}: none twice");
                    let days: Vec<i32> = found.iter().map(|d| d.cursor.day).collect();
                    assert!(days.windows(2).all(|d| d[0] >= d[1]), "newest first");
                    assert!(found.iter().all(|d| d.credits.iter().map(|c| c.1).sum::<i64>() == 1_000_000));
                }
            }
        }
        db.drop().await;
    }
}

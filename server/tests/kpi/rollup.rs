//! Figures read from stored sums are those counted from the deals, whatever was written, corrected and removed before.

use domain::{OrgId, Period};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sea_orm::{
    ConnectionTrait as _, DbBackend, EntityTrait as _, PaginatorTrait as _, QueryOrder as _, TransactionTrait as _,
};
use server::entity::{deal, deal_credit, deal_rollup};
use server::kpi::{Dimension, Frame, KpiQuery, Viewer, Who, ask, loaded, scorecard, team_board};
use server::query::deal::{Written, remove, save};
use server::rollup::{Changes, compare, rebuild};

use super::company::{Company, ORG, day};
use super::support;

const NAMES: [&str; 5] = ["Ann", "Bob", "Cas", "Dee", "Eve"];

async fn company(db: &support::TestDb, random: &mut StdRng) -> Company {
    let mut c = Company::new(&db.db, "USD").await;
    c.team("Top", None).await;
    c.team("Left", Some("Top")).await;
    c.team("Right", Some("Top")).await;
    for name in NAMES {
        c.person(name).await;
    }
    for name in NAMES {
        let moved = day("2016-06-01").add_days(random.random_range(1..900)).unwrap().to_string();
        c.place(name, Some("Left"), None, None, Some(&moved)).await;
        c.place(name, Some("Right"), Some("Ann"), Some(&moved), None).await;
    }
    c
}

/// A deal with anything in it that can be stored, odd dates included.
fn any_deal(random: &mut StdRng, c: &Company, id: i64) -> (deal::Model, Vec<deal_credit::Model>) {
    let first = day("2015-11-01").day_number();
    let maybe = |random: &mut StdRng, percent: u32, days: i32| {
        let at = first + random.random_range(0..days);
        (random.random_range(0..100) < percent).then_some(at)
    };
    let created_on = maybe(random, 80, 800);
    let closed_on = match created_on {
        Some(created) if random.random_range(0..5) > 0 => Some(created + random.random_range(-3..400)),
        _ => maybe(random, 70, 1_100),
    };
    let owner = random.random_range(0..6);
    let is_split = random.random_range(0..12) == 0;
    let person = |n: usize| c.people[NAMES[n % 5]];
    let amount = (random.random_range(0..9) > 0).then(|| random.random_range(-5_000_000..900_000_000_000_i64));
    let has_rate = random.random_range(0..60) > 0;
    let model = deal::Model {
        org_id: ORG,
        id,
        external_id: format!("R{id}"),
        person_id: (!is_split && owner < 5).then(|| person(owner)),
        is_split,
        status: random.random_range(0..4),
        stage: None,
        created_on,
        engaged_on: maybe(random, 40, 800),
        closed_on,
        amount_micros: amount,
        currency: if has_rate { "USD" } else { "GBP" }.into(),
        reporting_micros: amount.filter(|_| has_rate),
        account: None,
        product: Some(["A", "B"][owner % 2].into()),
        segment: None,
        source: None,
        campaign: None,
        lost_reason: None,
        proposal_template: None,
        discount_micros: (owner == 1).then_some(50_000),
        probability_micros: (owner == 2).then_some(500_000),
        country: None,
        attributes: None,
        import_id: None,
        created_at: 0,
        updated_at: 0,
    };
    let half = model.amount_micros.map(|a| a / 2);
    let rest = model.amount_micros.zip(half).map(|(a, h)| a - h);
    let part = |n: usize, amount: Option<i64>| deal_credit::Model {
        org_id: ORG,
        deal_id: id,
        person_id: person(n),
        share_micros: 500_000,
        amount_micros: amount,
        reporting_micros: amount.filter(|_| model.reporting_micros.is_some()),
    };
    let credits = if is_split { vec![part(owner, half), part(owner + 1, rest)] } else { Vec::new() };
    (model, credits)
}

/// Writes, corrects and removes, in several transactions.
async fn history(c: &Company, random: &mut StdRng) {
    let mut stored: Vec<deal::Model> = Vec::new();
    let mut next = 1_000;
    for _ in 0..6 {
        let txn = server::db::write_txn(&c.db).await.unwrap();
        let mut changes = Changes::begin(&txn, OrgId::new(ORG)).await.unwrap();
        let mut rows = Vec::new();
        for place in &mut stored {
            if random.random_range(0..4) == 0 {
                let (after, credits) = any_deal(random, c, place.id);
                let before = std::mem::replace(place, after.clone());
                rows.push(Written { before: Some(before), after, credits });
            }
        }
        for _ in 0..60 {
            next += 1;
            let (after, credits) = any_deal(random, c, next);
            stored.push(after.clone());
            rows.push(Written { before: None, after, credits });
        }
        save(&txn, &mut changes, rows).await.unwrap();
        // Flushed in the middle, as a large import does.
        changes.flush(&txn).await.unwrap();
        let gone = stored.split_off(stored.len() - random.random_range(0..25));
        remove(&txn, &mut changes, &gone).await.unwrap();
        changes.flush(&txn).await.unwrap();
        txn.commit().await.unwrap();
    }
}

async fn both(c: &Company) -> (Frame, Frame) {
    let stored = c.frame().await;
    let counted = Frame { stored: false, ..stored.clone() };
    assert!(stored.stored);
    (stored, counted)
}

#[tokio::test]
async fn stored_sums_answer_as_the_deals_do() {
    for seed in [3, 29] {
        for db in support::databases("rollup").await {
            let random = &mut StdRng::seed_from_u64(seed);
            let c = company(&db, random).await;
            history(&c, random).await;
            let (compared, differences) = compare(&c.db, OrgId::new(ORG)).await.unwrap();
            assert!(compared > 500 && differences.is_empty(), "{compared} compared: {differences:?}");

            let (stored, counted) = both(&c).await;
            let (mut rows, mut measured) = (0, 0);
            for n in 0..120 {
                let from = day("2015-10-01").add_days(random.random_range(0..1_100)).unwrap();
                let from = if n % 3 == 0 { from.first_of_month() } else { from };
                let to = from.add_days(random.random_range(1..800)).unwrap();
                let to = if n % 2 == 0 { to.first_of_month().add_months(1).unwrap() } else { to };
                let mut q = KpiQuery::new(loaded().collect(), Period::new(from, to).unwrap());
                // Weighted and discounted figures are counted from the deals: without them all comes from sums.
                if n % 4 != 0 {
                    q.metrics.retain(|m| !["weighted", "discount"].iter().any(|w| m.id().contains(w)));
                }
                let by = ["", "person", "team", "manager", "month", "week", "year,person", "product", "quarter,team"];
                let by = by[random.random_range(0..by.len())].split(',').filter(|d| !d.is_empty());
                q.by = by.map(|d| Dimension::from_name(d).unwrap()).collect();
                q.who = match random.random_range(0..4) {
                    0 => c.who_person(NAMES[random.random_range(0..5)]),
                    1 => c.who_team(["Top", "Left", "Right"][random.random_range(0..3)]),
                    _ => Who::ALL,
                };
                q.as_of = (random.random_range(0..3) == 0).then(|| from.add_days(random.random_range(0..200)).unwrap());
                q.so_far = random.random_range(0..2) == 0;
                q.every_part = random.random_range(0..2) == 0;
                let viewer = Viewer::operator(OrgId::new(ORG), from.add_days(random.random_range(0..900)).unwrap());
                let left = ask(&c.db, &stored, &viewer, &q).await.unwrap();
                let right = ask(&c.db, &counted, &viewer, &q).await.unwrap();
                assert_eq!(left, right, "question {n}: {q:?}");
                rows += left.len();
                measured += left.iter().filter(|r| r.answer.value.is_measured()).count();
            }
            assert!(rows > 5_000 && measured > 1_000, "{rows} rows, {measured} measured");
            db.drop().await;
        }
    }
}

#[tokio::test]
async fn screens_read_the_same_from_sums_and_deals() {
    for db in support::databases("screens").await {
        let random = &mut StdRng::seed_from_u64(5);
        let c = company(&db, random).await;
        history(&c, random).await;
        let (stored, counted) = both(&c).await;
        let metrics: Vec<_> = loaded().collect();
        for (from, to, today) in [
            ("2016-04-01", "2016-07-01", "2018-01-01"),
            ("2016-07-01", "2016-10-01", "2016-08-17"),
            ("2017-01-01", "2018-01-01", "2017-11-30"),
        ] {
            let (period, viewer) = (super::company::period(from, to), Viewer::operator(OrgId::new(ORG), day(today)));
            for who in [Who::ALL, c.who_person("Ann"), c.who_team("Left")] {
                let left = scorecard(&c.db, &stored, &viewer, &metrics, who, period, 12).await.unwrap();
                let right = scorecard(&c.db, &counted, &viewer, &metrics, who, period, 12).await.unwrap();
                assert_eq!(left, right);
            }
            let team = c.who_team("Top").team.unwrap();
            let left = team_board(&c.db, &stored, &viewer, &metrics, team, period).await.unwrap();
            let right = team_board(&c.db, &counted, &viewer, &metrics, team, period).await.unwrap();
            assert_eq!(left, right);
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn writers_at_the_same_time_do_not_lose_each_others_sums() {
    for db in support::databases("writers").await {
        let c = company(&db, &mut StdRng::seed_from_u64(2)).await;
        let org = OrgId::new(ORG);
        let mut writers = Vec::new();
        for writer in 0..4_i64 {
            // All on one day, so that all change the same rows.
            let (db, ann) = (c.db.clone(), c.people["Ann"]);
            let mut model = any_deal(&mut StdRng::seed_from_u64(4), &c, 0).0;
            (model.person_id, model.is_split, model.status) = (Some(ann), false, 1);
            writers.push(tokio::spawn(async move {
                for n in 0..10 {
                    let id = 1_000 + writer * 100 + n;
                    let after = deal::Model { id, external_id: format!("W{id}"), ..model.clone() };
                    let begun = server::db::patiently(|| async {
                        let txn = server::db::write_txn(&db).await?;
                        let changes = Changes::begin(&txn, org).await?;
                        Ok((txn, changes))
                    });
                    let (txn, mut changes) = begun.await.unwrap();
                    save(&txn, &mut changes, vec![Written { before: None, after, credits: Vec::new() }]).await.unwrap();
                    changes.flush(&txn).await.unwrap();
                    txn.commit().await.unwrap();
                }
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let (compared, differences) = compare(&c.db, org).await.unwrap();
        assert!(compared > 0 && differences.is_empty(), "{differences:?}");
        assert_eq!(deal::Entity::find().count(&c.db).await.unwrap(), 40);
        // SQLite refuses the second writer when it begins; PostgreSQL has the lock for that.
        if c.db.get_database_backend() == DbBackend::Postgres {
            let (first, second) = (c.db.begin().await.unwrap(), c.db.begin().await.unwrap());
            let held = Changes::begin(&first, org).await.unwrap();
            let refused = Changes::begin(&second, org).await.unwrap_err();
            assert!(server::db::is_unavailable(&refused), "{refused}");
            second.rollback().await.unwrap();
            drop(held);
            first.rollback().await.unwrap();
        }
        db.drop().await;
    }
}

#[tokio::test]
async fn a_database_older_than_the_sums_gets_them_when_it_is_migrated() {
    for db in support::databases("older").await {
        let random = &mut StdRng::seed_from_u64(23);
        let c = company(&db, random).await;
        history(&c, random).await;
        let before = rows(&c).await;
        deal_rollup::Entity::delete_many().exec(&c.db).await.unwrap();
        server::db::migrate(&c.db).await.unwrap();
        assert!(!before.is_empty() && rows(&c).await == before);
        db.drop().await;
    }
}

async fn rows(c: &Company) -> Vec<deal_rollup::Model> {
    use deal_rollup::Column::{FirstDay, Grain, PersonId};
    let select = deal_rollup::Entity::find().order_by_asc(Grain).order_by_asc(PersonId).order_by_asc(FirstDay);
    select.all(&c.db).await.unwrap()
}

#[tokio::test]
async fn nothing_is_left_of_deals_that_are_removed_and_a_wrong_sum_is_found() {
    for db in support::databases("removed").await {
        let random = &mut StdRng::seed_from_u64(17);
        let c = company(&db, random).await;
        history(&c, random).await;
        let org = OrgId::new(ORG);
        let before = rows(&c).await;
        let txn = server::db::write_txn(&c.db).await.unwrap();
        rebuild(&txn, org).await.unwrap();
        txn.commit().await.unwrap();
        assert!(rows(&c).await == before, "made anew: other rows");

        for change in [
            "UPDATE deal_rollup SET closed = 'CCAAA' WHERE grain = 1 AND person_id = -1 AND closed IS NOT NULL",
            "DELETE FROM deal_rollup WHERE grain = 0 AND flow IS NOT NULL",
            "UPDATE deal SET person_id = NULL WHERE status = 1 AND NOT is_split",
            "UPDATE deal_rollup SET began = '!' WHERE began IS NOT NULL",
        ] {
            c.db.execute_unprepared(change).await.unwrap();
            assert!(!compare(&c.db, org).await.unwrap().1.is_empty(), "{change}");
            c.rebuild().await;
            assert_eq!(compare(&c.db, org).await.unwrap().1, Vec::<String>::new());
        }

        let all = deal::Entity::find().all(&c.db).await.unwrap();
        let txn = server::db::write_txn(&c.db).await.unwrap();
        let mut changes = Changes::begin(&txn, org).await.unwrap();
        remove(&txn, &mut changes, &all).await.unwrap();
        changes.flush(&txn).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(deal_rollup::Entity::find().count(&c.db).await.unwrap(), 0);
        db.drop().await;
    }
}

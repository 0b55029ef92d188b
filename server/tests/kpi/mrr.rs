//! Stored recurring revenue answers as the subscriptions do, whatever was written, corrected, removed, moved and chosen
//! before.

use domain::metric::{Choice, Choices};
use domain::{OrgId, Period};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sea_orm::{
    ActiveModelTrait as _, ConnectionTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryOrder as _,
};
use server::authz::Reach;
use server::entity::{customer_mrr, kpi_choices, mrr_sum, subscription};
use server::kpi::{Dimension, Frame, KpiQuery, Viewer, Who, ask};
use server::mrr::compare;
use server::query::choices;
use server::rollup::Touched;

use super::company::{Company, ORG, day, metrics};
use super::facts::{self, rate};
use super::support;

const NAMES: [&str; 5] = ["Ann", "Bob", "Cas", "Dee", "Eve"];
const ALL: &str = "mrr,arr,mrr_new,mrr_expansion,mrr_reactivation,mrr_contraction,mrr_churn,mrr_churn_rate,\
    customer_churn_rate,customer_churn_rate_monthly,mrr_churn_rate_monthly,gross_mrr_churn_rate,net_mrr_churn_rate,nrr_monthly,grr_monthly,nrr,grr,arpa,\
    quick_ratio,ltv";
const FIRST: &str = "2015-11-01";

async fn company(db: &support::TestDb, random: &mut StdRng) -> Company {
    let mut c = Company::of(&db.db, "saas", "EUR").await;
    c.team("Top", None).await;
    c.team("Left", Some("Top")).await;
    c.team("Right", Some("Top")).await;
    for name in NAMES {
        c.person(name).await;
    }
    // Two move from team to team, two stay, and one is nowhere at first.
    for name in ["Ann", "Bob"] {
        let moved = day(FIRST).add_days(random.random_range(100..900)).unwrap().to_string();
        c.place(name, Some("Left"), None, None, Some(&moved)).await;
        c.place(name, Some("Right"), Some("Dee"), Some(&moved), None).await;
    }
    c.place("Cas", Some("Left"), Some("Dee"), None, None).await;
    c.place("Dee", Some("Right"), None, None, None).await;
    c.place("Eve", Some("Right"), Some("Dee"), Some("2016-09-01"), None).await;
    for (on, currency, value) in
        [("2015-01-01", "USD", "0.9"), ("2016-07-13", "USD", "0.85"), ("2015-01-01", "GBP", "1.2")]
    {
        facts::add(&c.db, vec![rate(on, currency, value)]).await;
    }
    c
}

/// A subscription with anything in it that can be stored.
fn any(random: &mut StdRng, c: &Company, id: i64) -> subscription::Model {
    let customer = random.random_range(0..14_usize);
    let start = day(FIRST).add_days(random.random_range(0..1_000)).unwrap();
    let start = if random.random_range(0..3) == 0 { start.first_of_month() } else { start };
    let later = |random: &mut StdRng| start.add_days([0, 5, 31, 90, 365, 700][random.random_range(0..6)]).unwrap();
    let end = (random.random_range(0..3) > 0).then(|| later(random));
    // Most customers are one person's, some nobody's, some of several.
    let seller = if random.random_range(0..8) == 0 { random.random_range(0..6) } else { customer % 6 };
    let amount = [0, 5, 10, 10, 20, 35][random.random_range(0..6)];
    let part = ["discount", "one_off_discount", "usage"];
    subscription::Model {
        id,
        fact_key: format!("key{id}"),
        end_on: end.map(|d| d.day_number().into()),
        cancelled_on: (random.random_range(0..4) == 0).then(|| later(random).day_number().into()),
        person_id: NAMES.get(seller).map(|name| c.people[*name]),
        currency: ["EUR", "EUR", "USD", "GBP"][customer % 4].into(),
        part: (random.random_range(0..9) == 0).then(|| part[random.random_range(0..3)].to_owned()),
        ..facts::subscription(&format!("c{customer}"), &start.to_string(), amount)
    }
}

/// Writes, corrects and removes in one transaction, as an import does.
async fn write(c: &Company, random: &mut StdRng, stored: &mut Vec<subscription::Model>, new: i64) {
    let txn = server::db::write_txn(&c.db).await.unwrap();
    let mut touched = Touched::default();
    let mut next = stored.iter().map(|s| s.id).max().unwrap_or(10_000);
    for place in stored.iter_mut() {
        if random.random_range(0..5) == 0 {
            touched.subscriber(&place.customer);
            *place = any(random, c, place.id);
            touched.subscriber(&place.customer);
            subscription::Entity::update(place.clone().into_active_model().reset_all()).exec(&txn).await.unwrap();
        }
    }
    for _ in 0..new {
        next += 1;
        let one = any(random, c, next);
        touched.subscriber(&one.customer);
        subscription::Entity::insert(one.clone().into_active_model()).exec_without_returning(&txn).await.unwrap();
        stored.push(one);
    }
    for gone in stored.split_off(stored.len() - random.random_range(0..6)) {
        touched.subscriber(&gone.customer);
        subscription::Entity::delete_by_id((ORG, gone.id)).exec(&txn).await.unwrap();
    }
    touched.flush(&txn, OrgId::new(ORG), None).await.unwrap();
    txn.commit().await.unwrap();
}

/// Other choices, as their page keeps them.
async fn choose(c: &Company, random: &mut StdRng) {
    let (before, version) = choices::newest(&c.db, OrgId::new(ORG)).await.unwrap();
    let mut chosen: Choices = before;
    for choice in Choice::ALL.iter().copied() {
        let options = choice.options();
        chosen = chosen.with(choice, options[random.random_range(0..options.len())]).unwrap_or(chosen);
    }
    let row = kpi_choices::Model {
        org_id: ORG,
        version: version + 1,
        choices: serde_json::to_string(&chosen).unwrap(),
        created_by: None,
        created_at: 0,
    };
    choices::insert(&c.db, row).await.unwrap();
    c.rebuild().await;
}

/// A question of any kind, and who asks it.
fn question(random: &mut StdRng, c: &Company, n: usize) -> (KpiQuery, Viewer) {
    let from = day("2015-10-01").add_days(random.random_range(0..1_200)).unwrap();
    let from = if n.is_multiple_of(4) { from } else { from.first_of_month() };
    let to = match random.random_range(0..4) {
        0 => from.add_days(random.random_range(1..800)),
        1 => from.add_months(1),
        2 => from.add_months(3),
        _ => from.add_months(random.random_range(1..30)),
    };
    let mut q = KpiQuery::new(metrics(ALL), Period::new(from, to.unwrap()).unwrap());
    let by = [
        "",
        "",
        "person",
        "team",
        "manager",
        "month",
        "week",
        "quarter",
        "year,person",
        "month,team",
        "quarter,manager",
    ];
    let by = by[random.random_range(0..by.len())].split(',').filter(|d| !d.is_empty());
    q.by = by.map(|d| Dimension::from_name(d).unwrap()).collect();
    q.who = match random.random_range(0..4) {
        0 => c.who_person(NAMES[random.random_range(0..5)]),
        1 => c.who_team(["Top", "Left", "Right"][random.random_range(0..3)]),
        _ => Who::ALL,
    };
    q.as_of = (random.random_range(0..5) == 0).then(|| from.add_days(random.random_range(0..300)).unwrap());
    q.so_far = random.random_range(0..2) == 0;
    q.every_part = random.random_range(0..2) == 0;
    let today = from.add_days(random.random_range(-40..900)).unwrap();
    let mut viewer = Viewer::operator(OrgId::new(ORG), today);
    if random.random_range(0..6) == 0 {
        let id = |name: &str| domain::PersonId::new(c.people[name]);
        let teams = [domain::TeamId::new(c.teams["Left"])].into();
        viewer.reach = Reach::Limited { people: [id("Dee")].into(), teams, totals: Default::default() };
    }
    (q, viewer)
}

/// Asks both ways; how many rows there were and how many had a value.
async fn same(c: &Company, random: &mut StdRng, times: usize, what: &str) -> (usize, usize) {
    let (compared, differences) = compare(&c.db, OrgId::new(ORG)).await.unwrap();
    assert!(compared > 0 && differences.is_empty(), "{what}: {compared} compared: {differences:#?}");
    let stored = c.frame().await;
    let counted = Frame { stored: false, ..stored.clone() };
    let (mut rows, mut measured) = (0, 0);
    for n in 0..times {
        let (q, viewer) = question(random, c, n);
        let (Ok(left), Ok(right)) = (ask(&c.db, &stored, &viewer, &q).await, ask(&c.db, &counted, &viewer, &q).await)
        else {
            continue;
        };
        assert_eq!(left.len(), right.len(), "{what}, question {n}: {q:?} {viewer:?}");
        for (left, right) in left.iter().zip(&right) {
            assert_eq!(left, right, "{what}, question {n}: {q:?} {viewer:?} {:?}", stored.choices.recurring);
        }
        rows += left.len();
        measured += left.iter().filter(|r| r.answer.value.is_measured()).count();
    }
    (rows, measured)
}

#[tokio::test]
async fn stored_revenue_answers_as_the_subscriptions_do() {
    for seed in [7, 41] {
        for db in support::databases("mrr").await {
            let random = &mut StdRng::seed_from_u64(seed);
            let c = company(&db, random).await;
            let mut stored = Vec::new();
            let (mut rows, mut measured) = (0, 0);
            let mut add = |(r, m): (usize, usize)| {
                rows += r;
                measured += m;
            };
            write(&c, random, &mut stored, 40).await;
            add(same(&c, random, 60, "written").await);
            write(&c, random, &mut stored, 25).await;
            add(same(&c, random, 60, "corrected and removed").await);
            let moved = day("2016-12-11").day_number();
            let sql = format!("UPDATE team_membership SET to_day = {moved} WHERE person_id = {}", c.people["Cas"]);
            c.db.execute_unprepared(&sql).await.unwrap();
            add(same(&c, random, 40, "a place in a team ends").await);
            for n in 0..4 {
                choose(&c, random).await;
                add(same(&c, random, 40, &format!("chosen otherwise {n}")).await);
                write(&c, random, &mut stored, 5).await;
            }
            facts::add(&c.db, vec![rate("2016-03-03", "GBP", "1.31")]).await;
            add(same(&c, random, 40, "another rate").await);
            assert!(rows > 5_000 && measured > 1_500, "{rows} rows, {measured} measured");

            // An amount without a rate: all is read from the subscriptions, until it is mended.
            let lacking = subscription::Model { currency: "SEK".into(), ..any(random, &c, 99_999) };
            facts::add(&c.db, vec![subscription::Model { end_on: None, cancelled_on: None, ..lacking }]).await;
            same(&c, random, 20, "without a rate").await;
            facts::add(&c.db, vec![rate("2015-01-01", "SEK", "0.1")]).await;
            same(&c, random, 20, "with it").await;
            db.drop().await;
        }
    }
}

#[tokio::test]
async fn a_database_older_than_stored_revenue_gets_it_when_it_is_migrated_and_a_wrong_row_is_found() {
    for db in support::databases("older_mrr").await {
        let random = &mut StdRng::seed_from_u64(11);
        let c = company(&db, random).await;
        let mut stored = Vec::new();
        write(&c, random, &mut stored, 40).await;
        let org = OrgId::new(ORG);
        let before = rows(&c).await;
        customer_mrr::Entity::delete_many().exec(&c.db).await.unwrap();
        mrr_sum::Entity::delete_many().exec(&c.db).await.unwrap();
        server::db::migrate(&c.db).await.unwrap();
        assert!(!before.1.is_empty() && rows(&c).await == before);
        for change in [
            "UPDATE customer_mrr SET figures = 'C' WHERE is_first",
            "UPDATE customer_mrr SET person_id = -2 WHERE customer = 'c1'",
            "DELETE FROM customer_mrr WHERE customer = 'c2'",
            "UPDATE mrr_sum SET figures = 'C' WHERE grain = 2",
            "UPDATE mrr_sum SET figures = '!' WHERE person_id = -1",
            "DELETE FROM mrr_sum WHERE grain = 1",
            "UPDATE subscription SET per_year_micros = per_year_micros + 1 WHERE per_year_micros > 0",
        ] {
            c.db.execute_unprepared(change).await.unwrap();
            assert!(!compare(&c.db, org).await.unwrap().1.is_empty(), "{change}");
            c.rebuild().await;
            assert_eq!(compare(&c.db, org).await.unwrap().1, Vec::<String>::new(), "{change}");
        }
        // What is stored is what is read.
        let mut q = KpiQuery::new(metrics("mrr_new"), Period::new(day("2016-01-01"), day("2017-01-01")).unwrap());
        q.by = vec![Dimension::from_name("person").unwrap()];
        let right = c.ask(&q).await;
        c.db.execute_unprepared("UPDATE mrr_sum SET figures = ''").await.unwrap();
        assert_ne!(c.ask(&q).await, right);
        c.rebuild().await;
        assert_eq!(c.ask(&q).await, right);

        let txn = server::db::write_txn(&c.db).await.unwrap();
        let mut touched = Touched::default();
        stored.iter().for_each(|s| touched.subscriber(&s.customer));
        subscription::Entity::delete_many().exec(&txn).await.unwrap();
        touched.flush(&txn, org, None).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(customer_mrr::Entity::find().count(&c.db).await.unwrap(), 0);
        assert_eq!(mrr_sum::Entity::find().count(&c.db).await.unwrap(), 0, "nothing is left of what is gone");
        db.drop().await;
    }
}

async fn rows(c: &Company) -> (Vec<customer_mrr::Model>, Vec<mrr_sum::Model>) {
    use customer_mrr::Column::{Customer, Month};
    use mrr_sum::Column::{FirstDay, Grain, PersonId};
    let months = customer_mrr::Entity::find().order_by_asc(Customer).order_by_asc(Month);
    let sums = mrr_sum::Entity::find().order_by_asc(Grain).order_by_asc(PersonId).order_by_asc(FirstDay);
    (months.all(&c.db).await.unwrap(), sums.all(&c.db).await.unwrap())
}

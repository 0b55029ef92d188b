//! Figures read from what is stored are those counted from the facts, whatever was imported, corrected, removed, taken
//! back and converted anew before.

use std::collections::BTreeSet;
use std::sync::Arc;

use app::i18n::Locale;
use domain::{OrgId, Period, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sea_orm::{ConnectionTrait as _, EntityTrait as _, Statement};
use server::entity::{customer_month, customer_span, fact_sum, import, spread_receipt, team_membership};
use server::import::batch::Batch;
use server::import::report::Progress;
use server::import::source::Limits;
use server::import::store::rates::Exchange;
use server::import::store::{Context, facts};
use server::import::{Kind, Mode, Org, Report, Request, Who as By, run, undo};
use server::kpi::{Dimension, Frame, KpiQuery, Viewer, Who, ask, loaded};
use server::rollup::compare_sums;
use server::verify::verify;

use super::company::{Company, ORG, day};
use super::support;

const NOW: Timestamp = Timestamp(1_546_300_800_000);
const NAMES: [&str; 4] = ["Ann", "Bob", "Cas", "Dee"];
const KINDS: [&str; 9] = [
    "sales_lines",
    "sales_lines",
    "deals",
    "leads",
    "campaign_days",
    "activities",
    "satisfaction",
    "measurements",
    "subscriptions",
];

fn org() -> Org {
    Org { id: ORG, currency: "USD".into() }
}

async fn company(db: &support::TestDb) -> Company {
    let mut c = Company::of(&db.db, "retail", "USD").await;
    c.team("Top", None).await;
    c.team("Left", Some("Top")).await;
    c.team("Right", Some("Top")).await;
    for name in NAMES {
        c.person(name).await;
        c.place(name, Some("Left"), None, None, Some("2017-03-14")).await;
        c.place(name, Some("Right"), Some("Ann"), Some("2017-03-14"), None).await;
    }
    c
}

/// One of them, as text.
fn one(random: &mut StdRng, of: &[&str]) -> String {
    of[random.random_range(0..of.len())].to_owned()
}

fn below(random: &mut StdRng, most: i32) -> String {
    random.random_range(0..most).to_string()
}

/// A row that may be one that is stored already, with other values.
fn row(random: &mut StdRng, kind: &str) -> (Vec<&'static str>, Vec<String>) {
    let on = day("2016-11-20").add_days(random.random_range(0..150)).unwrap().to_string();
    let person = one(random, &["", "Ann", "Bob", "Cas", "Dee"]);
    let somebody = one(random, &NAMES);
    let customer = one(random, &["", "c1", "c2", "c3", "c4", "c5", "c6"]);
    let currency = one(random, &["USD", "USD", "EUR"]);
    let blank_or = |random: &mut StdRng, most: i32| {
        if random.random_range(0..3) == 0 { String::new() } else { below(random, most) }
    };
    match kind {
        "sales_lines" => {
            let (receipt, amount) = (format!("R{}", below(random, 40)), below(random, 90));
            (
                vec![
                    "transaction",
                    "date",
                    "quantity",
                    "unit_price",
                    "customer",
                    "person",
                    "category",
                    "kind",
                    "currency",
                ],
                vec![
                    receipt,
                    on,
                    "2".into(),
                    amount,
                    customer,
                    person,
                    one(random, &["", "A", "B"]),
                    one(random, &["sale", "sale", "sale", "return", "adjustment"]),
                    currency,
                ],
            )
        }
        "deals" => (
            vec!["external_id", "person", "status", "created_on", "closed_on", "amount", "account", "currency"],
            vec![
                format!("D{}", below(random, 25)),
                one(random, &["Ann", "Bob", "Ann=50;Bob=50"]),
                one(random, &["won", "won", "lost"]),
                "2016-11-01".into(),
                on,
                below(random, 900),
                customer,
                currency,
            ],
        ),
        "leads" => (
            vec!["external_id", "created_on", "channel", "person", "deal", "qualified"],
            vec![
                format!("L{}", below(random, 60)),
                on,
                one(random, &["", "web", "fair"]),
                person,
                if random.random_range(0..2) == 0 { format!("D{}", below(random, 25)) } else { String::new() },
                one(random, &["", "yes", "no"]),
            ],
        ),
        "campaign_days" => (
            vec!["date", "campaign", "channel", "spend", "clicks", "leads", "revenue", "currency"],
            vec![
                on,
                one(random, &["Spring", "Fall"]),
                one(random, &["", "web", "fair"]),
                blank_or(random, 500),
                blank_or(random, 500),
                blank_or(random, 50),
                blank_or(random, 900),
                currency,
            ],
        ),
        "activities" => (
            vec!["date", "person", "type", "count"],
            vec![on, somebody, one(random, &["call", "meeting", "demo"]), below(random, 9)],
        ),
        "satisfaction" => (
            vec!["date", "scale", "score", "customer", "person"],
            vec![on, one(random, &["nps", "csat"]), below(random, 11), customer, person],
        ),
        "measurements" => (
            vec!["date", "measure", "value", "person"],
            vec![on, one(random, &["sales_cost", "cost_of_goods", "rain"]), below(random, 99), person],
        ),
        "subscriptions" => (
            vec!["external_id", "customer", "start", "amount", "person", "currency"],
            vec![
                format!("S{}", below(random, 20)),
                format!("c{}", below(random, 9)),
                on,
                below(random, 50),
                person,
                currency,
            ],
        ),
        _ => (
            vec!["date", "currency", "rate"],
            vec![
                one(random, &["2016-11-01", "2016-12-20", "2017-02-05"]),
                "EUR".into(),
                one(random, &["1.1", "1.25", "0.9"]),
            ],
        ),
    }
}

/// Imports random rows of a kind; what cannot go in is left out.
async fn import(c: &Company, random: &mut StdRng, kind: &str, rows: usize) -> Report {
    let all: Vec<_> = (0..rows).map(|_| row(random, kind)).collect();
    let columns = all[0].0.iter().map(|name| (*name).to_owned()).collect();
    let batch = Batch { columns, rows: all.into_iter().map(|(_, row)| row).collect() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.csv");
    batch.write(&mut std::fs::File::create(&path).unwrap()).unwrap();
    let kind = Kind::parse(kind).unwrap();
    let request = Request {
        org: org(),
        kind,
        path,
        file_name: "file.csv".into(),
        mapping: batch.mapping(kind).unwrap(),
        beside: folder.path().to_owned(),
        mode: Mode::Upsert,
        accept_valid: true,
        dry_run: false,
        who: By { user_id: None, via: "cli", people: None },
        locale: Locale::En,
        import_id: None,
        limits: Limits::default(),
        progress: Arc::new(Progress::default()),
    };
    let report = run(&c.db, request, NOW).await.unwrap();
    assert!(report.written, "{kind:?}: {:?}", report.rejected.first());
    report
}

async fn take_back(c: &Company, id: i64) {
    let row = import::Entity::find_by_id((ORG, id)).one(&c.db).await.unwrap().unwrap();
    undo(&c.db, org(), &row, &By { user_id: None, via: "cli", people: None }, NOW).await.unwrap();
}

/// Removes some facts of a kind by hand.
async fn remove(c: &Company, random: &mut StdRng, kind: &str) {
    let Some((table, _)) = Kind::parse(kind).unwrap().facts() else { return };
    let all = format!("SELECT id FROM {} WHERE org_id = {ORG} ORDER BY id", table.name);
    let rows = c.db.query_all_raw(Statement::from_string(c.db.get_database_backend(), all)).await.unwrap();
    let txn = server::db::write_txn(&c.db).await.unwrap();
    let mut ctx = Context::by_hand(Exchange::hold(&txn, &org(), Kind::parse(kind).unwrap()).await.unwrap(), org(), NOW);
    for row in rows {
        if random.random_range(0..9) == 0 {
            facts::remove(&txn, &mut ctx, table, row.try_get_by_index(0).unwrap()).await.unwrap();
        }
    }
    ctx.flush(&txn).await.unwrap();
    txn.commit().await.unwrap();
}

/// Imports, corrects, removes, takes back and converts anew; after each step all that is stored agrees with the facts.
async fn history(c: &Company, random: &mut StdRng) {
    let mut done = Vec::new();
    for step in 0..34 {
        let kind = KINDS.get(step).map_or_else(|| one(random, &KINDS), |kind| (*kind).to_owned());
        let what = match random.random_range(0..9) {
            0 => {
                import(c, random, "rates", 1).await;
                "rates"
            }
            1 if !done.is_empty() => {
                let id = done.swap_remove(random.random_range(0..done.len()));
                take_back(c, id).await;
                "taken back"
            }
            2 => {
                remove(c, random, &kind).await;
                "removed"
            }
            _ => {
                let rows = random.random_range(1..40);
                done.extend(import(c, random, &kind, rows).await.import_id);
                "imported"
            }
        };
        let (_, differences) = compare_sums(&c.db, OrgId::new(ORG)).await.unwrap();
        assert!(differences.is_empty(), "step {step}, {kind} {what}: {differences:?}");
    }
}

async fn ask_both(c: &Company, random: &mut StdRng, questions: usize) {
    let stored = c.frame().await;
    let counted = Frame { stored: false, ..stored.clone() };
    let (mut measured, mut known) = (0, BTreeSet::new());
    for n in 0..questions {
        let from = day("2016-11-01").add_days(random.random_range(0..120)).unwrap();
        let from = if n % 3 == 0 { from.first_of_month() } else { from };
        let to = from.add_days(random.random_range(1..200)).unwrap();
        let to = if n % 2 == 0 { to.first_of_month().add_months(1).unwrap() } else { to };
        let mut q = KpiQuery::new(loaded().collect(), Period::new(from, to).unwrap());
        let by = ["", "", "person", "team", "month", "week", "month,person", "quarter,team", "channel", "product"];
        let by = by[random.random_range(0..by.len())].split(',').filter(|d| !d.is_empty());
        q.by = by.map(|d| Dimension::from_name(d).unwrap()).collect();
        q.who = match random.random_range(0..4) {
            0 => c.who_person(NAMES[random.random_range(0..4)]),
            1 => c.who_team(["Top", "Left", "Right"][random.random_range(0..3)]),
            _ => Who::ALL,
        };
        q.so_far = random.random_range(0..2) == 0;
        q.every_part = random.random_range(0..2) == 0;
        let viewer = Viewer::operator(OrgId::new(ORG), from.add_days(random.random_range(0..300)).unwrap());
        let left = ask(&c.db, &stored, &viewer, &q).await.unwrap();
        let right = ask(&c.db, &counted, &viewer, &q).await.unwrap();
        assert_eq!(left.len(), right.len(), "question {n}: {q:?}");
        for (left, right) in left.iter().zip(&right) {
            assert_eq!(left, right, "question {n}, {}: {:?} {:?} {:?}", left.metric.id(), q.period, q.by, q.who);
        }
        for row in left.iter().filter(|r| r.answer.value.is_measured()) {
            measured += 1;
            known.insert(row.metric.id().to_owned());
        }
    }
    assert!(measured > 1_000 && known.len() > 40, "{measured} measured of {} KPIs", known.len());
}

#[tokio::test]
async fn what_is_stored_answers_as_the_facts_do() {
    for seed in [7, 41] {
        for db in support::databases("kept").await {
            let random = &mut StdRng::seed_from_u64(seed);
            let mut c = company(&db).await;
            history(&c, random).await;
            ask_both(&c, random, 40).await;
            // Somebody was elsewhere all the time.
            team_membership::Entity::delete_many().exec(&c.db).await.unwrap();
            c.place("Bob", Some("Left"), Some("Cas"), Some("2016-12-11"), Some("2017-02-02")).await;
            c.place("Dee", Some("Right"), None, None, None).await;
            ask_both(&c, random, 20).await;
            let checks = verify(&c.db, OrgId::new(ORG)).await.unwrap();
            let wrong: Vec<String> = checks.into_iter().flat_map(|check| check.differences).collect();
            assert!(wrong.is_empty(), "{wrong:?}");
            db.drop().await;
        }
    }
}

#[tokio::test]
async fn a_wrong_row_is_found_and_an_older_database_gets_all() {
    for db in support::databases("kept_wrong").await {
        let random = &mut StdRng::seed_from_u64(11);
        let c = company(&db).await;
        for kind in KINDS {
            import(&c, random, kind, 80).await;
        }
        let org = OrgId::new(ORG);
        let (compared, differences) = compare_sums(&c.db, org).await.unwrap();
        assert!(compared > 300 && differences.is_empty(), "{compared}: {differences:?}");
        for change in [
            "UPDATE fact_sum SET low_1 = low_1 + 1 WHERE grain = 1 AND person_id = -1 AND kind = 'activity'",
            "UPDATE fact_sum SET mark = 7 WHERE grain = 0 AND kind = 'sales_line' AND mark = 1",
            "UPDATE fact_sum SET kind = 'other' WHERE kind = 'lead'",
            "DELETE FROM fact_sum WHERE kind = 'campaign_day' AND grain = 1",
            "DELETE FROM spread_receipt",
            "UPDATE customer_month SET visits = visits + 1 WHERE customer = 'c1'",
            "UPDATE customer_span SET last_day = last_day - 1 WHERE customer = 'c2'",
            "DELETE FROM customer_span WHERE customer = 'c3'",
            "UPDATE activity SET count = count + 1",
        ] {
            c.db.execute_unprepared(change).await.unwrap();
            assert!(!compare_sums(&c.db, org).await.unwrap().1.is_empty(), "{change}");
            c.db.execute_unprepared("DELETE FROM fact_sum WHERE kind = 'other'").await.unwrap();
            c.rebuild().await;
            assert_eq!(compare_sums(&c.db, org).await.unwrap().1, Vec::<String>::new(), "{change}");
        }
        fact_sum::Entity::delete_many().exec(&c.db).await.unwrap();
        spread_receipt::Entity::delete_many().exec(&c.db).await.unwrap();
        customer_month::Entity::delete_many().exec(&c.db).await.unwrap();
        customer_span::Entity::delete_many().exec(&c.db).await.unwrap();
        server::db::migrate(&c.db).await.unwrap();
        let (again, differences) = compare_sums(&c.db, org).await.unwrap();
        assert!(again == compared && differences.is_empty(), "{again}: {differences:?}");
        db.drop().await;
    }
}

//! What a dry run counts is what the commit does, for every kind, whatever is wrong with the file.

use sea_orm::EntityTrait as _;
use server::entity::{person, team_membership};
use server::import::{Kind, Mode, Report, Request};

use crate::place::{Place, codes, counts};

/// A column with the cells to choose from.
type Choices = (&'static str, &'static [&'static str]);

/// The columns of a kind with cells to choose from; the first ones are good.
const FILES: &[(Kind, &[Choices])] = &[
    (
        Kind::People,
        &[
            ("person", &["Ann", "Bob", "Cees", "Dirk", ""]),
            ("team", &["Sales", "Sales / North", "South", ""]),
            ("manager", &["", "Cees", "Ann", "Zoë"]),
            ("from", &["", "2020-01-01", "2021-06-01", "x"]),
        ],
    ),
    (
        Kind::Deals,
        &[
            ("external_id", &["D1", "D2", "D3", "D4", "D5", "D6", "D7", ""]),
            ("person", &["Ann", "Bob", "Ann=60;Bob=40", "Ann=60;Bob=50", ""]),
            ("status", &["open", "won", "lost", "maybe"]),
            ("closed_on", &["2017-03-01", "2017-03-02", "", "31-31-2017"]),
            ("amount", &["10", "12.5", "0.1234567", "", "1x"]),
        ],
    ),
    (
        Kind::Subscriptions,
        &[
            ("external_id", &["S1", "S2", "S3", "S4", "S5", "S6", ""]),
            ("customer", &["Acme", "Best", ""]),
            ("start", &["2017-01-01", "2017-02-01", ""]),
            ("end", &["", "2018-01-01", "2016-01-01"]),
            ("amount", &["100", "99.95", "-x"]),
            ("interval", &["month", "year", "moon"]),
        ],
    ),
    (
        Kind::CampaignDays,
        &[
            ("date", &["2021-02-01", "2021-02-02", "2021-02-03", "2021-02-30"]),
            ("campaign", &["a", "b", "c", ""]),
            ("channel", &["search", "mail", ""]),
            ("spend", &["10", "0", "", "1.2.3"]),
            ("clicks", &["1", "2", "-1", "1.5"]),
        ],
    ),
    (
        Kind::Leads,
        &[
            ("external_id", &["L1", "L2", "L3", "L4", "L5", ""]),
            ("created_on", &["2021-02-01", "2021-02-02", "?"]),
            ("person", &["Ann", "Bob", ""]),
            ("qualified", &["true", "nee", "", "perhaps"]),
        ],
    ),
    (
        Kind::SalesLines,
        &[
            ("transaction", &["T1", "T2", "T3", ""]),
            ("date", &["2011-11-01", "2011-11-02", "x"]),
            ("quantity", &["1", "2", "-1", "0", "many"]),
            ("unit_price", &["2.5", "3", "", "-2"]),
            ("product", &["A", "B", ""]),
        ],
    ),
    (
        Kind::Activities,
        &[
            ("date", &["2021-02-01", "2021-02-02", "x"]),
            ("person", &["Ann", "Bob", "Cees", ""]),
            ("type", &["call", "meeting", "demo", "dance"]),
            ("count", &["1", "2", "-1"]),
        ],
    ),
    (
        Kind::Satisfaction,
        &[
            ("date", &["2021-02-01", "2021-02-02", "x"]),
            ("scale", &["csat", "nps", "stars"]),
            ("score", &["4", "5", "99", "good"]),
            ("customer", &["Acme", "Best", ""]),
        ],
    ),
    (
        Kind::Targets,
        &[
            ("metric", &["revenue", "win_rate", "happiness"]),
            ("who", &["", "Ann", "Sales", "Nobody"]),
            ("month", &["2018-04", "Apr-18", "May-18", "Foo-18"]),
            ("value", &["100", "200.5", "lots"]),
        ],
    ),
    (
        Kind::Measurements,
        &[
            ("date", &["2021-02-01", "2021-02-02", "x"]),
            ("measure", &["visitors", "calls", ""]),
            ("value", &["1", "2.5", "-3", "x"]),
            ("person", &["", "Ann", "Bob"]),
        ],
    ),
    (
        Kind::Events,
        &[
            ("date", &["2021-02-01", "2021-02-02", "x"]),
            ("title", &["New price", "Training", ""]),
            ("kind", &["price_change", "training", "party"]),
        ],
    ),
    (
        Kind::Rates,
        &[
            ("date", &["2021-02-01", "2021-02-02", "2021-02-03", "x"]),
            ("currency", &["EUR", "GBP", "USD", "XYZ"]),
            ("rate", &["1.1", "0.9", "0", "-1"]),
        ],
    ),
];

/// A file of a kind: the same for the same seed.
fn text(columns: &[(&str, &[&str])], seed: u64) -> String {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut next = |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % most
    };
    let mut out = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join("|") + "\n";
    for row in 0..25 {
        let cells = columns.iter().map(|(_, cells)| {
            // Mostly good cells: the bad ones stand at the end.
            let among = if next(4) == 0 { cells.len() } else { cells.len().div_ceil(2) };
            cells[next(among)]
        });
        out.push_str(&cells.collect::<Vec<_>>().join("|"));
        out.push_str(if row % 11 == 10 { "|ragged\n\n" } else { "\n" });
    }
    out
}

/// What a report tells of a run.
fn told(r: &Report) -> impl PartialEq + std::fmt::Debug + use<> {
    (counts(r), r.skipped, r.people_created, r.rounded, r.unconverted, codes(r), r.unknown_people.clone())
}

fn mapping(columns: &[Choices]) -> String {
    let names: String = columns.iter().map(|(name, _)| format!("{name} = \"{name}\"\n")).collect();
    format!("unknown_people = \"create\"\ndelimiter = \"|\"\n[columns]\n{names}")
}

/// Everybody, and their places in teams.
async fn everybody(place: &Place) -> (Vec<person::Model>, Vec<team_membership::Model>) {
    let people = person::Entity::find().all(&place.db).await.expect("people");
    (people, team_membership::Entity::find().all(&place.db).await.expect("places"))
}

on_each_database!(in_every_mode_a_dry_run_counts_what_the_commit_does, place => {
    let mut refused = [0, 0];
    for (kind, columns) in FILES {
        let mapping = mapping(columns);
        // Some of what the files hold is there already.
        let before = place.file(&text(columns, 9));
        place.run(Request { accept_valid: true, ..place.request(*kind, &before, &mapping) }).await;
        for (seed, mode) in [(1, Mode::Create), (2, Mode::Update), (3, Mode::Upsert), (4, Mode::Update), (5, Mode::Create)] {
            let file = place.file(&text(columns, seed));
            let request = |dry_run| Request { dry_run, mode, accept_valid: true, ..place.request(*kind, &file, &mapping) };
            let dry = place.run(request(true)).await;
            let (people, places) = everybody(&place).await;
            let done = place.run(request(false)).await;
            assert_eq!(told(&dry), told(&done), "{} {}", kind.name(), mode.name());
            match mode {
                // A further row of somebody who is new changes what the first has made, and nothing that was there before.
                Mode::Create if *kind == Kind::People => {
                    let (after, places_after) = everybody(&place).await;
                    assert!(people.iter().all(|old| after.contains(old)) && places.iter().all(|old| places_after.contains(old)));
                    let new = (after.len() - people.len()) as u64;
                    assert_eq!((done.created + done.people_created, done.unchanged), (new, 0), "people");
                }
                Mode::Create => assert_eq!((done.updated, done.unchanged), (0, 0), "{}", kind.name()),
                Mode::Update => assert_eq!(done.created, 0, "{}", kind.name()),
                Mode::Upsert => {}
            }
            let count = |code| done.rejected.iter().filter(|r| r.code == code).count();
            refused[0] += count("exists");
            refused[1] += count("not_there");
        }
    }
    assert!(refused.iter().all(|n| *n > 20), "both modes refused something: {refused:?}");
});

on_each_database!(a_dry_run_counts_what_the_commit_does, place => {
    let (mut good, mut bad) = (0, 0);
    for (kind, columns) in FILES {
        for seed in 1..=4 {
            let mapping = mapping(columns);
            let file = place.file(&text(columns, seed));
            let request = |dry_run| Request { dry_run, accept_valid: true, ..place.request(*kind, &file, &mapping) };
            let dry = place.run(request(true)).await;
            let done = place.run(request(false)).await;
            assert_eq!(told(&dry), told(&done), "{} {seed}: {}", kind.name(), std::fs::read_to_string(&file).expect("file"));
            assert!(done.written && !dry.written);
            assert_eq!(done.created + done.updated + done.unchanged + done.rejected_total, done.rows, "{} {seed}", kind.name());
            let again = place.run(request(false)).await;
            assert_eq!((again.created, again.rejected_total), (0, done.rejected_total), "{} {seed}", kind.name());
            good += done.created;
            bad += done.rejected_total;
        }
    }
    assert!(good > 100 && bad > 100, "the files are both good and bad: {good}, {bad}");
    assert_eq!(FILES.len(), Kind::ALL.len());
});

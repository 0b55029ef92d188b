//! KPI queries: a person's scorecard, a team's board, the organisation.

use std::time::Instant;

use domain::metric::{Metric, catalogue};
use domain::{Calendar, Date, Period};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use server::kpi::{Dimension, Frame, KpiQuery, Viewer, Who, ask, scorecard, team_board};

use super::company::{ORG, TEAMS, fill, hash, person, team};
use super::time::Times;

const METRICS: [&str; 8] = [
    "revenue",
    "deals_won",
    "deals_lost",
    "win_rate",
    "avg_deal_value",
    "cycle_days_mean",
    "cycle_days_median",
    "pipeline_value",
];
/// What a scorecard's months show.
const SERIES: [&str; 3] = ["revenue", "deals_won", "win_rate"];

/// Measures on SQLite, and on PostgreSQL if a server is named.
pub async fn measure(deals: u32) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let db = server::db::connect(&format!("sqlite://{}", folder.path().join("bench.sqlite").display())).await?;
    on("SQLite", &db, deals).await?;
    db.close().await?;
    if let Ok(server) = std::env::var("MAATSTAF_BENCH_POSTGRES") {
        let admin = server::db::connect(&server).await?;
        let name = format!("maatstaf_bench_{}", std::process::id());
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
        let root = server.rsplit_once('/').map_or(server.as_str(), |(root, _)| root);
        let db = server::db::connect(&format!("{root}/{name}")).await?;
        let measured = on("PostgreSQL", &db, deals).await;
        db.close().await?;
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        measured?;
    }
    Ok(())
}

async fn on(name: &str, db: &DatabaseConnection, deals: u32) -> anyhow::Result<()> {
    let start = Instant::now();
    fill(db, deals).await?;
    println!("\n{name}, {deals} deals (made in {:.1} s)", start.elapsed().as_secs_f64());
    let viewer = Viewer::operator(ORG, Date::from_ymd(2026, 1, 1)?);
    let named = |ids: &[&str]| -> Vec<&'static Metric> { ids.iter().filter_map(|id| catalogue::find(id)).collect() };
    let (all, few) = (named(&METRICS), named(&SERIES));
    let quarter = |n: u64| {
        let names = ["2023Q4", "2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4"];
        Period::parse(names[usize::try_from(hash(n) % 9).unwrap_or(0)], &Calendar::default())
    };
    let pick = |n: u64, below: u64| i64::try_from(hash(n ^ 0xABCD) % below).unwrap_or(0);

    let mut times = Times::default();
    for n in 0..300 {
        let t = Instant::now();
        Frame::load(db, ORG).await?;
        if n >= 20 {
            times.since(t);
        }
    }
    times.print("people, teams, calendar (part of each below)");

    let mut times = Times::default();
    for n in 0..220 {
        let mut query = KpiQuery::new(all.clone(), quarter(n)?);
        query.who = Who::person(person(pick(n, 200)));
        let t = Instant::now();
        let frame = Frame::load(db, ORG).await?;
        ask(db, &frame, &viewer, &query).await?;
        if n >= 20 {
            times.since(t);
        }
    }
    times.print("a person's quarter, 8 metrics");

    let mut times = Times::default();
    for n in 0..220 {
        let t = Instant::now();
        let frame = Frame::load(db, ORG).await?;
        scorecard(db, &frame, &viewer, &few, Who::person(person(pick(n, 200))), quarter(n)?, 12).await?;
        if n >= 20 {
            times.since(t);
        }
    }
    times.print("a person's quarter, the one before and 12 months");

    let mut times = Times::default();
    for n in 0..120 {
        let t = Instant::now();
        let frame = Frame::load(db, ORG).await?;
        team_board(db, &frame, &viewer, &all, team(pick(n, TEAMS.unsigned_abs())), quarter(n)?).await?;
        if n >= 20 {
            times.since(t);
        }
    }
    times.print("a team's quarter and the one before, by person");

    let year = Period::parse("2025", &Calendar::default())?;
    let three_years = Period::new(Date::from_ymd(2023, 1, 1)?, Date::from_ymd(2026, 1, 1)?)?;
    for (what, by, metrics, period) in [
        ("the organisation's quarter by person", Dimension::Person, &all, quarter(1)?),
        ("the organisation's quarter by product", Dimension::Text(server::kpi::TextColumn::Product), &all, quarter(2)?),
        ("the organisation's year by team", Dimension::Team, &all, year),
        ("the organisation's 36 months", Dimension::Time(domain::Grain::Month), &few, three_years),
    ] {
        let mut times = Times::default();
        for n in 0..12 {
            let mut query = KpiQuery::new(metrics.clone(), period);
            query.by = vec![by.clone()];
            let t = Instant::now();
            let frame = Frame::load(db, ORG).await?;
            ask(db, &frame, &viewer, &query).await?;
            if n >= 2 {
                times.since(t);
            }
        }
        times.print(what);
    }
    Ok(())
}

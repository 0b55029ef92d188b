//! The work of `bench/work.md` on the data of `gen.py`: a rep's scorecard (W1), a team's board (W2) and the
//! organisation's board (W3), each with the reader's permissions, beside the figures to reach.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use app::caller::Caller;
use domain::metric::{Metric, catalogue};
use domain::policy::Role;
use domain::{Calendar, Date, Grain, Period, PersonId, TeamId, UserId};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sea_orm::{ConnectionTrait as _, DatabaseConnection};
use server::authz::Access;
use server::kpi::{Dimension, KpiQuery, Viewer, Who, ask, series};
use server::roster::Rosters;

use super::company::ORG;
use super::time::Times;
use super::{baseline, load};

const METRICS: [&str; 9] = [
    "revenue",
    "deals_won",
    "deals_lost",
    "win_rate",
    "avg_deal_value",
    "cycle_days_mean",
    "cycle_days_median",
    "pipeline_value",
    "quota_attainment",
];
const SERIES: [&str; 3] = ["revenue", "deals_won", "win_rate"];
const QUARTERS: [&str; 9] = ["2023Q4", "2024Q1", "2024Q2", "2024Q3", "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4"];
/// Clients at once when throughput is measured.
const CLIENTS: u64 = 8;
const THROUGHPUT: Duration = Duration::from_secs(4);
const SEED: u64 = 20_260_101;

/// One of the three pieces of work, how often it is timed, and the p50 to reach in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Work {
    name: &'static str,
    runs: u32,
    sqlite: f64,
    postgres: f64,
}

const WORK: [Work; 3] = [
    Work { name: "W1", runs: 600, sqlite: 1.5, postgres: 2.5 },
    Work { name: "W2", runs: 400, sqlite: 3.0, postgres: 5.0 },
    Work { name: "W3", runs: 120, sqlite: 10.0, postgres: 15.0 },
];

/// Who asks and what they ask with; cloning shares it.
#[derive(Clone)]
struct Bench {
    db: DatabaseConnection,
    rosters: Rosters,
    owner: UserId,
    managers: Arc<Vec<(TeamId, UserId)>>,
    people: Arc<Vec<(PersonId, UserId)>>,
    all: Arc<Vec<&'static Metric>>,
    few: Arc<Vec<&'static Metric>>,
    today: Date,
}

/// Measures on SQLite, and on PostgreSQL if a server is named. `MAATSTAF_BENCH_DATA` is the folder that holds what
/// `gen.py N FOLDER/N` made.
pub async fn measure(deals: u32) -> anyhow::Result<()> {
    let root = std::env::var("MAATSTAF_BENCH_DATA").context("MAATSTAF_BENCH_DATA names no folder of gen.py's data")?;
    let data = PathBuf::from(root).join(deals.to_string());
    let file = tempfile::tempdir_in(data.parent().unwrap_or(&data))?;
    let url = format!("sqlite://{}", file.path().join("bench.sqlite").display());
    let db = server::db::connect(&url).await?;
    println!("\nSQLite, {deals} deals");
    on(&db, &data).await?;
    db.close().await?;
    baseline::sqlite(&data, file.path())?;
    if let Ok(server) = std::env::var("MAATSTAF_BENCH_POSTGRES") {
        let admin = server::db::connect(&server).await?;
        let name = format!("maatstaf_bench_{}", std::process::id());
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await?;
        let root = server.rsplit_once('/').map_or(server.as_str(), |(root, _)| root);
        let url = format!("{root}/{name}");
        let db = server::db::connect(&url).await?;
        println!("\nPostgreSQL, {deals} deals");
        let measured = on(&db, &data).await;
        db.close().await?;
        let measured = measured.and_then(|()| baseline::postgres(&data, &url));
        admin.execute_unprepared(&format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        measured?;
    }
    Ok(())
}

async fn on(db: &DatabaseConnection, data: &Path) -> anyhow::Result<()> {
    let (people, managers, owner) = load::all(db, data).await?;
    let named = |ids: &[&str]| -> Vec<&'static Metric> { ids.iter().filter_map(|id| catalogue::find(id)).collect() };
    let bench = Bench {
        db: db.clone(),
        rosters: Rosters::default(),
        owner,
        managers: Arc::new(managers),
        people: Arc::new(people),
        all: Arc::new(named(&METRICS)),
        few: Arc::new(named(&SERIES)),
        today: Date::from_ymd(2026, 1, 1)?,
    };
    let is_sqlite = server::db::is_sqlite(db.get_database_backend());
    for (number, work) in WORK.iter().enumerate() {
        let random = &mut StdRng::seed_from_u64(SEED);
        let mut times = Times::default();
        for run in 0..work.runs {
            let t = Instant::now();
            bench.once(number, random).await?;
            if run >= work.runs / 10 {
                times.since(t);
            }
        }
        let goal = if is_sqlite { work.sqlite } else { work.postgres };
        times.print(&format!("{} (to reach: {goal} ms)", work.name));
        let start = Instant::now();
        let mut clients = Vec::new();
        for client in 0..CLIENTS {
            let bench = bench.clone();
            clients.push(tokio::spawn(async move {
                let mut random = StdRng::seed_from_u64(SEED + client);
                let mut done = 0u32;
                while start.elapsed() < THROUGHPUT {
                    bench.once(number, &mut random).await?;
                    done += 1;
                }
                anyhow::Ok(done)
            }));
        }
        let mut done = 0;
        for client in clients {
            done += client.await??;
        }
        println!(
            "{:<52} {:>9.0} answers/s with {CLIENTS} clients",
            "",
            f64::from(done) / start.elapsed().as_secs_f64()
        );
    }
    Ok(())
}

impl Bench {
    /// One operation with parameters drawn at random.
    async fn once(&self, work: usize, random: &mut StdRng) -> anyhow::Result<()> {
        let quarter = Period::parse(QUARTERS[random.random_range(0..QUARTERS.len())], &Calendar::default())?;
        let rows = match work {
            0 => self.scorecard(self.people[random.random_range(0..self.people.len())], quarter).await?,
            1 => self.team_board(self.managers[random.random_range(0..self.managers.len())], quarter).await?,
            _ => self.organisation(random.random_range(0..25)).await?,
        };
        let expected = [1 + 12, 10, 20 + 36][work];
        anyhow::ensure!(rows == expected, "{} gave {rows} rows", WORK[work].name);
        Ok(())
    }

    async fn scorecard(&self, (person, rep): (PersonId, UserId), quarter: Period) -> anyhow::Result<usize> {
        let (roster, viewer) = self.reader(rep, Role::Rep, Some(person)).await?;
        let mut query = KpiQuery::new(self.all.to_vec(), quarter);
        query.who = Who::person(person);
        let rows = ask(&self.db, &roster.frame, &viewer, &query).await?;
        let months = series(&self.db, &roster.frame, &viewer, &self.few, query.who, quarter, 12).await?;
        Ok(rows.len() / self.all.len() + months.len())
    }

    async fn team_board(&self, (team, manager): (TeamId, UserId), quarter: Period) -> anyhow::Result<usize> {
        let (roster, viewer) = self.reader(manager, Role::Manager, None).await?;
        let mut query = KpiQuery::new(self.all.to_vec(), quarter);
        query.who = Who::team(team);
        query.by = vec![Dimension::Person];
        Ok(ask(&self.db, &roster.frame, &viewer, &query).await?.len() / self.all.len())
    }

    async fn organisation(&self, first: i32) -> anyhow::Result<usize> {
        let (roster, viewer) = self.reader(self.owner, Role::Owner, None).await?;
        let start = Date::from_ymd(2023, 1, 1)?;
        let month = |n: i32| start.add_months(n).context("a month");
        let mut query = KpiQuery::new(self.all.to_vec(), Period::new(month(first)?, month(first + 12)?)?);
        query.by = vec![Dimension::Team];
        let rows = ask(&self.db, &roster.frame, &viewer, &query).await?;
        let mut query = KpiQuery::new(self.few.to_vec(), Period::new(start, month(36)?)?);
        query.by = vec![Dimension::Time(Grain::Month)];
        let months = ask(&self.db, &roster.frame, &viewer, &query).await?;
        Ok(rows.len() / self.all.len() + months.len() / self.few.len())
    }

    /// What a request reads before it asks: the organisation and what the caller may see.
    async fn reader(
        &self,
        user_id: UserId,
        role: Role,
        person_id: Option<PersonId>,
    ) -> anyhow::Result<(Arc<server::roster::Roster>, Viewer)> {
        let caller = Caller {
            data_version: 0,
            page_version: 0,
            user_id,
            name: String::new(),
            email: String::new(),
            org_id: ORG,
            org_name: String::new(),
            role,
            locale: app::i18n::Locale::En,
            person_id,
            currency: "EUR".to_owned(),
            template: "consultancy".to_owned(),
            fiscal_start: 1,
            today: self.today,
        };
        let roster = self.rosters.of(&self.db, ORG).await?;
        let access = Access::within(&self.db, &caller, roster.frame.tree.clone(), &roster.places).await?;
        Ok((roster, Viewer::of(&access)))
    }
}

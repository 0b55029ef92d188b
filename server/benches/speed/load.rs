//! Loads the data of `gen.py` through the import, as the command line does, and measures it.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use domain::policy::Role;
use domain::{PersonId, TeamId, Timestamp, UserId};
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, DatabaseConnection,
    EntityTrait as _, QueryFilter as _,
};
use server::entity::{person, team, team_access};
use server::import::report::Progress;
use server::import::source::Limits;
use server::import::{Kind, Mapping, Mode, Org, Request, Who, run};
use server::service::organisation;

use super::company::{ORG, organisation as found};

/// The people and the teams with the user who is or leads each, and the owner.
pub type Loaded = (Vec<(PersonId, UserId)>, Vec<(TeamId, UserId)>, UserId);

const PEOPLE: &str = "kind = \"people\"\n[columns]\nperson = \"id\"\nteam = \"team_id\"\n";
const DEALS: &str = "kind = \"deals\"\ndate_order = \"ymd\"\ndecimal = \".\"\ncurrency = \"EUR\"\n[columns]\n\
    external_id = \"id\"\nperson = \"rep_id\"\nstatus = \"status\"\ncreated_on = \"created_on\"\n\
    closed_on = \"closed_on\"\namount = \"amount_cents\"\nsource = \"source\"\nsegment = \"segment\"\n\
    lost_reason = \"lost_reason\"\n";
const TARGETS: &str = "kind = \"targets\"\ndecimal = \".\"\n[columns]\nwho = \"rep_id\"\nmonth = \"month\"\n\
    value = \"target_cents\"\n[constants]\nmetric = \"revenue\"\n";

/// Makes the schema and imports everything. Cents are taken for whole units: the sums are a hundred times as large.
pub async fn all(db: &DatabaseConnection, data: &Path) -> anyhow::Result<Loaded> {
    Migrator::up(db, None).await?;
    found(db).await?;
    // Teams and people are numbers there, which would not tell them apart where either may be named.
    let teams: String = (1..=20).map(|n| format!("\"{n}\" = \"Team {n}\"\n")).collect();
    import(db, "people", &format!("{PEOPLE}[values.team]\n{teams}"), &data.join("reps.csv")).await?;
    import(db, "deals", DEALS, &data.join("deals.csv")).await?;
    import(db, "targets", TARGETS, &data.join("targets.csv")).await?;
    // A database in use has its statistics; PostgreSQL also marks what an index alone can answer.
    let upkeep = if server::db::is_sqlite(db.get_database_backend()) { "ANALYZE" } else { "VACUUM ANALYZE" };
    db.execute_unprepared(upkeep).await?;
    let mut people = Vec::new();
    for row in person::Entity::find().filter(person::Column::OrgId.eq(ORG.get())).all(db).await? {
        let (user, _) = user(db, &format!("p{}@example.com", row.id), Role::Rep, Some(row.id)).await?;
        people.push((PersonId::new(row.id), user));
    }
    let mut managers = Vec::new();
    for row in team::Entity::find().filter(team::Column::OrgId.eq(ORG.get())).all(db).await? {
        let (user, membership) = user(db, &format!("m{}@example.com", row.id), Role::Manager, None).await?;
        team_access::ActiveModel {
            org_id: Set(ORG.get()),
            membership_id: Set(membership),
            team_id: Set(row.id),
            kind: Set("manages".to_owned()),
        }
        .insert(db)
        .await?;
        managers.push((TeamId::new(row.id), user));
    }
    let (owner, _) = user(db, "owner@example.com", Role::Owner, None).await?;
    Ok((people, managers, owner))
}

async fn user(db: &DatabaseConnection, email: &str, role: Role, person: Option<i64>) -> anyhow::Result<(UserId, i64)> {
    let now = Timestamp(0);
    let failed = |e| anyhow::anyhow!("{email}: {e}");
    let user = organisation::user_of(db, email, email, None, now).await.map_err(failed)?;
    let membership = organisation::join(db, ORG.get(), user.id, role, person, now).await.map_err(failed)?;
    Ok((UserId::new(user.id), membership.id))
}

async fn import(db: &DatabaseConnection, kind: &str, mapping: &str, path: &Path) -> anyhow::Result<()> {
    let request = Request {
        org: Org { id: ORG.get(), currency: "EUR".into() },
        kind: Kind::parse(kind).map_err(|fault| anyhow::anyhow!("{fault:?}"))?,
        path: path.to_owned(),
        file_name: format!("{kind}.csv"),
        mapping: Mapping::parse(mapping).map_err(|fault| anyhow::anyhow!("{fault:?}"))?,
        beside: path.parent().unwrap_or(path).to_owned(),
        mode: Mode::Upsert,
        accept_valid: false,
        dry_run: false,
        who: Who { user_id: None, via: "bench", people: None },
        locale: app::i18n::Locale::En,
        import_id: None,
        limits: Limits::default(),
        progress: Arc::new(Progress::default()),
    };
    let start = Instant::now();
    let report = run(db, request, Timestamp(0)).await?;
    anyhow::ensure!(report.written, "{kind} were refused: {:?}", report.rejected.first());
    print_rate(&format!("import of {kind}, memory so far {} MiB", peak_mib()), report.rows, start);
    Ok(())
}

/// Prints how long rows took since a moment.
pub fn print_rate(what: &str, rows: u64, start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate that is only read")]
    let rate = rows as f64 / seconds;
    println!("{what:<52} {seconds:>9.2} s    {rate:>9.0} rows/s");
}

/// The most memory that this process ever had, where the system tells.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    line.and_then(|l| l.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

//! `maatstaf doctor`: looks at the installation and says what is wrong with it.

use std::path::Path;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseConnection, DbBackend, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, Statement,
};

use crate::clock::Clock;
use crate::config::Store;
use crate::entity::{audit, import, organisation, webhook_delivery};
use crate::query::webhook::WAITING;

/// Less free space than this is trouble ahead: an import needs room beside the file.
const LEAST_FREE: u64 = 500_000_000;
/// Clocks may differ by this much, in milliseconds.
const DRIFT_MS: i64 = 60_000;
/// A message that waits for longer than this after its time waits for nobody, in milliseconds.
const LATE_MS: i64 = 3_600_000;

/// What was found, line by line.
struct Findings {
    are_good: bool,
}

impl Findings {
    fn say(&mut self, what: &str, is_good: bool, found: impl std::fmt::Display) {
        self.are_good &= is_good;
        println!("{what:<16}{}{found}", if is_good { "" } else { "! " });
    }
}

/// Checks the installation. The exit code is 1 when something is wrong.
///
/// # Errors
/// When the database cannot be asked.
pub async fn doctor(store: &Store) -> anyhow::Result<u8> {
    let mut found = Findings { are_good: true };
    let folder = store.data_dir()?;
    match tempfile::NamedTempFile::new_in(&folder) {
        Ok(_) => found.say("data directory", true, format_args!("{}, can be written to", folder.display())),
        Err(error) => found.say("data directory", false, format_args!("{}: {error}", folder.display())),
    }
    space(&mut found, &folder);
    let url = store.database_url()?;
    let db = crate::db::connect(&url).await?;
    let is_sqlite = crate::db::is_sqlite(db.get_database_backend());
    found.say("database", true, if is_sqlite { "SQLite" } else { "PostgreSQL" });
    let pending = crate::db::pending_migrations(&db).await?;
    if pending > 0 {
        found.say("schema", false, format_args!("{pending} migrations to apply: run `maatstaf migrate`"));
        return Ok(1);
    }
    found.say("schema", true, "up to date");
    if is_sqlite {
        let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check(1)")).await?;
        let told: String = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        let is_good = told == "ok";
        found.say("file", is_good, if is_good { "whole".to_owned() } else { format!("{told}: restore a backup") });
    }
    clock(&mut found, &db, store.clock()?).await?;
    let all = organisation::Entity::find().all(&db).await?;
    found.say("organisations", true, all.len());
    let mut behind = Vec::new();
    for org in &all {
        if crate::rollup::is_behind(&db, org.id).await? || crate::mrr::is_behind(&db, org.id).await? {
            behind.push(org.slug.as_str());
        }
    }
    match behind.as_slice() {
        [] => found.say("stored sums", true, "there; `maatstaf verify` compares them with the facts"),
        some => found.say("stored sums", false, format_args!("missing of {}: run `maatstaf migrate`", some.join(", "))),
    }
    work(&mut found, &db, store.clock()?).await?;
    uploads(&mut found, &folder);
    Ok(u8::from(!found.are_good))
}

#[cfg(unix)]
fn space(found: &mut Findings, folder: &Path) {
    match rustix::fs::statvfs(folder) {
        Ok(disk) => {
            let free = disk.f_bavail.saturating_mul(disk.f_frsize);
            found.say("free space", free >= LEAST_FREE, format_args!("{} MB", free / 1_000_000));
        }
        Err(error) => found.say("free space", false, error),
    }
}

#[cfg(not(unix))]
fn space(_: &mut Findings, _: &Path) {}

/// The clock against that of PostgreSQL, and against the last thing that was written down.
async fn clock(found: &mut Findings, db: &DatabaseConnection, clock: Clock) -> anyhow::Result<()> {
    let now = clock.now().0;
    if db.get_database_backend() == DbBackend::Postgres {
        let sql = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
        let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
        let theirs: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        let apart = now - theirs;
        found.say("clock", apart.abs() <= DRIFT_MS, format_args!("{apart} ms from the database's"));
    }
    let last = audit::Entity::find().select_only().column_as(audit::Column::At.max(), "last");
    let last: Option<Option<i64>> = last.into_tuple().one(db).await?;
    let ahead = last.flatten().unwrap_or_default() - now;
    if ahead > DRIFT_MS {
        found.say("last entry", false, format_args!("{} minutes from now: was the clock set back?", ahead / 60_000));
    } else {
        found.say("last entry", true, "not from the future");
    }
    Ok(())
}

/// Imports that were cut off, and messages that nobody sends.
async fn work(found: &mut Findings, db: &DatabaseConnection, clock: Clock) -> anyhow::Result<()> {
    let running = import::Entity::find().filter(import::Column::Status.eq("running")).count(db).await?;
    found.say("imports", true, format_args!("{running} under way or cut off"));
    let waiting = webhook_delivery::Entity::find().filter(webhook_delivery::Column::Status.eq(WAITING));
    let late = waiting.clone().filter(webhook_delivery::Column::NextAt.lt(clock.now().0 - LATE_MS)).count(db).await?;
    let all = waiting.count(db).await?;
    let more = if late > 0 { ", of them late, as if no server ran: " } else { ", of them late: " };
    found.say("webhooks", late == 0, format_args!("{all} messages wait{more}{late}"));
    Ok(())
}

/// Files that wait to be imported.
fn uploads(found: &mut Findings, folder: &Path) {
    let files = match std::fs::read_dir(folder.join("uploads")) {
        Ok(files) => files,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return found.say("uploads", true, "none");
        }
        Err(error) => return found.say("uploads", false, error),
    };
    let sizes: Vec<u64> = files.filter_map(|file| Some(file.ok()?.metadata().ok()?.len())).collect();
    let bytes: u64 = sizes.iter().sum();
    found.say("uploads", true, format_args!("{} files wait, {} MB", sizes.len(), bytes / 1_000_000));
}

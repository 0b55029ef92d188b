//! Backups: everything in one file, whichever database it comes from or goes to.
//!
//! The file is a SQLite database with the schema of Maatstaf. Of SQLite it is a copy that the database itself makes while it
//! is in use; of PostgreSQL its rows as they are at one moment. Restoring puts rows into whatever database is there, in one
//! transaction: all of it or nothing (ADR 12).

mod copy;
mod schema;

use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use migration::{Migrator, MigratorTrait as _};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    AccessMode, ColumnTrait as _, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction,
    DbBackend, DbErr, EntityTrait as _, IsolationLevel, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
    Statement, TransactionTrait as _,
};
use tempfile::NamedTempFile;

use crate::entity::{import, organisation, user_account, webhook_delivery};
use crate::query::webhook::{FAILED, WAITING};

/// What is not restored: whoever was signed in signs in again, and nobody stays locked out.
const LEFT_OUT: [&str; 2] = ["session", "throttle"];

/// Writes a backup; a file that is there already stays. Whatever goes wrong, there is a whole file or none.
///
/// # Errors
/// When the file cannot be written, or the database refuses.
pub async fn back_up(db: &DatabaseConnection, file: &Path) -> anyhow::Result<()> {
    ensure!(!file.exists(), "{} is there already", file.display());
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Readable by its owner alone: it holds what everybody may not know.
    let partial = tempfile::Builder::new()
        .prefix(".maatstaf-backup-")
        .tempfile_in(folder)
        .with_context(|| format!("{} cannot be written to", folder.display()))?;
    if db.get_database_backend() == DbBackend::Postgres {
        copy_rows(db, &partial).await?;
    } else {
        let into = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO ?", [text(partial.path())?.into()]);
        db.execute_raw(into).await?;
    }
    let made = open(partial.path(), false).await?;
    check(&made).await?;
    made.close().await?;
    partial.as_file().sync_all()?;
    partial.persist_noclobber(file).with_context(|| file.display().to_string())?;
    Ok(())
}

/// The rows of another database as they are at one moment.
async fn copy_rows(db: &DatabaseConnection, partial: &NamedTempFile) -> anyhow::Result<()> {
    let to = open(partial.path(), true).await?;
    Migrator::up(&to, None).await?;
    let tables = schema::tables(&to).await?;
    let from = db.begin_with_config(Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly)).await?;
    let txn = to.begin().await?;
    for table in &tables {
        copy::table(&from, &txn, table).await.with_context(|| table.name.clone())?;
    }
    txn.commit().await?;
    from.rollback().await?;
    to.close().await?;
    Ok(())
}

/// Puts a backup in the place of what a database holds; gives the number of rows. A database with anything in it is
/// replaced only if `overwrite` says so. Whatever goes wrong, the database stays as it was.
///
/// # Errors
/// When the file is no whole backup or newer than this program, or the database refuses or holds something.
pub async fn restore(db: &DatabaseConnection, file: &Path, folder: &Path, overwrite: bool) -> anyhow::Result<u64> {
    ensure!(file.is_file(), "{} is no file", file.display());
    let what = || format!("{} is no backup of Maatstaf", file.display());
    let given = open(file, false).await.with_context(what)?;
    check(&given).await.with_context(what)?;
    let applied = applied(&given).await.with_context(what)?;
    given.close().await?;
    let known: Vec<String> = Migrator::migrations().iter().map(|m| m.name().to_owned()).collect();
    if let Some(newer) = applied.iter().find(|name| !known.contains(name)) {
        bail!("{} was made by a newer version of Maatstaf, with {newer}", file.display());
    }
    // An older one is brought up to date, in a copy.
    let copied = if applied.len() < known.len() {
        let copy = NamedTempFile::new_in(folder)?;
        std::fs::copy(file, copy.path())?;
        let older = open(copy.path(), true).await?;
        crate::db::migrate(&older).await.context("an older backup cannot be brought up to date")?;
        older.close().await?;
        Some(copy)
    } else {
        None
    };
    let from = open(copied.as_ref().map_or(file, NamedTempFile::path), false).await?;
    let tables = schema::tables(&from).await?;
    let reading = from.begin().await?;
    let txn = crate::db::write_many_txn(db).await.context("the database is in use")?;
    let version = make_room(&txn, &tables, overwrite).await?;
    let mut rows = 0;
    for table in tables.iter().filter(|table| !LEFT_OUT.contains(&table.name.as_str())) {
        rows += copy::table(&reading, &txn, table).await.with_context(|| table.name.clone())?;
    }
    settle(&txn, version).await?;
    txn.commit().await?;
    reading.rollback().await?;
    from.close().await?;
    Ok(rows)
}

/// Empties a database, if it may be; gives the highest version that any organisation's data had.
async fn make_room(txn: &DatabaseTransaction, tables: &[schema::Table], overwrite: bool) -> anyhow::Result<i64> {
    let organisations = organisation::Entity::find().count(txn).await?;
    let users = user_account::Entity::find().count(txn).await?;
    ensure!(
        overwrite || (organisations == 0 && users == 0),
        "the database holds {organisations} organisations and {users} users: --overwrite replaces them"
    );
    let versions = organisation::Entity::find().select_only().column(organisation::Column::DataVersion);
    let versions: Vec<i64> = versions.into_tuple().all(txn).await?;
    for table in tables.iter().rev() {
        txn.execute_unprepared(&format!("DELETE FROM \"{}\"", table.name)).await?;
    }
    Ok(versions.into_iter().max().unwrap_or_default())
}

/// What was under way when the backup was made is over, and open pages hear that everything may be different.
async fn settle(txn: &DatabaseTransaction, version: i64) -> Result<(), DbErr> {
    import::Entity::update_many()
        .col_expr(import::Column::Status, Expr::value("cancelled"))
        .col_expr(import::Column::StoredPath, Expr::value(Option::<String>::None))
        .filter(import::Column::StoredPath.is_not_null())
        .exec(txn)
        .await?;
    webhook_delivery::Entity::update_many()
        .col_expr(webhook_delivery::Column::Status, Expr::value(FAILED))
        .filter(webhook_delivery::Column::Status.eq(WAITING))
        .exec(txn)
        .await?;
    organisation::Entity::update_many()
        .col_expr(organisation::Column::DataVersion, Expr::col(organisation::Column::DataVersion).add(version + 1))
        .exec(txn)
        .await?;
    Ok(())
}

/// Opens a file: one that is read as it is, or one that is written to by nobody else.
async fn open(file: &Path, writes: bool) -> Result<DatabaseConnection, DbErr> {
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.sqlx_logging(false).max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    options.map_sqlx_sqlite_opts(move |o| {
        let o = o.in_memory(false).shared_cache(false).filename(&file).foreign_keys(true);
        if writes { o.pragma("journal_mode", "DELETE") } else { o.read_only(true) }
    });
    Database::connect(options).await
}

/// Whether a file is whole, and what its rows name is there.
async fn check(db: &DatabaseConnection) -> anyhow::Result<()> {
    let query = |sql: &str| db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql));
    let told = query("PRAGMA integrity_check").await?;
    let told: Vec<String> = told.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    ensure!(told == ["ok"], "it is damaged: {}", told.join("; "));
    ensure!(query("PRAGMA foreign_key_check").await?.is_empty(), "it is damaged: rows name others that are missing");
    Ok(())
}

/// The migrations that were applied to a file.
async fn applied(db: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT version FROM seaql_migrations ORDER BY version";
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    rows.iter().map(|row| row.try_get_by_index(0)).collect()
}

fn text(path: &Path) -> anyhow::Result<&str> {
    path.to_str().with_context(|| format!("{} is no name in Unicode", path.display()))
}

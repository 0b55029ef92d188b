//! Opens the database and starts transactions. The same code runs on SQLite and PostgreSQL.

use std::time::Duration;

use migration::MigratorTrait as _;
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    RuntimeErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};

/// How long a request waits for the write lock; then the person is told to try again.
pub const REQUEST_PATIENCE: Duration = Duration::from_secs(1);
/// How long commands wait for it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Connects. A SQLite file is created when it is missing; its pragmas are set on every pooled connection.
///
/// # Errors
/// When the database cannot be reached or opened.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    connect_with(url, PATIENCE).await
}

/// As [`connect`]; whoever waits longer than this for SQLite's write lock is refused.
///
/// # Errors
/// As [`connect`].
pub async fn connect_with(url: &str, patience: Duration) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).connect_timeout(Duration::from_secs(10)).acquire_timeout(Duration::from_secs(10));
    // A test at each use would send every statement there and back twice.
    options.test_before_acquire_if_idle_for(Duration::from_secs(10));
    if url.starts_with("sqlite:") {
        if url.contains(":memory:") {
            // The schema lives and dies with the one connection.
            options.max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
        } else {
            options.max_connections(6).min_connections(1);
        }
        options.map_sqlx_sqlite_opts(move |o| {
            o.create_if_missing(true)
                .busy_timeout(patience)
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "NORMAL")
                .pragma("foreign_keys", "ON")
                .pragma("temp_store", "MEMORY")
                .pragma("cache_size", "-16000")
        });
    } else {
        options.max_connections(16).min_connections(1).idle_timeout(Duration::from_secs(300));
    }
    Database::connect(options).await
}

/// Starts a transaction that will write. On SQLite it takes the write lock at once (`BEGIN IMMEDIATE`): a
/// transaction that reads first and writes later would fail instead of waiting.
///
/// # Errors
/// When the database is away or stays locked for longer than the busy timeout.
pub async fn write_txn(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    db.begin_with_options(TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    })
    .await
}

/// Starts a transaction that writes many rows. PostgreSQL plans each of its statements anew: a plan that was good for
/// an empty table, and kept, reads the whole of what the transaction has written since.
///
/// # Errors
/// As [`write_txn`].
pub async fn write_many_txn(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let txn = write_txn(db).await?;
    if txn.get_database_backend() == DbBackend::Postgres {
        txn.execute_unprepared("SET LOCAL plan_cache_mode = force_custom_plan").await?;
    }
    Ok(txn)
}

/// Does work in the background again while the database is busy: nobody waits for it who could try again.
///
/// # Errors
/// When the database refuses, or is still busy after a minute.
pub async fn patiently<T, F: Future<Output = Result<T, DbErr>>>(work: impl Fn() -> F) -> Result<T, DbErr> {
    let end = std::time::Instant::now() + Duration::from_secs(60);
    loop {
        match work().await {
            Err(error) if is_unavailable(&error) && std::time::Instant::now() < end => {
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            done => return done,
        }
    }
}

/// Whether the database is SQLite.
pub fn is_sqlite(backend: DbBackend) -> bool {
    backend == DbBackend::Sqlite
}

/// Whether an error means "busy or away, try again" rather than "wrong".
pub fn is_unavailable(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e)) => {
            let text = e.to_string();
            // SQLite: 5 = busy, 6 = locked. PostgreSQL: class 08, 57P0x, 53300, 55P03 = waited too long for a lock.
            text.contains("database is locked")
                || text.contains("database table is locked")
                || matches!(
                    e.as_database_error().and_then(|d| d.code()).as_deref(),
                    Some(
                        "5" | "6" | "261" | "517" | "57P01" | "57P02" | "57P03" | "53300" | "55P03" | "40001" | "40P01"
                    )
                )
                || text.contains("pool timed out")
                || text.contains("error communicating with database")
        }
        _ => false,
    }
}

/// Whether an error is a broken unique constraint.
pub fn is_duplicate(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}

/// Applies the migrations that are still to be applied, and makes the stored sums of facts that are older than they.
///
/// # Errors
/// When a migration fails; it is rolled back.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    migration::Migrator::up(db, None).await?;
    crate::rollup::catch_up(db).await?;
    crate::mrr::catch_up(db).await
}

/// How many migrations are still to be applied.
///
/// # Errors
/// When the database cannot be read.
pub async fn pending_migrations(db: &DatabaseConnection) -> Result<usize, DbErr> {
    Ok(migration::Migrator::get_pending_migrations(db).await?.len())
}

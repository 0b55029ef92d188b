//! Who works on which import: one piece of work at a time, whichever node it came to.
//!
//! Within a process a table knows, with the progress. On PostgreSQL, where there may be several processes, each piece of
//! work holds an advisory lock in a transaction of its own: it ends with the process that holds it, so that every node sees
//! in the database what is really at work, and what was cut off. SQLite has one server.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use app::ApiError;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    EntityTrait as _, QueryFilter as _, Statement, TransactionTrait as _,
};

use crate::entity::import;
use crate::error::ServiceResult;
use crate::import::Progress;

/// How long one waits for other work on the same import to end.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often one looks whether it has.
const PAUSE: Duration = Duration::from_millis(50);
/// How often work tells how far it is, and hears whether it is to stop.
const BEAT: Duration = Duration::from_secs(1);
/// Tells the locks of imports from others.
const LOCK: i32 = 0x494D_504F;

/// What is done with an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It is counted.
    Check,
    /// It is carried out.
    Commit,
    /// It is taken back.
    Undo,
}

#[derive(Debug)]
struct Job {
    what: What,
    progress: Arc<Progress>,
}

/// The imports that this process works on.
#[derive(Clone, Debug, Default)]
pub struct Jobs(Arc<Mutex<HashMap<i64, Job>>>);

/// One's turn to work on an import; it ends when this is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    jobs: Jobs,
    key: (i64, i64),
    lock: Option<DatabaseTransaction>,
}

impl Turn {
    /// Organisation and import.
    pub(super) fn key(&self) -> (i64, i64) {
        self.key
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.jobs.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key.1);
    }
}

impl Jobs {
    /// The progress of an import that this process works on.
    pub(super) fn here(&self, id: i64) -> Option<Arc<Progress>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).map(|job| Arc::clone(&job.progress))
    }

    /// Those imports that some process works on.
    ///
    /// # Errors
    /// When the database refuses.
    pub(super) async fn at_work(&self, db: &DatabaseConnection, ids: &[i64]) -> Result<HashSet<i64>, DbErr> {
        let mut all: HashSet<i64> = ids.iter().copied().filter(|id| self.here(*id).is_some()).collect();
        if db.get_database_backend() == DbBackend::Postgres && ids.iter().any(|id| !all.contains(id)) {
            let places: Vec<String> = (2..2 + ids.len()).map(|n| format!("(${n}::bigint)")).collect();
            let sql = format!(
                "SELECT asked.id FROM (VALUES {}) AS asked (id) JOIN pg_locks held ON held.locktype = 'advisory' \
                 AND held.objsubid = 2 AND held.granted AND held.classid::bigint = $1 \
                 AND held.objid::bigint = (hashint8(asked.id)::bigint & 4294967295) AND held.database = \
                 (SELECT oid FROM pg_database WHERE datname = current_database())",
                places.join(", ")
            );
            let values = std::iter::once(i64::from(LOCK)).chain(ids.iter().copied()).map(Into::into);
            for row in db.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await? {
                all.insert(row.try_get_by_index(0)?);
            }
        }
        Ok(all)
    }

    /// Waits for one's turn. None when the same is done already: whoever asks twice gets it once. A check that is under
    /// way stops for whatever comes after it, as what it counts no longer matters.
    ///
    /// # Errors
    /// When the database refuses, or other work goes on for too long.
    pub(super) async fn turn(
        &self,
        db: &DatabaseConnection,
        key: (i64, i64),
        what: What,
        progress: &Arc<Progress>,
    ) -> ServiceResult<Option<Turn>> {
        let end = Instant::now() + PATIENCE;
        while !self.enter(key.1, what, progress) {
            if what != What::Check && self.does(key.1) == Some(what) {
                return Ok(None);
            }
            wait(end).await?;
        }
        // From here on it is this process's, and nobody else's in it.
        let mut turn = Turn { jobs: self.clone(), key, lock: None };
        if db.get_database_backend() != DbBackend::Postgres {
            return Ok(Some(turn));
        }
        loop {
            turn.lock = lock(db, key.1).await?;
            if turn.lock.is_some() {
                return Ok(Some(turn));
            }
            if what == What::Commit {
                stop(db, key, &["uploaded", "checked"]).await?;
            }
            wait(end).await?;
        }
    }

    /// Enters work, unless there is some on the import; a check that is there is told to stop.
    fn enter(&self, id: i64, what: What, progress: &Arc<Progress>) -> bool {
        let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(job) = jobs.get(&id) {
            if job.what == What::Check {
                job.progress.cancel.store(true, Ordering::Relaxed);
            }
            return false;
        }
        jobs.insert(id, Job { what, progress: Arc::clone(progress) });
        true
    }

    fn does(&self, id: i64) -> Option<What> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).map(|job| job.what)
    }
}

async fn wait(end: Instant) -> ServiceResult<()> {
    if Instant::now() >= end {
        return Err(ApiError::Unavailable.into());
    }
    tokio::time::sleep(PAUSE).await;
    Ok(())
}

/// A transaction that holds the lock of an import; none when another one does.
async fn lock(db: &DatabaseConnection, id: i64) -> Result<Option<DatabaseTransaction>, DbErr> {
    let txn = db.begin().await?;
    let sql = "SELECT pg_try_advisory_xact_lock($1, hashint8($2))";
    let values = [LOCK.into(), id.into()];
    let row = txn.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    let is_ours = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(false);
    if is_ours {
        return Ok(Some(txn));
    }
    txn.rollback().await?;
    Ok(None)
}

/// Asks in the database that work on an import stops, if the import stands as one of these.
pub(super) async fn stop(db: &DatabaseConnection, (org, id): (i64, i64), from: &[&str]) -> Result<(), DbErr> {
    import::Entity::update_many()
        .col_expr(import::Column::Status, Expr::value("cancelling"))
        .filter(import::Column::OrgId.eq(org))
        .filter(import::Column::Id.eq(id))
        .filter(import::Column::Status.is_in(from.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

/// Tells other nodes how far work on an import is, and hears from them that it is to stop; until it is dropped. With
/// SQLite there are none, nor could anything be written while an import is.
pub(super) async fn beat(db: &DatabaseConnection, key: (i64, i64), progress: &Progress) -> std::convert::Infallible {
    if db.get_database_backend() != DbBackend::Postgres {
        return std::future::pending().await;
    }
    loop {
        tokio::time::sleep(BEAT).await;
        let rows = i64::try_from(progress.rows.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        match crate::query::import::tell(db, key, rows).await {
            Ok(status) if status.as_deref() == Some("cancelling") => progress.cancel.store(true, Ordering::Relaxed),
            Ok(_) => (),
            // The next one may go through.
            Err(error) => tracing::debug!(%error, import = key.1, "progress could not be told"),
        }
    }
}

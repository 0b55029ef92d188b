//! One writer of stored figures at a time.

use std::time::Duration;

use domain::OrgId;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// Stored figures that are written by one transaction at a time.
#[derive(Clone, Copy, Debug)]
pub(super) enum Lock {
    /// The sums of deals.
    Deals,
    /// What is made anew for touched days and customers.
    Touched,
}

impl Lock {
    /// Tells it from others that PostgreSQL may hold for an organisation.
    const fn key(self) -> i32 {
        match self {
            Self::Deals => 0x4445_414C,
            Self::Touched => 0x544F_5543,
        }
    }

    /// Holds it until the end of the transaction. SQLite has one writer anyway.
    ///
    /// # Errors
    /// When the database refuses, or another transaction has held it for longer than one has patience: then the
    /// database is busy. Without patience one waits as long as it takes.
    pub(super) async fn hold(
        self,
        db: &impl ConnectionTrait,
        org: OrgId,
        patience: Option<Duration>,
    ) -> Result<(), DbErr> {
        if db.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        if let Some(patience) = patience {
            db.execute_unprepared(&format!("SET LOCAL lock_timeout = {}", patience.as_millis())).await?;
        }
        let sql = "SELECT pg_advisory_xact_lock($1, hashint8($2))";
        let values = [self.key().into(), org.get().into()];
        db.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        if patience.is_some() {
            db.execute_unprepared("SET LOCAL lock_timeout TO DEFAULT").await?;
        }
        Ok(())
    }
}

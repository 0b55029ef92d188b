//! Who writes what waits for whom: PostgreSQL's advisory locks, until the end of a transaction. SQLite has one writer
//! anyway. Whoever needs several takes them in the order in which they stand here.

use domain::OrgId;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

/// What is written by one transaction at a time.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lock {
    /// The sums of deals.
    Deals,
    /// Rates: who changes them converts everything anew, and so waits for those who are converting by the old ones.
    Rates,
    /// What is made anew for touched days and customers.
    Touched,
}

impl Lock {
    /// Tells it from others that PostgreSQL may hold for an organisation.
    const fn key(self) -> i32 {
        match self {
            Self::Deals => 0x4445_414C,
            Self::Rates => 0x5241_5445,
            Self::Touched => 0x544F_5543,
        }
    }

    /// Holds it until the end of the transaction. SQLite has one writer anyway.
    ///
    /// # Errors
    /// When the database refuses, or another transaction has held it for longer than this one waits: then the database
    /// is busy.
    pub(crate) async fn hold(self, db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
        self.take(db, org, "SELECT pg_advisory_xact_lock($1, hashint8($2))").await
    }

    /// Holds it together with others who share it, so that nobody holds it alone.
    ///
    /// # Errors
    /// As [`Lock::hold`].
    pub(crate) async fn share(self, db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
        self.take(db, org, "SELECT pg_advisory_xact_lock_shared($1, hashint8($2))").await
    }

    async fn take(self, db: &impl ConnectionTrait, org: OrgId, sql: &str) -> Result<(), DbErr> {
        if db.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let values = [self.key().into(), org.get().into()];
        db.query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
        Ok(())
    }
}

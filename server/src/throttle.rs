//! Slows guessing: counts failed attempts per account and per address, in the database, so that several nodes agree.

use domain::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait};

use crate::entity::throttle;

const MINUTE: i64 = 60_000;
/// Attempts are counted within this window.
const WINDOW_MS: i64 = 15 * MINUTE;

/// What is counted, and how many failures are allowed in the window.
#[derive(Clone, Copy, Debug)]
pub enum Subject<'a> {
    /// An account, by its e-mail address: 5 failures.
    Account(&'a str),
    /// A network address: 30 failures, because an office shares one.
    Address(&'a str),
}

impl Subject<'_> {
    fn key(&self) -> String {
        match self {
            Self::Account(email) => format!("account:{}", crate::token::hash(&email.to_lowercase())),
            Self::Address(address) => format!("address:{}", crate::token::hash(address)),
        }
    }

    fn allowed(&self) -> i64 {
        match self {
            Self::Account(_) => 5,
            Self::Address(_) => 30,
        }
    }
}

/// Seconds until a next attempt is welcome; none if it is now.
///
/// # Errors
/// When the database refuses.
pub async fn wait_seconds(
    db: &impl ConnectionTrait,
    subject: Subject<'_>,
    now: Timestamp,
) -> Result<Option<i64>, DbErr> {
    let row = throttle::Entity::find_by_id(subject.key()).one(db).await?;
    Ok(row.filter(|r| r.blocked_until > now.0).map(|r| (r.blocked_until - now.0 + 999) / 1000))
}

/// Counts a failed attempt. Past the allowance each further failure doubles the wait, from 30 seconds to 15 minutes.
///
/// # Errors
/// When the database refuses.
pub async fn count_failure(db: &impl ConnectionTrait, subject: Subject<'_>, now: Timestamp) -> Result<(), DbErr> {
    let key = subject.key();
    let row = throttle::Entity::find_by_id(key.clone()).one(db).await?;
    let (failures, started) = match row {
        Some(r) if r.window_started_at + WINDOW_MS > now.0 => (r.failures + 1, r.window_started_at),
        _ => (1, now.0),
    };
    let excess = failures - subject.allowed();
    let blocked_until = if excess < 0 { 0 } else { now.0 + (30_000i64 << excess.min(5)).min(WINDOW_MS) };
    throttle::Entity::insert(throttle::ActiveModel {
        key: Set(key),
        failures: Set(failures),
        window_started_at: Set(started),
        blocked_until: Set(blocked_until),
    })
    .on_conflict(
        OnConflict::column(throttle::Column::Key)
            .update_columns([
                throttle::Column::Failures,
                throttle::Column::WindowStartedAt,
                throttle::Column::BlockedUntil,
            ])
            .to_owned(),
    )
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Forgets the failures of an account after it signed in.
///
/// # Errors
/// When the database refuses.
pub async fn forget(db: &impl ConnectionTrait, subject: Subject<'_>) -> Result<(), DbErr> {
    throttle::Entity::delete_by_id(subject.key()).exec(db).await?;
    Ok(())
}

//! Requests with a key are carried out once, however often they are sent: the answer is kept for a day.
//!
//! The identifier of the import is drawn before the work and kept with the key. When the process dies between the
//! commit and the answer, the import itself says that it was done.

use sea_orm::ActiveValue::Set;

use crate::entity::idempotency_key;
use crate::error::ServiceResult;
use crate::query::token::{self, RequestKey};
use crate::state::AppState;

/// How long a key lives.
pub const LIFE_MS: i64 = 24 * 3_600_000;

/// Work that takes longer was cut off: a batch waits at most a minute for the database.
const LEASE_MS: i64 = 2 * 60_000;

/// What to do with a request that has a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Carry it out; the import gets this identifier.
    First(i64),
    /// It was carried out: answer the same.
    Again(u16, String),
    /// It was begun with this import and cut off, perhaps after the commit.
    CutOff(Box<idempotency_key::Model>),
    /// It is being carried out.
    InFlight,
    /// The key was used for something else.
    Reused,
}

/// Finds out whose turn it is; takes the key if it is free.
///
/// # Errors
/// When the database refuses.
pub async fn begin(state: &AppState, key: &RequestKey, request_hash: &str) -> ServiceResult<Turn> {
    let now = state.clock.now().0;
    // A second round, when a key that was too old was given back; nobody can be that slow a third time.
    for _ in 0..2 {
        let import_id = crate::id::next();
        let row = idempotency_key::ActiveModel {
            org_id: Set(key.0),
            token_id: Set(key.1),
            key: Set(key.2.clone()),
            request_hash: Set(request_hash.to_owned()),
            import_id: Set(Some(import_id)),
            status: Set(None),
            body: Set(None),
            created_at: Set(now),
            started_at: Set(now),
        };
        if token::take_key(&state.db, row).await? {
            return Ok(Turn::First(import_id));
        }
        let Some(known) = token::key(&state.db, key.clone()).await? else {
            continue;
        };
        if known.created_at + LIFE_MS <= now {
            token::give_back(&state.db, key.clone()).await?;
            continue;
        }
        if known.request_hash != request_hash {
            return Ok(Turn::Reused);
        }
        return Ok(match (known.status, &known.body) {
            (Some(status), Some(body)) => Turn::Again(u16::try_from(status).unwrap_or(500), body.clone()),
            _ if known.started_at + LEASE_MS <= now => Turn::CutOff(Box::new(known)),
            _ => Turn::InFlight,
        });
    }
    Ok(Turn::InFlight)
}

/// Goes on with a request that was cut off before its import was done; none when somebody else does already.
///
/// # Errors
/// When the database refuses.
pub async fn take_over(state: &AppState, cut_off: &idempotency_key::Model) -> ServiceResult<Option<i64>> {
    let import_id = crate::id::next();
    let taken = token::take_over(&state.db, cut_off, Some(import_id), state.clock.now().0).await?;
    Ok(taken.then_some(import_id))
}

/// Keeps the answer of a request; waits while the database is busy, for the work is done already.
///
/// # Errors
/// When the database refuses.
pub async fn keep(state: &AppState, key: &RequestKey, status: u16, body: &str) -> ServiceResult<()> {
    Ok(crate::db::patiently(|| token::keep_answer(&state.db, key, status, body)).await?)
}

/// Gives the key of a request back that could not be carried out.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(state: &AppState, key: &RequestKey) -> ServiceResult<()> {
    Ok(crate::db::patiently(|| token::give_back(&state.db, key.clone())).await?)
}

/// Removes the keys whose time is over; gives their number.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(state: &AppState) -> ServiceResult<u64> {
    Ok(token::sweep_keys(&state.db, state.clock.now().0 - LIFE_MS).await?)
}

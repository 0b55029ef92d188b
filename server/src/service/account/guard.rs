//! What stands before every attempt: who tries from where, and whether they tried too often.

use app::ApiError;
use app::account::api::Head;

use crate::error::{ServiceError, ServiceResult};
use crate::http::session::SessionToken;
use crate::session::Origin;
use crate::state::AppState;
use crate::throttle::{self, Subject};

/// Where a request comes from, as the session middleware found it.
pub fn origin(head: &Head) -> Origin {
    head.extensions.get::<Origin>().cloned().unwrap_or_default()
}

/// The token of the session that the browser has now, live or not.
pub fn token(head: &Head) -> Option<&str> {
    head.extensions.get::<SessionToken>().map(|t| t.0.as_str())
}

/// Refuses who must wait, and counts the attempt against the account before it is made: attempts that run side by
/// side are counted too. Success takes the count back ([`succeeded`]).
pub async fn attempt(state: &AppState, email: &str, address: &str) -> ServiceResult<()> {
    let now = state.clock.now();
    let txn = crate::db::write_txn(&state.db).await?;
    refuse_if_waiting(throttle::wait_seconds(&txn, Subject::Address(address), now).await?)?;
    refuse_if_waiting(throttle::wait_seconds(&txn, Subject::Account(email), now).await?)?;
    throttle::count_failure(&txn, Subject::Account(email), now).await?;
    txn.commit().await?;
    Ok(())
}

/// Forgets the attempts of an account that showed its password.
pub async fn succeeded(state: &AppState, email: &str) -> ServiceResult<()> {
    Ok(throttle::forget(&state.db, Subject::Account(email)).await?)
}

/// Refuses an address that must wait: for links and other keys that belong to no account.
pub async fn knock(state: &AppState, address: &str) -> ServiceResult<()> {
    refuse_if_waiting(throttle::wait_seconds(&state.db, Subject::Address(address), state.clock.now()).await?)
}

/// Counts a failure against an address.
pub async fn failed(state: &AppState, address: &str) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    throttle::count_failure(&txn, Subject::Address(address), state.clock.now()).await?;
    txn.commit().await?;
    Ok(())
}

fn refuse_if_waiting(seconds: Option<i64>) -> ServiceResult<()> {
    match seconds {
        None => Ok(()),
        Some(s) => Err(ServiceError::Refused(ApiError::TooMany(u32::try_from(s).unwrap_or(u32::MAX)))),
    }
}

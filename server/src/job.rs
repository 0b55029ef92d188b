//! Background work: removes what has expired.

use std::time::Duration;

use crate::state::AppState;

/// Starts the background work of one server process.
pub fn start(state: &AppState) {
    let state = state.clone();
    tokio::spawn(async move {
        let mut every = tokio::time::interval(Duration::from_secs(3600));
        loop {
            every.tick().await;
            match crate::session::sweep(&state.db, state.clock.now()).await {
                Ok(0) => (),
                Ok(ended) => tracing::info!(ended, "expired sessions removed"),
                Err(error) => tracing::warn!(%error, "expired sessions could not be removed"),
            }
            match crate::service::idempotency::sweep(&state).await {
                Ok(0) => (),
                Ok(removed) => tracing::info!(removed, "old idempotency keys removed"),
                Err(error) => tracing::warn!(%error, "old idempotency keys could not be removed"),
            }
            match crate::service::imports::sweep(&state).await {
                Ok(0) => (),
                Ok(removed) => tracing::info!(removed, "abandoned uploads removed"),
                Err(error) => tracing::warn!(%error, "abandoned uploads could not be removed"),
            }
        }
    });
}

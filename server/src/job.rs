//! Background work: removes what has expired, sends webhooks.

use std::time::Duration;

use crate::state::AppState;
use crate::webhook::send::Sender;
use crate::webhook::work;

/// Starts the background work of one server process.
///
/// # Errors
/// When TLS cannot be set up.
pub fn start(state: &AppState) -> anyhow::Result<()> {
    let sender = Sender::new(state.serve.webhook_loopback)?;
    tokio::spawn(work::run(state.clone(), sender));
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
            match work::sweep(&state).await {
                Ok(0) => (),
                Ok(removed) => tracing::info!(removed, "old webhook deliveries removed"),
                Err(error) => tracing::warn!(%error, "old webhook deliveries could not be removed"),
            }
        }
    });
    Ok(())
}

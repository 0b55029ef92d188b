//! The work of one node: takes what is due, sends it, writes down what came of it.
//!
//! Work lives in the database. A delivery is claimed by one update, so that of several nodes one sends it; a claim of a
//! node that died runs out, and the attempt is made once more.

use std::time::Duration;

use domain::webhook::wait_after;
use futures_util::StreamExt as _;
use futures_util::stream;

use super::send::{Answer, Fault, Message, Sender};
use crate::db::patiently;
use crate::entity::{webhook, webhook_delivery};
use crate::error::{ServiceError, ServiceResult};
use crate::query::webhook::{self as rows, Attempt, Key};
use crate::state::AppState;

/// How often a node looks for work.
const EVERY: Duration = Duration::from_secs(2);
/// Deliveries that are looked at in one round.
const AT_ONCE: u64 = 100;
/// Deliveries that a node sends side by side.
const SIDE_BY_SIDE: usize = 8;
/// How long a node has a delivery to itself: longer than an attempt and the patience with a busy database together.
const CLAIM_MS: i64 = 2 * 60_000;

/// Sends for ever.
pub async fn run(state: AppState, sender: Sender) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        match round(&state, &sender).await {
            Ok(_) => (),
            // While a large import is written others wait.
            Err(ServiceError::Db(error)) if crate::db::is_unavailable(&error) => {
                tracing::debug!(%error, "webhooks wait for the database");
            }
            Err(error) => tracing::warn!(error = ?error, "webhooks could not be sent"),
        }
    }
}

/// Makes one attempt for each delivery that is due; gives their number.
///
/// # Errors
/// When the database refuses; what was not finished is tried again when its claim has run out.
pub async fn round(state: &AppState, sender: &Sender) -> ServiceResult<u64> {
    let due = rows::due(&state.db, state.clock.now(), AT_ONCE).await?;
    let mut results = stream::iter(due).map(|key| attempt(state, sender, key)).buffer_unordered(SIDE_BY_SIDE);
    let (mut made, mut failed) = (0, None);
    while let Some(result) = results.next().await {
        match result {
            Ok(true) => made += 1,
            Ok(false) => (),
            Err(error) => failed = Some(error),
        }
    }
    failed.map_or(Ok(made), Err)
}

/// Makes one attempt, if it is this node's turn.
async fn attempt(state: &AppState, sender: &Sender, key: Key) -> ServiceResult<bool> {
    let now = state.clock.now();
    let Some(delivery) = rows::claim(&state.db, key, now, now.0 + CLAIM_MS).await? else {
        return Ok(false);
    };
    // One that was removed since then has given its deliveries up.
    let Some(hook) = rows::by_id(&state.db, delivery.org_id, delivery.webhook_id).await? else {
        return Ok(false);
    };
    let result = sender.send(&hook.url, &message(&hook, &delivery, now.0 / 1_000)?).await;
    let done = outcome(&delivery, &result, state.clock.now().0);
    patiently(|| rows::finish(&state.db, key, delivery.attempts, &done)).await?;
    if result.is_err() {
        // One that does not answer would keep everybody else's deliveries waiting for as long as an attempt may take.
        let until = state.clock.now().0 + wait_after(1).unwrap_or_default();
        patiently(|| rows::postpone(&state.db, delivery.org_id, delivery.webhook_id, until)).await?;
    }
    Ok(true)
}

fn message(hook: &webhook::Model, delivery: &webhook_delivery::Model, seconds: i64) -> ServiceResult<Message> {
    let signature = super::sign::signature(&hook.secret, seconds, &delivery.payload).map_err(anyhow::Error::from)?;
    Ok(Message {
        event: delivery.event.clone(),
        id: delivery.id.to_string(),
        signature,
        body: delivery.payload.clone(),
    })
}

/// What is written down of an attempt: taken by the receiver, to be tried again, or given up.
fn outcome(delivery: &webhook_delivery::Model, result: &Result<Answer, Fault>, now: i64) -> Attempt {
    let taken = result.as_ref().is_ok_and(|answer| (200..300).contains(&answer.status));
    let wait = if taken { None } else { wait_after(u32::try_from(delivery.attempts).unwrap_or(u32::MAX)) };
    Attempt {
        status: match wait {
            _ if taken => rows::DELIVERED,
            Some(_) => rows::WAITING,
            None => rows::FAILED,
        },
        next_at: now + wait.unwrap_or_default(),
        response_code: result.as_ref().ok().map(|answer| i32::from(answer.status)),
        response: result.as_ref().ok().map(|answer| answer.text.clone()).filter(|text| !text.trim().is_empty()),
        fault: result.as_ref().err().map(|fault| fault.code()),
        delivered_at: taken.then_some(now),
    }
}

/// Removes deliveries that were kept long enough; gives their number.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(state: &AppState) -> ServiceResult<u64> {
    Ok(rows::sweep(&state.db, state.clock.now().0 - super::KEPT_MS).await?)
}

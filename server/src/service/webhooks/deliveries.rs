//! Sending by hand: a trial, or something once more. Neither is sent here; it becomes due, and the worker takes it.

use app::FieldError;
use app::caller::Caller;
use domain::ids::{DeliveryId, WebhookId};
use domain::webhook::Event;
use serde_json::json;

use super::{actor, hold};
use crate::authz::Denied;
use crate::entity::webhook;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::organisation::record;
use crate::state::AppState;

fn sent_to(hook: &webhook::Model) -> ServiceResult<()> {
    if hook.is_active { Ok(()) } else { Err(FieldError::new("", "webhooks.error.paused").into()) }
}

/// Sends a trial, whatever the webhook is told of.
pub(super) async fn test(state: &AppState, caller: &Caller, id: WebhookId) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let hook = hold(&txn, caller, id).await?;
    sent_to(&hook)?;
    let now = state.clock.now();
    crate::webhook::tell(&txn, std::slice::from_ref(&hook), Event::Test, &json!({}), now).await?;
    record(&txn, actor(caller), "webhook.test", ("webhook", Some(hook.id)), json!({}), now).await?;
    txn.commit().await?;
    Ok(())
}

/// Sends something once more, under the same identifier: a receiver that has it already knows it.
pub(super) async fn again(state: &AppState, caller: &Caller, id: WebhookId, delivery: DeliveryId) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let hook = hold(&txn, caller, id).await?;
    let key = (hook.org_id, delivery.get());
    let row = query::webhook::delivery(&txn, key, hook.id).await?.ok_or(Denied::NotFound)?;
    sent_to(&hook)?;
    let now = state.clock.now();
    if !query::webhook::send_again(&txn, key, now).await? {
        return Err(ServiceError::field("", "webhooks.error.under_way"));
    }
    let detail = json!({ "delivery": row.id.to_string(), "event": row.event });
    record(&txn, actor(caller), "webhook.again", ("webhook", Some(hook.id)), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

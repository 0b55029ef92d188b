//! The pages of webhooks.

use std::collections::{BTreeMap, HashMap};

use app::caller::Caller;
use app::webhooks::api::{DeliveryRow, DeliveryState, WebhookList, WebhookRow, WebhookView};
use domain::ids::{DeliveryId, WebhookId};
use subtle::ConstantTimeEq as _;

use super::may_manage;
use crate::authz::Denied;
use crate::entity::{user_account, webhook, webhook_delivery};
use crate::error::ServiceResult;
use crate::query;
use crate::service::when;
use crate::state::AppState;

/// Deliveries that are shown.
const SHOWN: u64 = 100;

/// The organisation's webhooks, each with the latest that it was told.
pub(super) async fn list(state: &AppState, caller: &Caller) -> ServiceResult<WebhookList> {
    let org = may_manage(&state.db, caller).await?;
    let zone = when::zone_of(&state.db, org).await?;
    let hooks = query::webhook::all(&state.db, org).await?;
    let users = query::user::some(&state.db, hooks.iter().map(|h| h.created_by)).await?;
    let ids: Vec<i64> = hooks.iter().map(|h| h.id).collect();
    let latest = query::webhook::latest(&state.db, org, &ids).await?;
    let mut latest: HashMap<i64, webhook_delivery::Model> = latest.into_iter().map(|d| (d.webhook_id, d)).collect();
    let now = state.clock.now().0;
    let webhooks =
        hooks.iter().map(|h| (row(h, &users, &zone), latest.remove(&h.id).map(|d| delivery(d, &zone, now)))).collect();
    Ok(WebhookList { webhooks })
}

/// One webhook with what it was told last. The secret of the cookie is shown if it is that of this webhook.
pub(super) async fn see(
    state: &AppState,
    caller: &Caller,
    id: WebhookId,
    fresh: Option<String>,
) -> ServiceResult<WebhookView> {
    let org = may_manage(&state.db, caller).await?;
    let hook = query::webhook::by_id(&state.db, org, id.get()).await?.ok_or(Denied::NotFound)?;
    let zone = when::zone_of(&state.db, org).await?;
    let users = query::user::some(&state.db, [hook.created_by]).await?;
    let deliveries = query::webhook::deliveries(&state.db, org, hook.id, SHOWN).await?;
    let now = state.clock.now().0;
    Ok(WebhookView {
        webhook: row(&hook, &users, &zone),
        deliveries: deliveries.into_iter().map(|d| delivery(d, &zone, now)).collect(),
        fresh: fresh.filter(|secret| secret.as_bytes().ct_eq(hook.secret.as_bytes()).into()),
    })
}

fn row(hook: &webhook::Model, users: &BTreeMap<i64, user_account::Model>, zone: &str) -> WebhookRow {
    WebhookRow {
        id: WebhookId::new(hook.id),
        url: hook.url.clone(),
        events: hook.events.split(' ').map(str::to_owned).collect(),
        is_active: hook.is_active,
        creator: users.get(&hook.created_by).map(|u| u.name.clone()).unwrap_or_default(),
        created: when::in_zone(hook.created_at, zone),
    }
}

fn delivery(row: webhook_delivery::Model, zone: &str, now: i64) -> DeliveryRow {
    let waits = row.status == query::webhook::WAITING;
    let state = match row.status.as_str() {
        query::webhook::DELIVERED => DeliveryState::Delivered,
        query::webhook::FAILED => DeliveryState::Failed,
        _ if row.next_at <= now => DeliveryState::Waiting,
        _ => DeliveryState::Retrying,
    };
    DeliveryRow {
        id: DeliveryId::new(row.id),
        event: row.event,
        state,
        attempts: row.attempts,
        made: when::in_zone(row.made_at, zone),
        sent: row.sent_at.map(|at| when::in_zone(at, zone)),
        next: waits.then(|| when::in_zone(row.next_at, zone)),
        code: row.response_code,
        answer: row.response,
        fault: row.fault,
        payload: row.payload,
    }
}

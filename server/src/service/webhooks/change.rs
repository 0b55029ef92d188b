//! Making, changing, pausing, renewing and removing a webhook. The audit log gets the host alone: an address may hold a secret of
//! its own, as those of chat programs do.

use app::FieldError;
use app::caller::Caller;
use app::webhooks::api::WebhookForm;
use domain::ids::WebhookId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, IntoActiveModel as _};
use serde_json::json;

use super::{MAX, actor, hold, may_manage};
use crate::entity::webhook;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::organisation::record;
use crate::state::AppState;
use crate::webhook::PREFIX;
use crate::webhook::address::{self, MAX_URL, Unfit};

fn secret() -> String {
    format!("{PREFIX}{}", crate::token::fresh())
}

/// Makes a webhook; gives it with its secret.
pub(super) async fn create(
    state: &AppState,
    caller: &Caller,
    form: &WebhookForm,
) -> ServiceResult<(WebhookId, String)> {
    let txn = crate::db::write_txn(&state.db).await?;
    // One at a time, so that the count below holds.
    query::people::hold(&txn, caller.org_id.get()).await?;
    let org = may_manage(&txn, caller).await?;
    let url = read(form, state.serve.webhook_loopback)?;
    if query::webhook::count(&txn, org).await? >= MAX {
        return Err(FieldError::new("", "webhooks.error.too_many").arg("limit", MAX).into());
    }
    let secret = secret();
    let row = webhook::ActiveModel {
        org_id: Set(org),
        id: Set(crate::id::next()),
        url: Set(url.to_string()),
        events: Set(form.events.join(" ")),
        secret: Set(secret.clone()),
        is_active: Set(true),
        created_by: Set(caller.user_id.get()),
        created_at: Set(state.clock.now().0),
        removed_at: Set(None),
    };
    let row = row.insert(&txn).await?;
    log(state, &txn, caller, "webhook.create", &row).await?;
    txn.commit().await?;
    Ok((WebhookId::new(row.id), secret))
}

/// What was typed.
fn read(form: &WebhookForm, loopback: bool) -> ServiceResult<url::Url> {
    let mut remarks = Vec::new();
    let url = address::read(form.url.trim(), loopback);
    if let Err(unfit) = url {
        remarks.push(match unfit {
            Unfit::NoUrl => FieldError::new("url", "webhooks.error.url").arg("limit", MAX_URL),
            Unfit::NotTls => FieldError::new("url", "webhooks.error.tls"),
            Unfit::Credentials => FieldError::new("url", "webhooks.error.credentials"),
            Unfit::NotPublic => FieldError::new("url", "webhooks.error.not_public"),
        });
    }
    if form.events.is_empty() {
        remarks.push(FieldError::new("import_committed", "webhooks.error.events"));
    }
    match url {
        Ok(url) if remarks.is_empty() => Ok(url),
        _ => Err(remarks.into()),
    }
}

/// Changes where a webhook is sent and what it is told of. What waits already goes to the new address; what happened
/// before is told as it was chosen then.
pub(super) async fn update(state: &AppState, caller: &Caller, id: WebhookId, form: &WebhookForm) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let mut update = hold(&txn, caller, id).await?.into_active_model();
    update.url = Set(read(form, state.serve.webhook_loopback)?.to_string());
    update.events = Set(form.events.join(" "));
    let row = update.update(&txn).await?;
    log(state, &txn, caller, "webhook.update", &row).await?;
    txn.commit().await?;
    Ok(())
}

/// Gives a webhook another secret; what is sent from now on is signed with that.
pub(super) async fn renew(state: &AppState, caller: &Caller, id: WebhookId) -> ServiceResult<String> {
    let txn = crate::db::write_txn(&state.db).await?;
    let mut update = hold(&txn, caller, id).await?.into_active_model();
    let secret = secret();
    update.secret = Set(secret.clone());
    let row = update.update(&txn).await?;
    log(state, &txn, caller, "webhook.renew", &row).await?;
    txn.commit().await?;
    Ok(secret)
}

/// Pauses a webhook, or ends the pause; asked twice it stays as it is.
pub(super) async fn set_active(state: &AppState, caller: &Caller, id: WebhookId, active: bool) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let row = hold(&txn, caller, id).await?;
    if row.is_active == active {
        return Ok(());
    }
    let mut update = row.into_active_model();
    update.is_active = Set(active);
    let row = update.update(&txn).await?;
    log(state, &txn, caller, if active { "webhook.resume" } else { "webhook.pause" }, &row).await?;
    txn.commit().await?;
    Ok(())
}

/// Removes a webhook with its secret, and gives up what still waits for it.
pub(super) async fn remove(state: &AppState, caller: &Caller, id: WebhookId) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let mut update = hold(&txn, caller, id).await?.into_active_model();
    update.secret = Set(String::new());
    update.is_active = Set(false);
    update.removed_at = Set(Some(state.clock.now().0));
    let row = update.update(&txn).await?;
    query::webhook::give_up(&txn, row.org_id, row.id).await?;
    log(state, &txn, caller, "webhook.remove", &row).await?;
    txn.commit().await?;
    Ok(())
}

async fn log(
    state: &AppState,
    txn: &DatabaseTransaction,
    caller: &Caller,
    action: &str,
    row: &webhook::Model,
) -> ServiceResult<()> {
    let url = url::Url::parse(&row.url).map_err(|error| ServiceError::Internal(error.into()))?;
    let detail = json!({ "host": url.host_str(), "events": row.events });
    record(txn, actor(caller), action, ("webhook", Some(row.id)), detail, state.clock.now()).await
}

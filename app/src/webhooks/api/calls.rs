//! The server functions. Owners and admins may call them: a webhook hears of the whole organisation.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use domain::ids::{DeliveryId, WebhookId};
use domain::webhook::Event;
use leptos::prelude::*;

use super::{WebhookForm, WebhookList, WebhookView};
use crate::error::ApiResult;
use crate::port::{hand_over, handed_over, redirect, request};
use crate::route::Route;
use crate::ui::flash::flash;

/// Name of the cookie that carries a fresh secret to the page that shows it, once.
const HANDOVER: &str = "webhook";

/// The organisation's webhooks.
#[server(prefix = "/api", endpoint = "webhooks/list")]
pub async fn list_webhooks() -> ApiResult<WebhookList> {
    let (caller, ports) = request().await?;
    ports.webhooks.list(&caller).await
}

/// One webhook with what it was told.
#[server(prefix = "/api", endpoint = "webhooks/see")]
pub async fn see_webhook(id: WebhookId) -> ApiResult<WebhookView> {
    let (caller, ports) = request().await?;
    ports.webhooks.see(&caller, id, handed_over(HANDOVER)).await
}

/// Makes a webhook.
#[server(prefix = "/api", endpoint = "webhooks/create")]
pub async fn create_webhook(
    #[server(default)] url: String,
    #[server(default)] import_committed: bool,
    #[server(default)] import_failed: bool,
    #[server(default)] import_undone: bool,
    #[server(default)] target_proposed: bool,
    #[server(default)] target_agreed: bool,
    #[server(default)] target_changed: bool,
    #[server(default)] target_closed: bool,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let imports = [import_committed, import_failed, import_undone];
    let chosen = chosen(imports, [target_proposed, target_agreed, target_changed, target_closed]);
    let (id, secret) = ports.webhooks.create(&caller, WebhookForm { url, events: chosen }).await?;
    hand_over(HANDOVER, &secret);
    redirect(&Route::Webhook(id).href());
    Ok(())
}

/// The codes of what was chosen.
fn chosen(imports: [bool; 3], targets: [bool; Event::CHOICES.len() - 3]) -> Vec<&'static str> {
    let all = imports.into_iter().chain(targets);
    Event::CHOICES.into_iter().zip(all).filter(|(_, yes)| *yes).map(|(e, _)| e.code()).collect()
}

/// Changes where a webhook is sent and what it is told of; the secret stays.
#[server(prefix = "/api", endpoint = "webhooks/update")]
pub async fn update_webhook(
    id: WebhookId,
    #[server(default)] url: String,
    #[server(default)] import_committed: bool,
    #[server(default)] import_failed: bool,
    #[server(default)] import_undone: bool,
    #[server(default)] target_proposed: bool,
    #[server(default)] target_agreed: bool,
    #[server(default)] target_changed: bool,
    #[server(default)] target_closed: bool,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let imports = [import_committed, import_failed, import_undone];
    let chosen = chosen(imports, [target_proposed, target_agreed, target_changed, target_closed]);
    ports.webhooks.update(&caller, id, WebhookForm { url, events: chosen }).await?;
    flash("webhooks.updated");
    redirect(&Route::Webhook(id).href());
    Ok(())
}

/// Gives a webhook another secret; the old one ends at once.
#[server(prefix = "/api", endpoint = "webhooks/renew")]
pub async fn renew_webhook(id: WebhookId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    hand_over(HANDOVER, &ports.webhooks.renew(&caller, id).await?);
    redirect(&Route::Webhook(id).href());
    Ok(())
}

/// Pauses a webhook.
#[server(prefix = "/api", endpoint = "webhooks/pause")]
pub async fn pause_webhook(id: WebhookId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.webhooks.set_active(&caller, id, false).await?;
    flash("webhooks.paused");
    redirect(&Route::Webhook(id).href());
    Ok(())
}

/// Ends the pause of a webhook.
#[server(prefix = "/api", endpoint = "webhooks/resume")]
pub async fn resume_webhook(id: WebhookId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.webhooks.set_active(&caller, id, true).await?;
    flash("webhooks.resumed");
    redirect(&Route::Webhook(id).href());
    Ok(())
}

/// Removes a webhook; what still waits for it is given up.
#[server(prefix = "/api", endpoint = "webhooks/remove")]
pub async fn remove_webhook(id: WebhookId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.webhooks.remove(&caller, id).await?;
    flash("webhooks.removed");
    redirect(&Route::Webhooks.href());
    Ok(())
}

/// Sends a trial.
#[server(prefix = "/api", endpoint = "webhooks/test")]
pub async fn test_webhook(id: WebhookId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.webhooks.test(&caller, id).await?;
    flash("webhooks.sending");
    redirect(&Route::Webhook(id).href());
    Ok(())
}

/// Sends something once more.
#[server(prefix = "/api", endpoint = "webhooks/again")]
pub async fn send_webhook_again(id: WebhookId, delivery: DeliveryId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.webhooks.again(&caller, id, delivery).await?;
    flash("webhooks.sending");
    redirect(&Route::Webhook(id).href());
    Ok(())
}

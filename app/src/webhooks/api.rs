//! Data, server functions and port of this feature: who outside is told of what.

mod calls;
mod data;

use async_trait::async_trait;
use domain::ids::{DeliveryId, WebhookId};

pub use calls::*;
pub use data::*;

use crate::caller::Caller;
use crate::error::ApiResult;

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait WebhooksPort: Send + Sync {
    /// The organisation's webhooks.
    async fn list(&self, caller: &Caller) -> ApiResult<WebhookList>;
    /// One webhook with what it was told; `fresh` is the secret to show once, from the cookie.
    async fn see(&self, caller: &Caller, id: WebhookId, fresh: Option<String>) -> ApiResult<WebhookView>;
    /// Makes a webhook; gives it with its secret.
    async fn create(&self, caller: &Caller, form: WebhookForm) -> ApiResult<(WebhookId, String)>;
    /// Changes where a webhook is sent and what it is told of.
    async fn update(&self, caller: &Caller, id: WebhookId, form: WebhookForm) -> ApiResult<()>;
    /// Gives a webhook another secret.
    async fn renew(&self, caller: &Caller, id: WebhookId) -> ApiResult<String>;
    /// Pauses a webhook, or ends the pause.
    async fn set_active(&self, caller: &Caller, id: WebhookId, active: bool) -> ApiResult<()>;
    /// Removes a webhook.
    async fn remove(&self, caller: &Caller, id: WebhookId) -> ApiResult<()>;
    /// Sends a trial.
    async fn test(&self, caller: &Caller, id: WebhookId) -> ApiResult<()>;
    /// Sends something once more.
    async fn again(&self, caller: &Caller, id: WebhookId, delivery: DeliveryId) -> ApiResult<()>;
}

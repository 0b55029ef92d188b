//! Webhooks: made, paused, renewed and removed by people; what they are told is sent by [`crate::webhook::work`]. A
//! webhook hears of the whole organisation, so that it takes the right to manage tokens for the whole organisation.

mod change;
mod deliveries;
mod list;

use app::caller::Caller;
use app::error::ApiResult;
use app::webhooks::api::{WebhookForm, WebhookList, WebhookView, WebhooksPort};
use domain::ids::{DeliveryId, WebhookId};
use domain::policy::{Action, Relation};
use sea_orm::ConnectionTrait;

use super::Services;
use super::organisation::Actor;
use crate::authz::{Access, Denied};
use crate::entity::webhook;
use crate::error::ServiceResult;
use crate::query;

/// Webhooks that an organisation may have.
pub const MAX: u64 = 20;

#[async_trait::async_trait]
impl WebhooksPort for Services {
    async fn list(&self, caller: &Caller) -> ApiResult<WebhookList> {
        Ok(list::list(&self.state, caller).await?)
    }

    async fn see(&self, caller: &Caller, id: WebhookId, fresh: Option<String>) -> ApiResult<WebhookView> {
        Ok(list::see(&self.state, caller, id, fresh).await?)
    }

    async fn create(&self, caller: &Caller, form: WebhookForm) -> ApiResult<(WebhookId, String)> {
        Ok(change::create(&self.state, caller, &form).await?)
    }

    async fn update(&self, caller: &Caller, id: WebhookId, form: WebhookForm) -> ApiResult<()> {
        Ok(change::update(&self.state, caller, id, &form).await?)
    }

    async fn renew(&self, caller: &Caller, id: WebhookId) -> ApiResult<String> {
        Ok(change::renew(&self.state, caller, id).await?)
    }

    async fn set_active(&self, caller: &Caller, id: WebhookId, active: bool) -> ApiResult<()> {
        Ok(change::set_active(&self.state, caller, id, active).await?)
    }

    async fn remove(&self, caller: &Caller, id: WebhookId) -> ApiResult<()> {
        Ok(change::remove(&self.state, caller, id).await?)
    }

    async fn test(&self, caller: &Caller, id: WebhookId) -> ApiResult<()> {
        Ok(deliveries::test(&self.state, caller, id).await?)
    }

    async fn again(&self, caller: &Caller, id: WebhookId, delivery: DeliveryId) -> ApiResult<()> {
        Ok(deliveries::again(&self.state, caller, id, delivery).await?)
    }
}

/// The organisation that the caller may manage webhooks of.
async fn may_manage(db: &impl ConnectionTrait, caller: &Caller) -> ServiceResult<i64> {
    let access = Access::load(db, caller).await?;
    access.require(Action::ManageTokens, Relation::Organisation)?;
    Ok(access.org())
}

/// A webhook that the caller may manage, held until the transaction ends.
async fn hold(db: &impl ConnectionTrait, caller: &Caller, id: WebhookId) -> ServiceResult<webhook::Model> {
    let org = may_manage(db, caller).await?;
    Ok(query::webhook::hold(db, org, id.get()).await?.ok_or(Denied::NotFound)?)
}

/// The caller as the one who did it, for the audit log.
fn actor(caller: &Caller) -> Actor<'static> {
    Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" }
}

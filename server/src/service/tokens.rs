//! API tokens: made, listed and revoked by people, used by programs. A token has no rights of its own: it works with
//! the reach that its creator has when it is used.

mod bearer;
mod create;
mod list;

use app::caller::Caller;
use app::error::ApiResult;
use app::tokens::api::{TokenForm, TokensPage, TokensPort};
use domain::ids::TokenId;
use domain::policy::{Action, Relation};

pub use bearer::{Bearer, bearer};

use super::Services;
use super::organisation::Actor;
use crate::authz::{Access, Denied};

/// How every token begins, so that people and secret scanners know one when they see it.
pub const PREFIX: &str = "mst_";

/// Tokens of an organisation that may work at the same time.
pub const MAX_LIVING: u64 = 50;

/// Longest life of a token in days.
pub const MAX_DAYS: i64 = 365;

const DAY_MS: i64 = 24 * 3_600_000;

#[async_trait::async_trait]
impl TokensPort for Services {
    async fn list(&self, caller: &Caller, fresh: Option<String>) -> ApiResult<TokensPage> {
        Ok(list::list(&self.state, caller, fresh).await?)
    }

    async fn create(&self, caller: &Caller, form: TokenForm) -> ApiResult<String> {
        Ok(create::create(&self.state, caller, &form).await?)
    }

    async fn revoke(&self, caller: &Caller, id: TokenId) -> ApiResult<()> {
        Ok(create::revoke(&self.state, caller, id).await?)
    }
}

/// Whose tokens the caller may list and revoke: everybody's (none), or those of one user.
fn whose(access: &Access) -> Result<Option<i64>, Denied> {
    if access.allows(Action::ManageTokens, Relation::Unrelated) {
        return Ok(None);
    }
    access.require(Action::ManageTokens, Relation::Below)?;
    Ok(Some(access.caller.user_id.get()))
}

/// The caller as the one who did it, for the audit log.
fn actor(caller: &Caller) -> Actor<'static> {
    Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" }
}

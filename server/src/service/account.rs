//! Sign-in, sessions, invitations, first setup: the implementation of `AccountPort`.

mod caller;
mod guard;
mod invitation;
mod password;
mod sessions;
mod setup;
mod sign_in;

use app::account::api::{AccountPort, AccountView, Door, Head, InvitationView, Link, ResetView, SetUpForm, Started};
use app::caller::Caller;
use app::error::ApiResult;
use domain::ids::{OrgId, SessionId};

pub use caller::{caller_in, caller_of};
pub use password::RESET_LIFETIME_MS;

use super::Services;

#[async_trait::async_trait]
impl AccountPort for Services {
    async fn door(&self) -> ApiResult<Door> {
        Ok(setup::door(&self.state).await?)
    }

    async fn sign_in(&self, head: Head, email: String, password: String, next: String) -> ApiResult<Started> {
        Ok(sign_in::sign_in(&self.state, &head, &email, password, &next).await?)
    }

    async fn set_up(&self, head: Head, form: SetUpForm) -> ApiResult<Started> {
        Ok(setup::set_up(&self.state, &head, form).await?)
    }

    async fn invitation(&self, head: Head, token: String) -> ApiResult<Link<InvitationView>> {
        Ok(invitation::show(&self.state, &head, &token).await?)
    }

    async fn accept(&self, head: Head, token: String, name: String, password: String) -> ApiResult<Started> {
        Ok(invitation::accept(&self.state, &head, &token, &name, password).await?)
    }

    async fn join(&self, caller: &Caller, head: Head, token: String) -> ApiResult<Started> {
        Ok(invitation::join(&self.state, caller, &head, &token).await?)
    }

    async fn reset_link(&self, head: Head, token: String) -> ApiResult<Link<ResetView>> {
        Ok(password::show(&self.state, &head, &token).await?)
    }

    async fn reset(&self, head: Head, token: String, password: String) -> ApiResult<()> {
        Ok(password::reset(&self.state, &head, &token, password).await?)
    }

    async fn account(&self, caller: &Caller, head: Head) -> ApiResult<AccountView> {
        Ok(sessions::account(&self.state, caller, &head).await?)
    }

    async fn rename(&self, caller: &Caller, name: String) -> ApiResult<()> {
        Ok(sessions::rename(&self.state, caller, &name).await?)
    }

    async fn change_password(&self, caller: &Caller, head: Head, old: String, new: String) -> ApiResult<()> {
        Ok(password::change(&self.state, caller, &head, old, new).await?)
    }

    async fn end_session(&self, caller: &Caller, id: SessionId) -> ApiResult<()> {
        Ok(sessions::end_one(&self.state, caller, id).await?)
    }

    async fn end_all(&self, caller: &Caller) -> ApiResult<String> {
        Ok(sessions::end_all(&self.state, caller).await?)
    }

    async fn switch(&self, caller: &Caller, head: Head, org: OrgId) -> ApiResult<()> {
        Ok(sessions::switch(&self.state, caller, &head, org).await?)
    }
}

//! Server functions and port of this feature: sign-in, sessions, invitations, password, first setup.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use async_trait::async_trait;
use domain::ids::{OrgId, SessionId};
use leptos::prelude::*;

use crate::caller::Caller;
use crate::error::{ApiError, ApiResult};
use crate::port::{parts, ports, redirect, request, set_cookie};
use crate::route::Route;

pub use super::data::*;

/// The shortest password that is accepted.
pub const MIN_PASSWORD: u32 = 10;

/// What the server does for this feature; each method is one use case. `Parts` is the head of the request: it tells
/// the browser, its address and its session.
#[async_trait]
pub trait AccountPort: Send + Sync {
    /// Says what somebody at the door should do first.
    async fn door(&self) -> ApiResult<Door>;
    /// Checks e-mail address and password and starts a session.
    async fn sign_in(&self, head: Head, email: String, password: String, next: String) -> ApiResult<Started>;
    /// Makes the first organisation and its owner.
    async fn set_up(&self, head: Head, form: SetUpForm) -> ApiResult<Started>;
    /// What an invitation offers.
    async fn invitation(&self, head: Head, token: String) -> ApiResult<Link<InvitationView>>;
    /// Accepts an invitation as somebody new, or as somebody whose password is given.
    async fn accept(&self, head: Head, token: String, name: String, password: String) -> ApiResult<Started>;
    /// Accepts an invitation as the signed-in user.
    async fn join(&self, caller: &Caller, head: Head, token: String) -> ApiResult<Started>;
    /// Whose password a reset link is for.
    async fn reset_link(&self, head: Head, token: String) -> ApiResult<Link<ResetView>>;
    /// Sets a new password by a reset link.
    async fn reset(&self, head: Head, token: String, password: String) -> ApiResult<()>;
    /// Own account.
    async fn account(&self, caller: &Caller, head: Head) -> ApiResult<AccountView>;
    /// Changes the own name.
    async fn rename(&self, caller: &Caller, name: String) -> ApiResult<()>;
    /// Changes the own password and ends the other sessions.
    async fn change_password(&self, caller: &Caller, head: Head, old: String, new: String) -> ApiResult<()>;
    /// Ends one of the own sessions.
    async fn end_session(&self, caller: &Caller, id: SessionId) -> ApiResult<()>;
    /// Ends all own sessions; gives the cookie that forgets this one.
    async fn end_all(&self, caller: &Caller) -> ApiResult<String>;
    /// Goes on working in another of the own organisations.
    async fn switch(&self, caller: &Caller, head: Head, org: OrgId) -> ApiResult<()>;
}

/// The head of the request that a port method may look at.
pub type Head = axum::http::request::Parts;

fn head() -> ApiResult<Head> {
    parts().ok_or_else(|| ApiError::Internal(String::new()))
}

fn start(started: &Started) {
    set_cookie(&started.cookie);
    redirect(&started.next);
}

/// What somebody at the door should do first. Public.
#[server(prefix = "/api", endpoint = "account/door")]
pub async fn look_at_door() -> ApiResult<Door> {
    ports()?.account.door().await
}

/// Signs in. Public, throttled by account and address.
#[server(prefix = "/api", endpoint = "account/sign_in")]
pub async fn sign_in(
    #[server(default)] email: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> ApiResult<()> {
    let started = ports()?.account.sign_in(head()?, email, password, next).await?;
    start(&started);
    Ok(())
}

/// Makes the first organisation and its owner. Public, but not found as soon as there is an organisation.
#[server(prefix = "/api", endpoint = "account/set_up")]
pub async fn set_up(
    #[server(default)] org_name: String,
    #[server(default)] template: String,
    #[server(default)] currency: String,
    #[server(default)] time_zone: String,
    #[server(default)] fiscal_start_month: String,
    #[server(default)] locale: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] password: String,
) -> ApiResult<()> {
    let form = SetUpForm { org_name, template, currency, time_zone, fiscal_start_month, locale, name, email, password };
    let started = ports()?.account.set_up(head()?, form).await?;
    start(&started);
    Ok(())
}

/// What an invitation offers. Public: the link is the key.
#[server(prefix = "/api", endpoint = "account/invitation")]
pub async fn invitation(token: String) -> ApiResult<Link<InvitationView>> {
    ports()?.account.invitation(head()?, token).await
}

/// Accepts an invitation. Public: the link is the key, and the password of an account that exists.
#[server(prefix = "/api", endpoint = "account/accept_invitation")]
pub async fn accept_invitation(
    token: String,
    #[server(default)] name: String,
    #[server(default)] password: String,
) -> ApiResult<()> {
    let started = ports()?.account.accept(head()?, token, name, password).await?;
    crate::ui::flash::flash("account.flash.welcome");
    start(&started);
    Ok(())
}

/// Accepts an invitation as the signed-in user.
#[server(prefix = "/api", endpoint = "account/join")]
pub async fn join(token: String) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let started = ports.account.join(&caller, head()?, token).await?;
    crate::ui::flash::flash("account.flash.welcome");
    start(&started);
    Ok(())
}

/// Whose password a reset link is for. Public: the link is the key.
#[server(prefix = "/api", endpoint = "account/reset_link")]
pub async fn reset_link(token: String) -> ApiResult<Link<ResetView>> {
    ports()?.account.reset_link(head()?, token).await
}

/// Sets a new password by a reset link. Public: the link is the key.
#[server(prefix = "/api", endpoint = "account/reset_password")]
pub async fn reset_password(token: String, #[server(default)] password: String) -> ApiResult<()> {
    ports()?.account.reset(head()?, token, password).await?;
    crate::ui::flash::flash("account.flash.password_reset");
    redirect(&Route::Login.href());
    Ok(())
}

/// Own account with its sessions.
#[server(prefix = "/api", endpoint = "account/view")]
pub async fn view_account() -> ApiResult<AccountView> {
    let (caller, ports) = request().await?;
    ports.account.account(&caller, head()?).await
}

/// Changes the own name.
#[server(prefix = "/api", endpoint = "account/rename")]
pub async fn rename(#[server(default)] name: String) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.account.rename(&caller, name).await?;
    crate::ui::flash::flash("account.flash.saved");
    redirect(&Route::Account.href());
    Ok(())
}

/// Changes the own password; asks for the old one and ends the other sessions.
#[server(prefix = "/api", endpoint = "account/change_password")]
pub async fn change_password(
    #[server(default)] old_password: String,
    #[server(default)] new_password: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.account.change_password(&caller, head()?, old_password, new_password).await?;
    crate::ui::flash::flash("account.flash.password_changed");
    Ok(())
}

/// Ends one of the own sessions.
#[server(prefix = "/api", endpoint = "account/end_session")]
pub async fn end_session(id: SessionId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.account.end_session(&caller, id).await?;
    crate::ui::flash::flash("account.flash.session_ended");
    Ok(())
}

/// Signs out everywhere, here too.
#[server(prefix = "/api", endpoint = "account/end_all")]
pub async fn end_all() -> ApiResult<()> {
    let (caller, ports) = request().await?;
    set_cookie(&ports.account.end_all(&caller).await?);
    crate::ui::flash::flash("account.flash.signed_out_everywhere");
    redirect(&Route::Login.href());
    Ok(())
}

/// Goes on working in another of the own organisations.
#[server(prefix = "/api", endpoint = "account/switch")]
pub async fn switch_organisation(org: OrgId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.account.switch(&caller, head()?, org).await?;
    redirect(&Route::Home.href());
    Ok(())
}

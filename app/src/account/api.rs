//! Data, server functions and port of this feature: sign-in, sessions, invitations, password, first setup.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use async_trait::async_trait;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::caller::Caller;
use crate::caller::Role;
use crate::error::ApiError;
use crate::error::ApiResult;
use crate::port::{parts, ports, redirect, request, set_cookie};
use crate::route::Route;
use domain::Date;
use domain::ids::{OrgId, SessionId};

/// The shortest password that is accepted.
pub const MIN_PASSWORD: u32 = 10;

/// What somebody at the door should do first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// There is no organisation yet: the first visitor makes it.
    pub needs_setup: bool,
}

/// Whether a link still works, and what it opens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link<T> {
    /// It works.
    Open(T),
    /// Its time is over.
    Expired,
    /// It was used.
    Used,
    /// It was withdrawn.
    Revoked,
}

impl<T> Link<T> {
    /// Text key of why it does not work, under `account.link.`; none if it does.
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Open(_) => None,
            Self::Expired => Some("account.link.expired"),
            Self::Used => Some("account.link.used"),
            Self::Revoked => Some("account.link.revoked"),
        }
    }
}

/// What an invitation offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationView {
    /// Organisation to join.
    pub org_name: String,
    /// Who invites; none when it was made on the command line.
    pub invited_by: Option<String>,
    /// Address it was made for.
    pub email: String,
    /// Role it gives.
    pub role: Role,
    /// Team it is about, with the teams above.
    pub team: Option<String>,
    /// The person that the new user will be, and the name to start with.
    pub person: Option<String>,
    /// Last day on which it works.
    pub until: Date,
}

/// A moment in the organisation's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The day.
    pub day: Date,
    /// The time as `14:05`.
    pub time: String,
}

impl When {
    /// As read.
    pub fn text(&self, l: crate::i18n::Texts) -> String {
        format!("{}, {}", domain::format::date(l.locale(), self.day), self.time)
    }
}

/// Whose password a reset link is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetView {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
}

/// A browser in which the user is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRow {
    /// Identifier.
    pub id: SessionId,
    /// Browser and system, shortened for reading.
    pub browser: String,
    /// Address it was last used from.
    pub address: String,
    /// When the user signed in.
    pub since: When,
    /// Last use.
    pub last_seen: When,
    /// It is the browser that asks.
    pub is_this: bool,
}

/// An organisation in which the user has a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    /// Organisation.
    pub id: OrgId,
    /// Its name.
    pub name: String,
    /// What the user is there.
    pub role: Role,
    /// It is the one being worked in.
    pub is_current: bool,
}

/// Own account, for its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// Name as shown to others.
    pub name: String,
    /// Address one signs in with.
    pub email: String,
    /// Where one is signed in, this browser first.
    pub sessions: Vec<SessionRow>,
    /// Organisations in which one has a place.
    pub places: Vec<PlaceRow>,
}

/// What the setup page asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUpForm {
    /// Name of the organisation.
    pub org_name: String,
    /// Kind of company.
    pub template: String,
    /// Reporting currency.
    pub currency: String,
    /// Time zone.
    pub time_zone: String,
    /// First month of the fiscal year.
    pub fiscal_start_month: String,
    /// Language.
    pub locale: String,
    /// Name of the owner.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Their password.
    pub password: String,
}

/// A session that was started: the cookie to set and the page to go to.
#[derive(Clone, Debug)]
pub struct Started {
    /// Value of the `Set-Cookie` header.
    pub cookie: String,
    /// Address of the next page.
    pub next: String,
}

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

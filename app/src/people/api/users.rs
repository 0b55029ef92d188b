//! Users: who signs in, as what, and the invitations that are still open.
#![allow(missing_docs, reason = "the macro makes a structure of each function; its fields are the arguments")]

use domain::Date;
use domain::ids::{InvitationId, MembershipId, PersonId, TeamId};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Pick;
use crate::account::api::When;
use crate::caller::Role;
use crate::error::ApiResult;
use crate::port::{redirect, request};
use crate::route::Route;

/// Name of the cookie that carries a fresh link to the page that shows it, once.
const HANDOVER: &str = "handover";

/// A link that was just made: the only time that it can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handover {
    /// The link.
    pub link: String,
    /// For whom.
    pub email: String,
    /// It sets a new password; otherwise it invites.
    pub is_reset: bool,
    /// Last day on which it works.
    pub until: Date,
}

/// A team that a user manages or sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamGrant {
    /// Which team.
    pub team: TeamId,
    /// Its name with the teams above.
    pub path: String,
    /// Manages it; otherwise sees it.
    pub manages: bool,
}

/// A user as one row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserRow {
    /// Their place in the organisation.
    pub id: MembershipId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What they are.
    pub role: Role,
    /// The person that they are, if any.
    pub person: Option<(PersonId, String)>,
    /// Teams they manage or see.
    pub teams: Vec<TeamGrant>,
    /// Last use; none when they are not signed in anywhere.
    pub last_seen: Option<When>,
    /// Their access was withdrawn.
    pub is_disabled: bool,
    /// It is the caller.
    pub is_self: bool,
    /// The caller may change them.
    pub may_change: bool,
}

/// An invitation that can still be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationRow {
    /// Identifier.
    pub id: InvitationId,
    /// For whom.
    pub email: String,
    /// As what.
    pub role: Role,
    /// Team it is about.
    pub team: Option<String>,
    /// Who invited.
    pub invited_by: Option<String>,
    /// Last day on which it works.
    pub until: Date,
    /// Its time is over.
    pub is_expired: bool,
}

/// Users and invitations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsersPage {
    /// Users, the disabled ones last.
    pub users: Vec<UserRow>,
    /// Open invitations, the newest first.
    pub invitations: Vec<InvitationRow>,
    /// Roles that the caller may give.
    pub roles: Vec<Role>,
    /// Teams to choose.
    pub teams: Vec<Pick>,
    /// People who have no user yet.
    pub people: Vec<Pick>,
    /// A link that was just made.
    pub handover: Option<Handover>,
}

/// An invitation, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InviteForm {
    /// For whom.
    pub email: String,
    /// As what.
    pub role: String,
    /// Team; none when empty.
    pub team: String,
    /// Person; none when empty.
    pub person: String,
}

/// What a user becomes, with what the form showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserChange {
    /// Role.
    pub role: String,
    /// Person; none when empty.
    pub person: String,
    /// Role that the form showed.
    pub was_role: String,
    /// Person that the form showed.
    pub was_person: String,
}

/// Leaves a link for the next page. Only this browser gets it, for a minute, and no script can read it.
fn hand_over(value: &str) {
    crate::port::set_cookie(&format!("{HANDOVER}={value}; Path=/; Max-Age=60; HttpOnly; SameSite=Strict"));
}

/// Users and invitations. Owner and admin.
#[server(prefix = "/api", endpoint = "people/users")]
pub async fn list_users() -> ApiResult<UsersPage> {
    let (caller, ports) = request().await?;
    let handover = crate::port::parts().and_then(|parts| crate::page::cookie(&parts, HANDOVER));
    if handover.is_some() {
        crate::port::set_cookie(&format!("{HANDOVER}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"));
    }
    ports.people.users(&caller, handover).await
}

/// Invites somebody. Owner and admin, never above their own role.
#[server(prefix = "/api", endpoint = "people/invite")]
pub async fn invite(
    #[server(default)] email: String,
    #[server(default)] role: String,
    #[server(default)] team: String,
    #[server(default)] person: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    hand_over(&ports.people.invite(&caller, InviteForm { email, role, team, person }).await?);
    redirect(&Route::Users.href());
    Ok(())
}

/// Withdraws an invitation. Owner and admin.
#[server(prefix = "/api", endpoint = "people/revoke")]
pub async fn revoke_invitation(id: InvitationId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.revoke(&caller, id).await?;
    crate::ui::flash::flash("people.flash.revoked");
    redirect(&Route::Users.href());
    Ok(())
}

/// Changes a user's role and person. Owner and admin, never above their own role.
#[server(prefix = "/api", endpoint = "people/save_user")]
pub async fn save_user(
    id: MembershipId,
    #[server(default)] role: String,
    #[server(default)] person: String,
    #[server(default)] was_role: String,
    #[server(default)] was_person: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.save_user(&caller, id, UserChange { role, person, was_role, was_person }).await?;
    crate::ui::flash::flash("people.flash.user_saved");
    redirect(&Route::Users.href());
    Ok(())
}

/// Withdraws a user's access or gives it back. Owner and admin.
#[server(prefix = "/api", endpoint = "people/set_user_active")]
pub async fn set_user_active(id: MembershipId, #[server(default)] active: bool) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.set_user_active(&caller, id, active).await?;
    crate::ui::flash::flash(if active { "people.flash.user_enabled" } else { "people.flash.user_disabled" });
    redirect(&Route::Users.href());
    Ok(())
}

/// Lets a user manage or see a team. Owner and admin.
#[server(prefix = "/api", endpoint = "people/grant")]
pub async fn grant_team(
    id: MembershipId,
    #[server(default)] team: String,
    #[server(default)] kind: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.grant(&caller, id, team, kind).await?;
    crate::ui::flash::flash("people.flash.user_saved");
    Ok(())
}

/// Takes back that a user manages or sees a team. Owner and admin.
#[server(prefix = "/api", endpoint = "people/withdraw")]
pub async fn withdraw_team(id: MembershipId, team: TeamId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.people.withdraw(&caller, id, team).await?;
    crate::ui::flash::flash("people.flash.user_saved");
    Ok(())
}

/// Makes a link by which a user chooses a new password. Owner and admin.
#[server(prefix = "/api", endpoint = "people/make_reset_link")]
pub async fn make_reset_link(id: MembershipId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    hand_over(&ports.people.make_reset_link(&caller, id).await?);
    redirect(&Route::Users.href());
    Ok(())
}

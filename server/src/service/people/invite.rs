//! Inviting by link, and withdrawing an invitation.

use app::FieldError;
use app::caller::Caller;
use app::people::api::InviteForm;
use domain::policy::{Action, Role, may_grant};
use domain::{InvitationId, PersonId};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};

use super::{actor, parse_pick, teams, users};
use crate::authz::Denied;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::invitation::{NewInvitation, create};
use crate::service::organisation::{normal_email, record};
use crate::state::AppState;

/// Invites somebody; gives what the cookie carries to the page that shows the link, once.
pub async fn invite(state: &AppState, caller: &Caller, form: InviteForm) -> ServiceResult<String> {
    let (txn, access) = teams::begin(state, caller, Action::ManageUsers).await?;
    let org = access.org();
    let mut remarks = Vec::new();
    let email = normal_email(&form.email).map_err(|remark| remarks.push(remark)).unwrap_or_default();
    let role = Role::from_code(&form.role);
    if role.is_none() {
        remarks.push(FieldError::new("role", "people.error.choice"));
    }
    let (Some(role), true) = (role, remarks.is_empty()) else {
        return Err(remarks.into());
    };
    if !may_grant(caller.role, role).is_yes() {
        return Err(Denied::Forbidden.into());
    }
    let team = teams::choose(&txn, &access, "team", &form.team).await?;
    if team.is_none() && matches!(role, Role::Manager | Role::Viewer) {
        return Err(ServiceError::field("team", "people.error.team_needed"));
    }
    let person = match parse_pick::<PersonId>("person", &form.person)? {
        None => None,
        Some(id) => Some(users::free_person(&txn, org, id, None).await?),
    };
    if is_member(&txn, org, &email).await? {
        return Err(ServiceError::field("email", "account.error.already_member"));
    }
    let now = state.clock.now();
    let new = NewInvitation {
        org_id: org,
        email: email.clone(),
        role,
        team_id: team.map(|t| t.id),
        person_id: person,
        created_by: Some(caller.user_id.get()),
    };
    let token = create(&txn, new, now).await?;
    let detail = serde_json::json!({ "email": email, "role": role.code() });
    record(&txn, actor(caller), "user.invite", ("invitation", None), detail, now).await?;
    txn.commit().await?;
    Ok(format!("invite.{token}"))
}

async fn is_member(db: &impl sea_orm::ConnectionTrait, org: i64, email: &str) -> ServiceResult<bool> {
    let Some(user) = query::user::by_email(db, email).await? else {
        return Ok(false);
    };
    Ok(query::membership::of_user(db, org, user.id).await?.is_some())
}

/// Withdraws an invitation that is still open.
pub async fn revoke(state: &AppState, caller: &Caller, id: InvitationId) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManageUsers).await?;
    let row = query::link::hold_invitation_of(&txn, access.org(), id.get()).await?.ok_or(Denied::NotFound)?;
    if row.used_at.is_some() || row.revoked_at.is_some() {
        return Err(ServiceError::field("", "people.error.invitation_over"));
    }
    let now = state.clock.now();
    let detail = serde_json::json!({ "email": row.email });
    let mut update = row.into_active_model();
    update.revoked_at = Set(Some(now.0));
    update.update(&txn).await?;
    record(&txn, actor(caller), "user.revoke_invitation", ("invitation", Some(id.get())), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

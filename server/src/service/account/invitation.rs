//! Accepting an invitation: as somebody new, with the password of an account that exists, or as the signed-in user.

use app::FieldError;
use app::account::api::{Head, InvitationView, Link, Started};
use app::caller::Caller;
use domain::policy::Role;
use domain::{TeamId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, DatabaseTransaction, IntoActiveModel as _};

use super::guard;
use super::sign_in::{check_new_password, check_password, link_is_over, start};
use crate::authz::{Denied, TeamTree};
use crate::entity::{invitation, team_access, user_account};
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::organisation::{self, Actor};
use crate::service::when;
use crate::state::AppState;

/// What an invitation offers, or why it no longer does.
pub async fn show(state: &AppState, head: &Head, token: &str) -> ServiceResult<Link<InvitationView>> {
    let row = find(state, head, token).await?;
    let open = judge(&row, state.clock.now(), ());
    if open.reason().is_some() {
        // A link that is over tells nothing about the organisation.
        return Ok(match open {
            Link::Expired => Link::Expired,
            Link::Revoked => Link::Revoked,
            _ => Link::Used,
        });
    }
    let db = &state.db;
    let org = query::organisation::by_id(db, row.org_id).await?.ok_or(Denied::NotFound)?;
    let invited_by = match row.created_by {
        None => None,
        Some(id) => query::user::by_id(db, id).await?.map(|u| u.name),
    };
    let team = match row.team_id {
        None => None,
        Some(id) => Some(TeamTree::load(db, row.org_id).await?.path(TeamId::new(id))),
    };
    let person = match row.person_id {
        None => None,
        Some(id) => query::people::person(db, row.org_id, id).await?.map(|p| p.name),
    };
    Ok(Link::Open(InvitationView {
        org_name: org.name,
        invited_by,
        email: row.email.clone(),
        role: role_of(&row)?,
        team,
        person,
        until: when::last_day(row.expires_at, &org.time_zone),
    }))
}

/// Accepts as somebody new, or, if the address has an account, with its password. Which of the two it is shows only
/// after a try, and tries are counted.
pub async fn accept(
    state: &AppState,
    head: &Head,
    token: &str,
    name: &str,
    password: String,
) -> ServiceResult<Started> {
    let row = find(state, head, token).await?;
    if let Some(reason) = judge(&row, state.clock.now(), ()).reason() {
        return Err(link_is_over(Some(reason)));
    }
    let known = query::user::by_email(&state.db, &row.email).await?;
    if known.as_ref().is_some_and(|u| u.password_hash.is_some()) {
        let Some(user) = check_password(state, head, &row.email, password).await? else {
            return Err(ServiceError::field("password", "account.error.password_of_account"));
        };
        let txn = crate::db::write_txn(&state.db).await?;
        return finish(state, head, txn, token, user).await;
    }
    let mut remarks = Vec::new();
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        remarks.push(FieldError::new("name", "account.error.name"));
    }
    remarks.extend(check_new_password("password", &password, &row.email).err());
    if !remarks.is_empty() {
        return Err(remarks.into());
    }
    let hash = state.passwords.hash(password).await?;
    let txn = crate::db::write_txn(&state.db).await?;
    let user = organisation::user_of(&txn, &row.email, name, Some(hash.clone()), state.clock.now()).await?;
    let user = match user.password_hash {
        Some(ref stored) if *stored == hash => user,
        // Somebody made this account since we looked: its password was not shown.
        Some(_) => return Err(ServiceError::field("password", "account.error.password_of_account")),
        None => {
            let mut change = user.into_active_model();
            change.password_hash = Set(Some(hash));
            change.name = Set(name.to_owned());
            change.update(&txn).await?
        }
    };
    finish(state, head, txn, token, user).await
}

/// Accepts as the signed-in user, if the invitation is theirs.
pub async fn join(state: &AppState, caller: &Caller, head: &Head, token: &str) -> ServiceResult<Started> {
    let row = find(state, head, token).await?;
    if row.email != caller.email {
        return Err(FieldError::new("", "account.error.other_address").arg("email", &row.email).into());
    }
    let user = query::user::by_id(&state.db, caller.user_id.get()).await?.ok_or(Denied::NotFound)?;
    let txn = crate::db::write_txn(&state.db).await?;
    finish(state, head, txn, token, user).await
}

/// Uses the link up, makes the membership and what comes with it, and starts a session in the organisation.
async fn finish(
    state: &AppState,
    head: &Head,
    txn: DatabaseTransaction,
    token: &str,
    user: user_account::Model,
) -> ServiceResult<Started> {
    let now = state.clock.now();
    let row = query::link::hold_invitation(&txn, token).await?.ok_or(Denied::NotFound)?;
    if let Some(reason) = judge(&row, now, ()).reason() {
        return Err(link_is_over(Some(reason)));
    }
    let role = role_of(&row)?;
    let person_id = person_for(state, &txn, &row, role, &user).await?;
    let membership =
        organisation::join(&txn, row.org_id, user.id, role, person_id, now).await.map_err(|error| match error {
            ServiceError::Refused(_) => ServiceError::field("", "account.error.already_member"),
            other => other,
        })?;
    if let (Some(team), Some(kind)) = (row.team_id, kind_of(role)) {
        let access = team_access::ActiveModel {
            org_id: Set(row.org_id),
            membership_id: Set(membership.id),
            team_id: Set(team),
            kind: Set(kind.to_owned()),
        };
        access.insert(&txn).await?;
    }
    let org_id = row.org_id;
    let id = row.id;
    let mut used = row.into_active_model();
    used.used_at = Set(Some(now.0));
    used.update(&txn).await?;
    let actor = Actor { org_id, user_id: Some(user.id), via: "web" };
    let detail = serde_json::json!({ "email": user.email, "role": role.code() });
    organisation::record(&txn, actor, "user.join", ("invitation", Some(id)), detail, now).await?;
    let cookie = start(&txn, state, head, user.id, org_id).await?;
    txn.commit().await?;
    Ok(Started { cookie, next: "/".to_owned() })
}

/// What a role does with the team of its invitation; a rep joins it as a person instead.
fn kind_of(role: Role) -> Option<&'static str> {
    match role {
        Role::Manager | Role::Owner | Role::Admin => Some("manages"),
        Role::Viewer => Some("sees"),
        Role::Rep => None,
    }
}

/// The person that the new user is: the one the invitation names if nobody else is them yet; for a rep without one,
/// the person with their address, or a new person in the invitation's team.
async fn person_for(
    state: &AppState,
    txn: &DatabaseTransaction,
    row: &invitation::Model,
    role: Role,
    user: &user_account::Model,
) -> ServiceResult<Option<i64>> {
    if let Some(id) = row.person_id {
        return Ok((!is_taken(txn, row.org_id, id).await?).then_some(id));
    }
    if role != Role::Rep {
        return Ok(None);
    }
    let same = query::people::person_by_email(txn, row.org_id, &user.email).await?;
    if let Some(found) = same
        && !is_taken(txn, row.org_id, found.id).await?
    {
        return Ok(Some(found.id));
    }
    let zone = when::zone_of(txn, row.org_id).await?;
    let now = state.clock.now();
    let key = query::people::free_key(txn, row.org_id, &user.name).await?;
    let made = query::people::insert_person(txn, row.org_id, &user.name, &key, Some(&user.email), now).await?;
    if let Some(team) = row.team_id {
        let from = Some(state.clock.today(&zone).day_number());
        query::people::insert_place(txn, row.org_id, made.id, (Some(team), None), (from, None)).await?;
        query::people::bump_data_version(txn, row.org_id).await?;
    }
    Ok(Some(made.id))
}

async fn is_taken(db: &impl ConnectionTrait, org: i64, person: i64) -> ServiceResult<bool> {
    Ok(query::membership::of_person(db, org, person).await?.is_some())
}

async fn find(state: &AppState, head: &Head, token: &str) -> ServiceResult<invitation::Model> {
    let address = guard::origin(head).address;
    guard::knock(state, &address).await?;
    match query::link::invitation(&state.db, token).await? {
        Some(row) => Ok(row),
        None => {
            guard::failed(state, &address).await?;
            Err(Denied::NotFound.into())
        }
    }
}

fn judge<T>(row: &invitation::Model, now: Timestamp, view: T) -> Link<T> {
    if row.used_at.is_some() {
        Link::Used
    } else if row.revoked_at.is_some() {
        Link::Revoked
    } else if row.expires_at <= now.0 {
        Link::Expired
    } else {
        Link::Open(view)
    }
}

fn role_of(row: &invitation::Model) -> ServiceResult<Role> {
    Role::from_code(&row.role).ok_or_else(|| anyhow::anyhow!("invitation {} has an unknown role", row.id).into())
}

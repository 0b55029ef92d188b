//! Changing users: role, person, teams, access, reset link. Nobody changes themselves or somebody above them, and an
//! organisation keeps an owner.

use app::caller::Caller;
use app::people::api::UserChange;
use app::{ApiError, FieldError};
use domain::policy::{Action, Role, may_grant};
use domain::{MembershipId, PersonId, TeamId};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};

use super::{actor, parse_pick, teams};
use crate::authz::{Access, Denied};
use crate::entity::{membership, reset_link, team_access};
use crate::error::{ServiceError, ServiceResult};
use crate::query::{membership as places, people as query};
use crate::service::account::RESET_LIFETIME_MS;
use crate::service::organisation::record;
use crate::state::AppState;

/// A user's place in the organisation, to change.
async fn find(
    txn: &DatabaseTransaction,
    access: &Access,
    id: MembershipId,
) -> ServiceResult<(membership::Model, Role)> {
    let row = places::by_id(txn, access.org(), id.get()).await?.ok_or(Denied::NotFound)?;
    let role =
        Role::from_code(&row.role).ok_or_else(|| anyhow::anyhow!("membership {} has an unknown role", row.id))?;
    Ok((row, role))
}

/// Refuses who stands above the caller.
fn require_not_above(caller: &Caller, role: Role) -> ServiceResult<()> {
    if may_grant(caller.role, role).is_yes() { Ok(()) } else { Err(Denied::Forbidden.into()) }
}

/// Refuses to take the last owner away.
async fn keep_an_owner(txn: &DatabaseTransaction, access: &Access, id: i64) -> ServiceResult<()> {
    let others = places::other_owners(txn, access.org(), id).await?;
    if others == 0 { Err(ServiceError::field("", "people.error.last_owner")) } else { Ok(()) }
}

/// A person whom no user is yet (but perhaps this one).
pub async fn free_person(
    db: &impl ConnectionTrait,
    org: i64,
    id: PersonId,
    own_membership: Option<i64>,
) -> ServiceResult<i64> {
    if query::person(db, org, id.get()).await?.is_none() {
        return Err(ServiceError::field("person", "people.error.choice"));
    }
    match places::of_person(db, org, id.get()).await? {
        Some(m) if Some(m.id) != own_membership => Err(ServiceError::field("person", "people.error.person_taken")),
        _ => Ok(id.get()),
    }
}

/// Changes a user's role and person.
pub async fn save(state: &AppState, caller: &Caller, id: MembershipId, change: UserChange) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManageUsers).await?;
    let (row, old) = find(&txn, &access, id).await?;
    require_not_above(caller, old)?;
    let Some(new) = Role::from_code(&change.role) else {
        return Err(ServiceError::field("role", "people.error.choice"));
    };
    require_not_above(caller, new)?;
    let now_person = row.person_id.map(|p| p.to_string()).unwrap_or_default();
    if row.role != change.was_role || now_person != change.was_person {
        let name = match row.person_id {
            None => "–".to_owned(),
            Some(p) => query::person(&txn, access.org(), p).await?.map(|p| p.name).unwrap_or_default(),
        };
        let stored = vec![("role".to_owned(), row.role), ("person".to_owned(), name)];
        return Err(ServiceError::Refused(ApiError::Conflict(stored)));
    }
    if new != old && row.user_id == caller.user_id.get() {
        return Err(ServiceError::field("role", "people.error.own_role"));
    }
    if old == Role::Owner && new != Role::Owner {
        keep_an_owner(&txn, &access, row.id).await?;
    }
    let person = match parse_pick::<PersonId>("person", &change.person)? {
        None => None,
        Some(p) => Some(free_person(&txn, access.org(), p, Some(row.id)).await?),
    };
    if matches!(new, Role::Rep | Role::Viewer) {
        // Who leads no longer keeps no teams to manage: given back the role, they start anew.
        team_access::Entity::delete_many()
            .filter(team_access::Column::OrgId.eq(access.org()))
            .filter(team_access::Column::MembershipId.eq(row.id))
            .filter(team_access::Column::Kind.eq("manages"))
            .exec(&txn)
            .await?;
    }
    let detail = serde_json::json!({
        "role": { "from": old.code(), "to": new.code() }, "person": { "from": row.person_id, "to": person }
    });
    let user = row.user_id;
    let mut update = row.into_active_model();
    update.role = Set(new.code().to_owned());
    update.person_id = Set(person);
    update.update(&txn).await?;
    record(&txn, actor(caller), "user.change", ("user", Some(user)), detail, state.clock.now()).await?;
    txn.commit().await?;
    Ok(())
}

/// Withdraws a user's access, which ends their sessions here, or gives it back.
pub async fn set_active(state: &AppState, caller: &Caller, id: MembershipId, active: bool) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManageUsers).await?;
    let (row, role) = find(&txn, &access, id).await?;
    require_not_above(caller, role)?;
    if !active && row.user_id == caller.user_id.get() {
        return Err(ServiceError::field("", "people.error.own_access"));
    }
    if !active && role == Role::Owner {
        keep_an_owner(&txn, &access, row.id).await?;
    }
    let now = state.clock.now();
    let user = row.user_id;
    let mut update = row.into_active_model();
    update.disabled_at = Set((!active).then_some(now.0));
    update.update(&txn).await?;
    let ended = if active { 0 } else { query::end_sessions_in(&txn, access.org(), user).await? };
    let action = if active { "user.enable" } else { "user.disable" };
    let detail = serde_json::json!({ "sessions_ended": ended });
    record(&txn, actor(caller), action, ("user", Some(user)), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

/// Lets a user manage or see a team with everything below it.
pub async fn grant(state: &AppState, caller: &Caller, id: MembershipId, team: &str, kind: &str) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManageUsers).await?;
    let (row, role) = find(&txn, &access, id).await?;
    require_not_above(caller, role)?;
    if !matches!(kind, "manages" | "sees") || (kind == "manages" && matches!(role, Role::Rep | Role::Viewer)) {
        return Err(ServiceError::field("kind", "people.error.grant_kind"));
    }
    let Some(team) = teams::choose(&txn, &access, "team", team).await? else {
        return Err(ServiceError::field("team", "people.error.choice"));
    };
    let key = (access.org(), row.id, team.id);
    team_access::Entity::delete_by_id(key).exec(&txn).await?;
    let made = team_access::ActiveModel {
        org_id: Set(key.0),
        membership_id: Set(key.1),
        team_id: Set(key.2),
        kind: Set(kind.to_owned()),
    };
    made.insert(&txn).await?;
    let detail = serde_json::json!({ "team": team.id, "kind": kind });
    record(&txn, actor(caller), "user.grant_team", ("user", Some(row.user_id)), detail, state.clock.now()).await?;
    txn.commit().await?;
    Ok(())
}

/// Takes back that a user manages or sees a team.
pub async fn withdraw(state: &AppState, caller: &Caller, id: MembershipId, team: TeamId) -> ServiceResult<()> {
    let (txn, access) = teams::begin(state, caller, Action::ManageUsers).await?;
    let (row, role) = find(&txn, &access, id).await?;
    require_not_above(caller, role)?;
    let gone = team_access::Entity::delete_by_id((access.org(), row.id, team.get())).exec(&txn).await?;
    if gone.rows_affected == 0 {
        return Err(Denied::NotFound.into());
    }
    let detail = serde_json::json!({ "team": team });
    record(&txn, actor(caller), "user.withdraw_team", ("user", Some(row.user_id)), detail, state.clock.now()).await?;
    txn.commit().await?;
    Ok(())
}

/// Makes a link by which a user chooses a new password; gives what the cookie carries to the page that shows it, once.
///
/// Only for users of this organisation alone: who resets a password can sign in, and must not get into another
/// tenant that way. The refusal says nothing about where else the user is.
pub async fn make_reset_link(state: &AppState, caller: &Caller, id: MembershipId) -> ServiceResult<String> {
    let (txn, access) = teams::begin(state, caller, Action::ManageUsers).await?;
    let (row, role) = find(&txn, &access, id).await?;
    require_not_above(caller, role)?;
    if places::is_elsewhere(&txn, access.org(), row.user_id).await? {
        return Err(FieldError::new("", "people.error.reset_elsewhere").into());
    }
    let now = state.clock.now();
    // An older link stops working: only the last one handed over is good.
    reset_link::Entity::delete_many()
        .filter(reset_link::Column::UserId.eq(row.user_id))
        .filter(reset_link::Column::UsedAt.is_null())
        .exec(&txn)
        .await?;
    let token = crate::token::fresh();
    let link = reset_link::ActiveModel {
        token_hash: Set(crate::token::hash(&token)),
        user_id: Set(row.user_id),
        created_at: Set(now.0),
        expires_at: Set(now.0 + RESET_LIFETIME_MS),
        used_at: Set(None),
    };
    link.insert(&txn).await?;
    record(&txn, actor(caller), "user.reset_link", ("user", Some(row.user_id)), serde_json::json!({}), now).await?;
    txn.commit().await?;
    Ok(format!("reset.{token}"))
}

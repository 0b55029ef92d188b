//! Changing one's password, and setting a new one by a link. Either ends sessions: a stolen one dies with the password.

use app::FieldError;
use app::account::api::{Head, Link, ResetView};
use app::caller::Caller;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, IntoActiveModel as _};

use super::guard;
use super::sign_in::{check_new_password, check_password, first_place, link_is_over};
use crate::authz::Denied;
use crate::entity::{reset_link, user_account};
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::organisation::{self, Actor};
use crate::state::AppState;

/// A reset link works for this long.
pub const RESET_LIFETIME_MS: i64 = 24 * 3_600_000;

/// Changes the caller's own password; asks for the old one.
pub async fn change(state: &AppState, caller: &Caller, head: &Head, old: String, new: String) -> ServiceResult<()> {
    let mut remarks = Vec::new();
    if old.is_empty() {
        remarks.push(FieldError::new("old_password", "account.error.password_missing"));
    }
    remarks.extend(check_new_password("new_password", &new, &caller.email).err());
    if !remarks.is_empty() {
        return Err(remarks.into());
    }
    let Some(user) = check_password(state, head, &caller.email, old).await? else {
        return Err(ServiceError::field("old_password", "account.error.password_wrong"));
    };
    let hash = state.passwords.hash(new).await?;
    let now = state.clock.now();
    let txn = crate::db::write_txn(&state.db).await?;
    set_hash(&txn, user.id, hash).await?;
    crate::session::end_all(&txn, user.id, guard::token(head)).await?;
    let actor = Actor { org_id: caller.org_id.get(), user_id: Some(user.id), via: "web" };
    organisation::record(&txn, actor, "user.change_password", ("user", Some(user.id)), serde_json::json!({}), now)
        .await?;
    txn.commit().await?;
    Ok(())
}

/// Whose password a link is for.
pub async fn show(state: &AppState, head: &Head, token: &str) -> ServiceResult<Link<ResetView>> {
    let address = guard::origin(head).address;
    guard::knock(state, &address).await?;
    let Some((link, user)) = find(&state.db, token).await? else {
        guard::failed(state, &address).await?;
        return Err(Denied::NotFound.into());
    };
    Ok(judge(&link, state.clock.now().0, ResetView { name: user.name, email: user.email }))
}

/// Sets a new password by a link, which works once, and ends all sessions.
pub async fn reset(state: &AppState, head: &Head, token: &str, password: String) -> ServiceResult<()> {
    let address = guard::origin(head).address;
    guard::knock(state, &address).await?;
    let Some((_, user)) = find(&state.db, token).await? else {
        guard::failed(state, &address).await?;
        return Err(Denied::NotFound.into());
    };
    check_new_password("password", &password, &user.email)?;
    let hash = state.passwords.hash(password).await?;
    let now = state.clock.now();
    let txn = crate::db::write_txn(&state.db).await?;
    let link = query::link::hold_reset(&txn, token).await?;
    let link = link.ok_or(Denied::NotFound)?;
    if let Some(reason) = judge(&link, now.0, ()).reason() {
        return Err(link_is_over(Some(reason)));
    }
    let mut used = link.into_active_model();
    used.used_at = Set(Some(now.0));
    used.update(&txn).await?;
    set_hash(&txn, user.id, hash).await?;
    crate::session::end_all(&txn, user.id, None).await?;
    if let Some(place) = first_place(&txn, user.id).await? {
        let actor = Actor { org_id: place.org_id, user_id: Some(user.id), via: "web" };
        organisation::record(&txn, actor, "user.reset_password", ("user", Some(user.id)), serde_json::json!({}), now)
            .await?;
    }
    txn.commit().await?;
    guard::succeeded(state, &user.email).await
}

async fn set_hash(db: &impl ConnectionTrait, user: i64, hash: String) -> ServiceResult<()> {
    let change = user_account::ActiveModel { id: Set(user), password_hash: Set(Some(hash)), ..Default::default() };
    change.update(db).await?;
    Ok(())
}

async fn find(
    db: &impl ConnectionTrait,
    token: &str,
) -> ServiceResult<Option<(reset_link::Model, user_account::Model)>> {
    let Some(link) = query::link::reset(db, token).await? else {
        return Ok(None);
    };
    let user = query::user::by_id(db, link.user_id).await?;
    Ok(user.map(|user| (link, user)))
}

fn judge<T>(link: &reset_link::Model, now: i64, view: T) -> Link<T> {
    if link.used_at.is_some() {
        Link::Used
    } else if link.expires_at <= now {
        Link::Expired
    } else {
        Link::Open(view)
    }
}

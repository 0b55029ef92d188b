//! Making and revoking a token.

use app::FieldError;
use app::caller::Caller;
use app::tokens::api::TokenForm;
use domain::ids::TokenId;
use domain::policy::Scope;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _};

use super::{DAY_MS, MAX_DAYS, MAX_LIVING, PREFIX, actor, whose};
use crate::authz::{Access, Denied};
use crate::entity::api_token;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::organisation::record;
use crate::state::AppState;

/// Characters of a token's name.
const NAME: usize = 100;

/// Makes a token; gives its text, of which only the hash is kept.
pub(super) async fn create(state: &AppState, caller: &Caller, form: &TokenForm) -> ServiceResult<String> {
    let txn = crate::db::write_txn(&state.db).await?;
    // One at a time, so that the count below holds.
    query::people::hold(&txn, caller.org_id.get()).await?;
    let access = Access::load(&txn, caller).await?;
    whose(&access)?;
    let (name, days, scopes) = read(form)?;
    let now = state.clock.now();
    if query::token::living(&txn, access.org(), now.0).await? >= MAX_LIVING {
        return Err(FieldError::new("", "tokens.error.too_many").arg("limit", MAX_LIVING).into());
    }
    let text = format!("{PREFIX}{}", crate::token::fresh());
    let scopes = scopes.iter().map(|s| s.code()).collect::<Vec<_>>().join(" ");
    let row = api_token::ActiveModel {
        org_id: Set(access.org()),
        id: Set(crate::id::next()),
        name: Set(name.to_owned()),
        token_hash: Set(crate::token::hash(&text)),
        scopes: Set(scopes.clone()),
        created_by: Set(caller.user_id.get()),
        created_at: Set(now.0),
        expires_at: Set(now.0 + days * DAY_MS),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    let id = row.insert(&txn).await?.id;
    let detail = serde_json::json!({ "name": name, "scopes": scopes, "days": days });
    record(&txn, actor(caller), "token.create", ("api_token", Some(id)), detail, now).await?;
    txn.commit().await?;
    Ok(text)
}

/// What was typed: name, days, scopes.
fn read(form: &TokenForm) -> ServiceResult<(&str, i64, Vec<Scope>)> {
    let mut remarks = Vec::new();
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > NAME || name.chars().any(char::is_control) {
        remarks.push(FieldError::new("name", "tokens.error.name"));
    }
    let days = form.days.trim().parse().ok().filter(|days| (1..=MAX_DAYS).contains(days));
    if days.is_none() {
        remarks.push(FieldError::new("days", "tokens.error.days"));
    }
    let chosen = [form.read_kpi, form.read_facts, form.write_facts];
    let scopes: Vec<Scope> = Scope::ALL.into_iter().zip(chosen).filter(|(_, yes)| *yes).map(|(s, _)| s).collect();
    if scopes.is_empty() {
        remarks.push(FieldError::new("read_kpi", "tokens.error.scope"));
    }
    match days {
        Some(days) if remarks.is_empty() => Ok((name, days, scopes)),
        _ => Err(remarks.into()),
    }
}

/// Ends a token at once.
pub(super) async fn revoke(state: &AppState, caller: &Caller, id: TokenId) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let access = Access::load(&txn, caller).await?;
    let whose = whose(&access)?;
    let row = query::token::hold(&txn, access.org(), id.get()).await?;
    let row = row.filter(|t| whose.is_none_or(|user| t.created_by == user)).ok_or(Denied::NotFound)?;
    if row.revoked_at.is_some() {
        return Err(ServiceError::field("", "tokens.error.over"));
    }
    let now = state.clock.now();
    let detail = serde_json::json!({ "name": row.name });
    let mut update = row.into_active_model();
    update.revoked_at = Set(Some(now.0));
    update.update(&txn).await?;
    record(&txn, actor(caller), "token.revoke", ("api_token", Some(id.get())), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

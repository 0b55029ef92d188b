//! The own account: name, organisations, and the browsers in which one is signed in.

use app::account::api::{AccountView, Head, PlaceRow, SessionRow};
use app::caller::Caller;
use domain::ids::{OrgId, SessionId};
use domain::policy::Role;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::guard;
use crate::authz::Denied;
use crate::entity::{membership, organisation, session, user_account};
use crate::error::{ServiceError, ServiceResult};
use crate::http::session::set_cookie;
use crate::query;
use crate::service::organisation::{Actor, record};
use crate::service::when;
use crate::state::AppState;

/// The own account with its sessions, this browser first.
pub async fn account(state: &AppState, caller: &Caller, head: &Head) -> ServiceResult<AccountView> {
    let here = guard::token(head).map(crate::token::hash);
    let now = state.clock.now().0;
    let zone = when::zone_of(&state.db, caller.org_id.get()).await?;
    let rows = query::user::sessions(&state.db, caller.user_id.get()).await?;
    let mut sessions: Vec<SessionRow> = rows
        .into_iter()
        .filter(|s| s.expires_at > now && s.last_seen_at + crate::session::IDLE_MS > now)
        .map(|s| SessionRow {
            id: SessionId::new(s.id),
            browser: browser(&s.user_agent),
            address: s.address,
            since: when::in_zone(s.created_at, &zone),
            last_seen: when::in_zone(s.last_seen_at, &zone),
            is_this: here.as_deref() == Some(s.token_hash.as_str()),
        })
        .collect();
    sessions.sort_by_key(|s| !s.is_this);
    let places = places_of(&state.db, caller.user_id.get())
        .await?
        .into_iter()
        .map(|(place, org)| PlaceRow {
            id: OrgId::new(org.id),
            name: org.name,
            role: Role::from_code(&place.role).unwrap_or(Role::Viewer),
            is_current: org.id == caller.org_id.get(),
        })
        .collect();
    Ok(AccountView { name: caller.name.clone(), email: caller.email.clone(), sessions, places })
}

/// The organisations in which a user has a place, by name.
async fn places_of(
    db: &impl ConnectionTrait,
    user: i64,
) -> ServiceResult<Vec<(membership::Model, organisation::Model)>> {
    let places = query::membership::all_living_of_user(db, user).await?;
    let orgs = query::organisation::some(db, places.iter().map(|p| p.org_id)).await?;
    let mut pairs: Vec<_> =
        places.into_iter().filter_map(|p| orgs.iter().find(|o| o.id == p.org_id).cloned().map(|o| (p, o))).collect();
    pairs.sort_by_key(|(_, o)| (o.name.to_lowercase(), o.id));
    Ok(pairs)
}

/// Changes the own name.
pub async fn rename(state: &AppState, caller: &Caller, name: &str) -> ServiceResult<()> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(ServiceError::field("name", "account.error.name"));
    }
    let now = state.clock.now();
    let txn = crate::db::write_txn(&state.db).await?;
    let change =
        user_account::ActiveModel { id: Set(caller.user_id.get()), name: Set(name.to_owned()), ..Default::default() };
    change.update(&txn).await?;
    let detail = serde_json::json!({ "name": name });
    record(&txn, actor(caller), "user.rename", ("user", Some(caller.user_id.get())), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

/// Ends one of the own sessions.
pub async fn end_one(state: &AppState, caller: &Caller, id: SessionId) -> ServiceResult<()> {
    let now = state.clock.now();
    let txn = crate::db::write_txn(&state.db).await?;
    let ended = session::Entity::delete_many()
        .filter(session::Column::UserId.eq(caller.user_id.get()))
        .filter(session::Column::Id.eq(id.get()))
        .exec(&txn)
        .await?;
    if ended.rows_affected == 0 {
        return Err(Denied::NotFound.into());
    }
    record(&txn, actor(caller), "session.end", ("session", Some(id.get())), serde_json::json!({}), now).await?;
    txn.commit().await?;
    Ok(())
}

/// Ends all own sessions; gives the cookie that forgets this one.
pub async fn end_all(state: &AppState, caller: &Caller) -> ServiceResult<String> {
    let now = state.clock.now();
    let txn = crate::db::write_txn(&state.db).await?;
    let ended = crate::session::end_all(&txn, caller.user_id.get(), None).await?;
    let detail = serde_json::json!({ "sessions": ended });
    record(&txn, actor(caller), "session.end_all", ("user", Some(caller.user_id.get())), detail, now).await?;
    txn.commit().await?;
    Ok(set_cookie("", state.serve.is_tls()))
}

/// Goes on working in another of the own organisations.
pub async fn switch(state: &AppState, caller: &Caller, head: &Head, org: OrgId) -> ServiceResult<()> {
    let place = query::membership::living_of_user(&state.db, Some(org.get()), caller.user_id.get()).await?;
    let (Some(_), Some(token)) = (place, guard::token(head)) else {
        return Err(Denied::NotFound.into());
    };
    session::Entity::update_many()
        .col_expr(session::Column::OrgId, sea_orm::sea_query::Expr::value(org.get()))
        .filter(session::Column::TokenHash.eq(crate::token::hash(token)))
        .exec(&state.db)
        .await?;
    Ok(())
}

fn actor(caller: &Caller) -> Actor<'static> {
    Actor { org_id: caller.org_id.get(), user_id: Some(caller.user_id.get()), via: "web" }
}

/// A browser's name and system, as far as it tells; what it says itself otherwise, shortened.
fn browser(agent: &str) -> String {
    let pick = |known: &[(&str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, n)| *n);
    // The order matters: Edge and Opera also call themselves Chrome, Chrome also Safari.
    let name = pick(&[
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = pick(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (name, system) {
        (Some(name), Some(system)) => format!("{name}, {system}"),
        (Some(name), None) => name.to_owned(),
        _ => agent.chars().take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn browsers_are_named_shortly() {
        let chrome =
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        assert_eq!(super::browser(chrome), "Chrome, Linux");
        assert_eq!(super::browser("curl/8.5"), "curl/8.5");
    }
}

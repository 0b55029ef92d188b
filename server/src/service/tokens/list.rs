//! The page of tokens.

use app::caller::Caller;
use app::tokens::api::{FreshToken, TokenRow, TokenState, TokensPage};
use domain::ids::TokenId;

use super::whose;
use crate::authz::Access;
use crate::entity::api_token;
use crate::error::ServiceResult;
use crate::query;
use crate::service::when;
use crate::state::AppState;

/// Tokens that are listed; those that work come first.
const SHOWN: u64 = 200;

/// The tokens that the caller may revoke, and the one that was just made.
pub(super) async fn list(state: &AppState, caller: &Caller, fresh: Option<String>) -> ServiceResult<TokensPage> {
    let access = Access::load(&state.db, caller).await?;
    let whose = whose(&access)?;
    let zone = when::zone_of(&state.db, access.org()).await?;
    let rows = query::token::list(&state.db, access.org(), whose, SHOWN).await?;
    let users = query::user::some(&state.db, rows.iter().map(|t| t.created_by)).await?;
    let members = query::people::memberships(&state.db, access.org()).await?;
    let works = |user: i64| {
        users.get(&user).is_some_and(|u| u.disabled_at.is_none())
            && members.iter().any(|m| m.user_id == user && m.disabled_at.is_none())
    };
    let now = state.clock.now().0;
    let mut tokens: Vec<TokenRow> = rows
        .iter()
        .map(|t| TokenRow {
            id: TokenId::new(t.id),
            name: t.name.clone(),
            scopes: t.scopes.split(' ').map(str::to_owned).collect(),
            creator: users.get(&t.created_by).map(|u| u.name.clone()).unwrap_or_default(),
            created: when::in_zone(t.created_at, &zone),
            until: when::last_day(t.expires_at, &zone),
            last_used: t.last_used_at.map(|ms| when::in_zone(ms, &zone)),
            state: match t {
                t if t.revoked_at.is_some() => TokenState::Revoked,
                t if t.expires_at <= now => TokenState::Expired,
                t if !works(t.created_by) => TokenState::CreatorGone,
                _ => TokenState::Live,
            },
        })
        .collect();
    tokens.sort_by_key(|t| t.state != TokenState::Live);
    let fresh = match fresh {
        Some(text) => query::token::by_hash(&state.db, &crate::token::hash(&text))
            .await?
            .filter(|t| is_own(t, caller))
            .map(|t| FreshToken { name: t.name, until: when::last_day(t.expires_at, &zone), text }),
        None => None,
    };
    Ok(TokensPage { tokens, everybody: whose.is_none(), fresh })
}

/// Whether the caller made a token, here.
fn is_own(token: &api_token::Model, caller: &Caller) -> bool {
    token.org_id == caller.org_id.get() && token.created_by == caller.user_id.get() && token.revoked_at.is_none()
}

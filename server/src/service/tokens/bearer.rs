//! From the text of a token to the caller behind it.

use app::caller::Caller;
use domain::policy::Scope;

use super::PREFIX;
use crate::authz::Denied;
use crate::error::ServiceResult;
use crate::query;
use crate::service::account::caller_in;
use crate::state::AppState;

/// How stale `last_used_at` may get: spares a write per request.
const TOUCH_AFTER_MS: i64 = 60_000;
/// Characters of a token behind its beginning: 256 bits in base 64.
const LENGTH: usize = 43;

/// A program that calls, with the person whose reach it has.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// The token.
    pub token_id: i64,
    /// What the token is for, in its creator's words.
    pub name: String,
    /// Its creator, as they are now.
    pub caller: Caller,
    /// What the token may be used for.
    pub scopes: Vec<Scope>,
}

impl Bearer {
    /// Lets only a token through that may be used so.
    ///
    /// # Errors
    /// Forbidden without the scope.
    pub fn require(&self, scope: Scope) -> Result<(), Denied> {
        if self.scopes.contains(&scope) { Ok(()) } else { Err(Denied::Forbidden) }
    }
}

/// The bearer of a token, marked as used; none if it is not known, has ended, or its creator has no access any more.
/// It is found by the hash of its text, so that the time it takes tells nothing about its characters.
///
/// # Errors
/// When the database refuses.
pub async fn bearer(state: &AppState, text: &str) -> ServiceResult<Option<Bearer>> {
    let secret = text.strip_prefix(PREFIX).filter(|s| s.len() == LENGTH);
    let Some(_) = secret else {
        return Ok(None);
    };
    let now = state.clock.now().0;
    let found = query::token::by_hash(&state.db, &crate::token::hash(text)).await?;
    let Some(token) = found.filter(|t| t.revoked_at.is_none() && t.expires_at > now) else {
        return Ok(None);
    };
    let Some(caller) = caller_in(state, Some(token.org_id), token.created_by).await? else {
        return Ok(None);
    };
    if token.last_used_at.is_none_or(|last| last + TOUCH_AFTER_MS <= now) {
        let touched = query::token::touch(&state.db, token.org_id, token.id, now).await;
        // While somebody else writes, the next request marks it: one that only reads is not refused for this.
        if let Err(error) = touched
            && !crate::db::is_unavailable(&error)
        {
            return Err(error.into());
        }
    }
    let scopes = token.scopes.split(' ').filter_map(Scope::from_code).collect();
    Ok(Some(Bearer { token_id: token.id, name: token.name, caller, scopes }))
}

//! Server-side sessions: a random token in a cookie, its hash in the database. A session can be revoked at once,
//! which a self-contained token cannot.

use domain::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait as _, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait as _, QueryFilter};

use crate::entity::session;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// A session unused for this long has ended.
pub const IDLE_MS: i64 = 7 * DAY;
/// A session this old has ended, used or not.
pub const ABSOLUTE_MS: i64 = 30 * DAY;
/// How stale `last_seen_at` may get: spares a write per request.
const TOUCH_AFTER_MS: i64 = 5 * MINUTE;

/// Where a request came from, as shown in the list of sessions.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// Address of the browser.
    pub address: String,
    /// What the browser calls itself.
    pub user_agent: String,
}

/// Starts a session and returns the token for the cookie. An older session of the same browser is ended, so that a
/// token known before signing in is worth nothing after it.
///
/// # Errors
/// When the database refuses.
pub async fn start(
    db: &impl ConnectionTrait,
    user_id: i64,
    org_id: Option<i64>,
    origin: &Origin,
    earlier_token: Option<&str>,
    now: Timestamp,
) -> Result<String, DbErr> {
    if let Some(earlier) = earlier_token {
        session::Entity::delete_by_id(crate::token::hash(earlier)).exec(db).await?;
    }
    let token = crate::token::fresh();
    session::ActiveModel {
        token_hash: Set(crate::token::hash(&token)),
        id: Set(crate::id::next()),
        user_id: Set(user_id),
        org_id: Set(org_id),
        created_at: Set(now.0),
        last_seen_at: Set(now.0),
        expires_at: Set(now.0 + ABSOLUTE_MS),
        user_agent: Set(origin.user_agent.chars().take(200).collect()),
        address: Set(origin.address.chars().take(64).collect()),
    }
    .insert(db)
    .await?;
    Ok(token)
}

/// The live session behind a token, marked as used.
///
/// # Errors
/// When the database refuses.
pub async fn find(db: &impl ConnectionTrait, token: &str, now: Timestamp) -> Result<Option<session::Model>, DbErr> {
    let Some(found) = session::Entity::find_by_id(crate::token::hash(token)).one(db).await? else {
        return Ok(None);
    };
    if found.expires_at <= now.0 || found.last_seen_at + IDLE_MS <= now.0 {
        session::Entity::delete_by_id(found.token_hash.clone()).exec(db).await?;
        return Ok(None);
    }
    if found.last_seen_at + TOUCH_AFTER_MS <= now.0 {
        let touched = session::Entity::update_many()
            .col_expr(session::Column::LastSeenAt, sea_orm::sea_query::Expr::value(now.0))
            .filter(session::Column::TokenHash.eq(&found.token_hash))
            .exec(db)
            .await;
        // While somebody else writes, the next request marks it: a page that only reads is not refused for this.
        if let Err(error) = touched
            && !crate::db::is_unavailable(&error)
        {
            return Err(error);
        }
    }
    Ok(Some(found))
}

/// Ends the session behind a token.
///
/// # Errors
/// When the database refuses.
pub async fn end(db: &impl ConnectionTrait, token: &str) -> Result<(), DbErr> {
    session::Entity::delete_by_id(crate::token::hash(token)).exec(db).await?;
    Ok(())
}

/// Ends all sessions of a user, except the one behind `keep`.
///
/// # Errors
/// When the database refuses.
pub async fn end_all(db: &impl ConnectionTrait, user_id: i64, keep: Option<&str>) -> Result<u64, DbErr> {
    let mut delete = session::Entity::delete_many().filter(session::Column::UserId.eq(user_id));
    if let Some(token) = keep {
        delete = delete.filter(session::Column::TokenHash.ne(crate::token::hash(token)));
    }
    Ok(delete.exec(db).await?.rows_affected)
}

/// Removes sessions whose time is over.
///
/// # Errors
/// When the database refuses.
pub async fn sweep(db: &impl ConnectionTrait, now: Timestamp) -> Result<u64, DbErr> {
    let over = session::Column::ExpiresAt.lte(now.0).or(session::Column::LastSeenAt.lte(now.0 - IDLE_MS));
    Ok(session::Entity::delete_many().filter(over).exec(db).await?.rows_affected)
}

//! Reads and marks API tokens, and keeps the keys of requests that must not be carried out twice.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::entity::{api_token, idempotency_key};

/// The token of a hash, whichever the organisation: whoever holds it is known by nothing else.
///
/// # Errors
/// When the database refuses.
pub async fn by_hash(db: &impl ConnectionTrait, hash: &str) -> Result<Option<api_token::Model>, DbErr> {
    api_token::Entity::find().filter(api_token::Column::TokenHash.eq(hash)).one(db).await
}

/// A token of an organisation, held until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn hold(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<api_token::Model>, DbErr> {
    api_token::Entity::find_by_id((org, id)).lock_exclusive().one(db).await
}

/// The tokens of an organisation, or those that one user made, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn list(
    db: &impl ConnectionTrait,
    org: i64,
    user: Option<i64>,
    limit: u64,
) -> Result<Vec<api_token::Model>, DbErr> {
    let mut select = api_token::Entity::find().filter(api_token::Column::OrgId.eq(org));
    if let Some(user) = user {
        select = select.filter(api_token::Column::CreatedBy.eq(user));
    }
    // Those that still work come first, so that a long history hides none of them.
    select
        .order_by_asc(api_token::Column::RevokedAt.is_not_null())
        .order_by_desc(api_token::Column::ExpiresAt)
        .order_by_desc(api_token::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// How many tokens of an organisation work at a moment.
///
/// # Errors
/// When the database refuses.
pub async fn living(db: &impl ConnectionTrait, org: i64, now: i64) -> Result<u64, DbErr> {
    api_token::Entity::find()
        .filter(api_token::Column::OrgId.eq(org))
        .filter(api_token::Column::RevokedAt.is_null())
        .filter(api_token::Column::ExpiresAt.gt(now))
        .count(db)
        .await
}

/// Notes that a token was used.
///
/// # Errors
/// When the database refuses.
pub async fn touch(db: &impl ConnectionTrait, org: i64, id: i64, now: i64) -> Result<(), DbErr> {
    api_token::Entity::update_many()
        .col_expr(api_token::Column::LastUsedAt, Expr::value(now))
        .filter(api_token::Column::OrgId.eq(org))
        .filter(api_token::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The primary key of a request: organisation, token, key.
pub type RequestKey = (i64, i64, String);

/// Takes a key for a request; false when it is taken already.
///
/// # Errors
/// When the database refuses.
pub async fn take_key(db: &impl ConnectionTrait, row: idempotency_key::ActiveModel) -> Result<bool, DbErr> {
    use idempotency_key::Column;
    let free = OnConflict::columns([Column::OrgId, Column::TokenId, Column::Key]).do_nothing().to_owned();
    Ok(idempotency_key::Entity::insert(row).on_conflict(free).exec_without_returning(db).await? > 0)
}

/// What is known of a key.
///
/// # Errors
/// When the database refuses.
pub async fn key(db: &impl ConnectionTrait, key: RequestKey) -> Result<Option<idempotency_key::Model>, DbErr> {
    idempotency_key::Entity::find_by_id(key).one(db).await
}

/// Takes over a key whose work was cut off; false when somebody else did so first.
///
/// # Errors
/// When the database refuses.
pub async fn take_over(
    db: &impl ConnectionTrait,
    cut_off: &idempotency_key::Model,
    import_id: Option<i64>,
    now: i64,
) -> Result<bool, DbErr> {
    use idempotency_key::Column;
    let done = idempotency_key::Entity::update_many()
        .col_expr(Column::StartedAt, Expr::value(now))
        .col_expr(Column::ImportId, Expr::value(import_id))
        .filter(Column::OrgId.eq(cut_off.org_id))
        .filter(Column::TokenId.eq(cut_off.token_id))
        .filter(Column::Key.eq(cut_off.key.as_str()))
        .filter(Column::StartedAt.eq(cut_off.started_at))
        .filter(Column::Status.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Keeps the answer of a request.
///
/// # Errors
/// When the database refuses.
pub async fn keep_answer(db: &impl ConnectionTrait, key: &RequestKey, status: u16, body: &str) -> Result<(), DbErr> {
    use idempotency_key::Column;
    idempotency_key::Entity::update_many()
        .col_expr(Column::Status, Expr::value(i32::from(status)))
        .col_expr(Column::Body, Expr::value(body))
        .filter(Column::OrgId.eq(key.0))
        .filter(Column::TokenId.eq(key.1))
        .filter(Column::Key.eq(key.2.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Gives a key back whose request could not be carried out: it may be tried again.
///
/// # Errors
/// When the database refuses.
pub async fn give_back(db: &impl ConnectionTrait, key: RequestKey) -> Result<(), DbErr> {
    idempotency_key::Entity::delete_by_id(key).exec(db).await?;
    Ok(())
}

/// Removes the keys made before a moment; gives their number.
///
/// # Errors
/// When the database refuses.
pub async fn sweep_keys(db: &impl ConnectionTrait, before: i64) -> Result<u64, DbErr> {
    let old = idempotency_key::Column::CreatedAt.lt(before);
    Ok(idempotency_key::Entity::delete_many().filter(old).exec(db).await?.rows_affected)
}

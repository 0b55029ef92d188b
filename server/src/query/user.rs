//! Reads users and their sessions. A user is nobody's: they may work in several organisations.

use std::collections::BTreeMap;

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use crate::entity::{session, user_account};

/// One user.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, id: i64) -> Result<Option<user_account::Model>, DbErr> {
    user_account::Entity::find_by_id(id).one(db).await
}

/// The user of an e-mail address.
///
/// # Errors
/// When the database refuses.
pub async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<user_account::Model>, DbErr> {
    user_account::Entity::find().filter(user_account::Column::Email.eq(email)).one(db).await
}

/// Some users, by id.
///
/// # Errors
/// When the database refuses.
pub async fn some(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, user_account::Model>, DbErr> {
    let found = user_account::Entity::find().filter(user_account::Column::Id.is_in(ids)).all(db).await?;
    Ok(found.into_iter().map(|u| (u.id, u)).collect())
}

/// Whether there is any user at all.
///
/// # Errors
/// When the database refuses.
pub async fn any(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    Ok(user_account::Entity::find().count(db).await? > 0)
}

/// The sessions of a user, the last used first.
///
/// # Errors
/// When the database refuses.
pub async fn sessions(db: &impl ConnectionTrait, user: i64) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .order_by_desc(session::Column::LastSeenAt)
        .all(db)
        .await
}

/// The sessions in which some users work in an organisation.
///
/// # Errors
/// When the database refuses.
pub async fn sessions_in(
    db: &impl ConnectionTrait,
    org: i64,
    users: impl IntoIterator<Item = i64>,
) -> Result<Vec<session::Model>, DbErr> {
    session::Entity::find()
        .filter(session::Column::UserId.is_in(users))
        .filter(session::Column::OrgId.eq(org))
        .all(db)
        .await
}

//! Reads invitations and links for a new password. Whoever holds a link is known by nothing else.

use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::{invitation, reset_link};

/// The invitation of a link.
///
/// # Errors
/// When the database refuses.
pub async fn invitation(db: &impl ConnectionTrait, token: &str) -> Result<Option<invitation::Model>, DbErr> {
    invitation::Entity::find().filter(invitation::Column::TokenHash.eq(crate::token::hash(token))).one(db).await
}

/// The invitation of a link, held until the transaction ends: it is used once.
///
/// # Errors
/// When the database refuses.
pub async fn hold_invitation(db: &impl ConnectionTrait, token: &str) -> Result<Option<invitation::Model>, DbErr> {
    invitation::Entity::find()
        .filter(invitation::Column::TokenHash.eq(crate::token::hash(token)))
        .lock_exclusive()
        .one(db)
        .await
}

/// An organisation's invitation, held until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn hold_invitation_of(
    db: &impl ConnectionTrait,
    org: i64,
    id: i64,
) -> Result<Option<invitation::Model>, DbErr> {
    invitation::Entity::find_by_id((org, id)).lock_exclusive().one(db).await
}

/// An organisation's invitation of a link.
///
/// # Errors
/// When the database refuses.
pub async fn invitation_of(
    db: &impl ConnectionTrait,
    org: i64,
    token: &str,
) -> Result<Option<invitation::Model>, DbErr> {
    invitation::Entity::find()
        .filter(invitation::Column::OrgId.eq(org))
        .filter(invitation::Column::TokenHash.eq(crate::token::hash(token)))
        .one(db)
        .await
}

/// An organisation's invitations that were neither used nor withdrawn, the newest first.
///
/// # Errors
/// When the database refuses.
pub async fn open_invitations(db: &impl ConnectionTrait, org: i64) -> Result<Vec<invitation::Model>, DbErr> {
    invitation::Entity::find()
        .filter(invitation::Column::OrgId.eq(org))
        .filter(invitation::Column::UsedAt.is_null())
        .filter(invitation::Column::RevokedAt.is_null())
        .order_by_desc(invitation::Column::Id)
        .all(db)
        .await
}

/// The reset of a link.
///
/// # Errors
/// When the database refuses.
pub async fn reset(db: &impl ConnectionTrait, token: &str) -> Result<Option<reset_link::Model>, DbErr> {
    reset_link::Entity::find_by_id(crate::token::hash(token)).one(db).await
}

/// The reset of a link, held until the transaction ends: it is used once.
///
/// # Errors
/// When the database refuses.
pub async fn hold_reset(db: &impl ConnectionTrait, token: &str) -> Result<Option<reset_link::Model>, DbErr> {
    reset_link::Entity::find_by_id(crate::token::hash(token)).lock_exclusive().one(db).await
}

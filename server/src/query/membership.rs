//! Reads which users have a place in which organisation.

use domain::policy::Role;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    Select,
};

use crate::entity::membership;

fn living() -> Select<membership::Entity> {
    membership::Entity::find().filter(membership::Column::DisabledAt.is_null())
}

/// One membership.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<membership::Model>, DbErr> {
    membership::Entity::find_by_id((org, id)).one(db).await
}

/// The membership of a user, disabled or not.
///
/// # Errors
/// When the database refuses.
pub async fn of_user(db: &impl ConnectionTrait, org: i64, user: i64) -> Result<Option<membership::Model>, DbErr> {
    membership::Entity::find()
        .filter(membership::Column::OrgId.eq(org))
        .filter(membership::Column::UserId.eq(user))
        .one(db)
        .await
}

/// The membership of the user that a person is, disabled or not.
///
/// # Errors
/// When the database refuses.
pub async fn of_person(db: &impl ConnectionTrait, org: i64, person: i64) -> Result<Option<membership::Model>, DbErr> {
    membership::Entity::find()
        .filter(membership::Column::OrgId.eq(org))
        .filter(membership::Column::PersonId.eq(person))
        .one(db)
        .await
}

/// Where a user works: in this organisation, or else in the first they joined.
///
/// # Errors
/// When the database refuses.
pub async fn living_of_user(
    db: &impl ConnectionTrait,
    org: Option<i64>,
    user: i64,
) -> Result<Option<membership::Model>, DbErr> {
    let mut select = living().filter(membership::Column::UserId.eq(user)).order_by_asc(membership::Column::CreatedAt);
    if let Some(org) = org {
        select = select.filter(membership::Column::OrgId.eq(org));
    }
    select.one(db).await
}

/// All places of a user, whichever the organisation.
///
/// # Errors
/// When the database refuses.
pub async fn all_living_of_user(db: &impl ConnectionTrait, user: i64) -> Result<Vec<membership::Model>, DbErr> {
    living().filter(membership::Column::UserId.eq(user)).all(db).await
}

/// How many owners an organisation has beside this one.
///
/// # Errors
/// When the database refuses.
pub async fn other_owners(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<u64, DbErr> {
    living()
        .filter(membership::Column::OrgId.eq(org))
        .filter(membership::Column::Role.eq(Role::Owner.code()))
        .filter(membership::Column::Id.ne(id))
        .count(db)
        .await
}

/// Whether a user has a place in an organisation other than this one.
///
/// # Errors
/// When the database refuses.
pub async fn is_elsewhere(db: &impl ConnectionTrait, org: i64, user: i64) -> Result<bool, DbErr> {
    let elsewhere = membership::Entity::find()
        .filter(membership::Column::UserId.eq(user))
        .filter(membership::Column::OrgId.ne(org))
        .count(db)
        .await?;
    Ok(elsewhere > 0)
}

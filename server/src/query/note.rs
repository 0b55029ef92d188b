//! Reads and writes notes.

use std::collections::BTreeMap;

use domain::{Period, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::entity::{membership, note, user_account};

/// Notes on some people that speak of days of a period, newest first, without the replies.
///
/// # Errors
/// When the database refuses.
pub async fn on_people(
    db: &impl ConnectionTrait,
    org_id: i64,
    people: &[i64],
    period: Period,
) -> Result<Vec<note::Model>, DbErr> {
    note::Entity::find()
        .filter(note::Column::OrgId.eq(org_id))
        .filter(note::Column::PersonId.is_in(people.iter().copied()))
        .filter(note::Column::ReplyTo.is_null())
        .filter(note::Column::FromDay.lt(period.to().day_number()))
        .filter(note::Column::ToDay.gt(period.from().day_number()))
        .order_by_desc(note::Column::CreatedAt)
        .order_by_desc(note::Column::Id)
        .all(db)
        .await
}

/// The replies to some notes, oldest first.
///
/// # Errors
/// When the database refuses.
pub async fn replies_to(db: &impl ConnectionTrait, org_id: i64, notes: &[i64]) -> Result<Vec<note::Model>, DbErr> {
    if notes.is_empty() {
        return Ok(Vec::new());
    }
    note::Entity::find()
        .filter(note::Column::OrgId.eq(org_id))
        .filter(note::Column::ReplyTo.is_in(notes.iter().copied()))
        .order_by_asc(note::Column::CreatedAt)
        .order_by_asc(note::Column::Id)
        .all(db)
        .await
}

/// One note.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org_id: i64, id: i64) -> Result<Option<note::Model>, DbErr> {
    note::Entity::find_by_id((org_id, id)).one(db).await
}

/// Writes a new note.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl ConnectionTrait, row: note::ActiveModel) -> Result<note::Model, DbErr> {
    row.insert(db).await
}

/// Takes the words of a note away; that it was there stays.
///
/// # Errors
/// When the database refuses.
pub async fn withdraw(db: &impl ConnectionTrait, org_id: i64, id: i64, now: Timestamp) -> Result<(), DbErr> {
    note::Entity::update_many()
        .set(note::ActiveModel {
            evidence: Set(String::new()),
            rubric: Set(None),
            snapshot: Set(None),
            withdrawn_at: Set(Some(now.0)),
            updated_at: Set(now.0),
            ..Default::default()
        })
        .filter(note::Column::OrgId.eq(org_id))
        .filter(note::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Names of users, by id.
///
/// # Errors
/// When the database refuses.
pub async fn user_names(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = i64>,
) -> Result<BTreeMap<i64, String>, DbErr> {
    let ids: Vec<i64> = ids.into_iter().collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let users = user_account::Entity::find().filter(user_account::Column::Id.is_in(ids)).all(db).await?;
    Ok(users.into_iter().map(|u| (u.id, u.name)).collect())
}

/// The user that a person is, if they sign in.
///
/// # Errors
/// When the database refuses.
pub async fn user_of_person(db: &impl ConnectionTrait, org_id: i64, person: i64) -> Result<Option<i64>, DbErr> {
    let row = membership::Entity::find()
        .filter(membership::Column::OrgId.eq(org_id))
        .filter(membership::Column::PersonId.eq(person))
        .filter(membership::Column::DisabledAt.is_null())
        .one(db)
        .await?;
    Ok(row.map(|m| m.user_id))
}

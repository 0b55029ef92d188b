//! Reads and writes people, places, teams and users of one organisation.

use domain::roster::Stay;
use domain::{Date, PersonId, TeamId, Timestamp};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _,
    PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};

use crate::entity::{deal_credit, membership, organisation, person, session, team, team_access, team_membership};

/// Holds the organisation for the rest of the transaction, so that two changes of its people come one after the other.
/// SQLite needs no more than its one writer.
///
/// # Errors
/// When the database refuses.
pub async fn hold(db: &impl ConnectionTrait, org: i64) -> Result<(), DbErr> {
    organisation::Entity::find_by_id(org).lock_exclusive().one(db).await?;
    Ok(())
}

/// Says that figures may have changed: a place decides to which team a fact belongs.
///
/// # Errors
/// When the database refuses.
pub async fn bump_data_version(db: &impl ConnectionTrait, org: i64) -> Result<(), DbErr> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::DataVersion, Expr::col(organisation::Column::DataVersion).add(1))
        .filter(organisation::Column::Id.eq(org))
        .exec(db)
        .await?;
    Ok(())
}

/// How names are sorted: without case, the same on both databases.
pub fn sort_key(name: &str) -> String {
    name.to_lowercase()
}

/// All people of an organisation, by name.
///
/// # Errors
/// When the database refuses.
pub async fn people(db: &impl ConnectionTrait, org: i64) -> Result<Vec<person::Model>, DbErr> {
    let mut all = person::Entity::find().filter(person::Column::OrgId.eq(org)).all(db).await?;
    all.sort_by_cached_key(|p| (sort_key(&p.name), p.id));
    Ok(all)
}

/// All places of an organisation.
///
/// # Errors
/// When the database refuses.
pub async fn places(db: &impl ConnectionTrait, org: i64) -> Result<Vec<team_membership::Model>, DbErr> {
    team_membership::Entity::find().filter(team_membership::Column::OrgId.eq(org)).all(db).await
}

/// A stored place as the domain sees it.
pub fn stay_of(row: &team_membership::Model) -> Stay {
    Stay {
        team: row.team_id.map(TeamId::new),
        manager: row.manager_id.map(PersonId::new),
        from: row.from_day.and_then(Date::from_day_number),
        to: row.to_day.and_then(Date::from_day_number),
    }
}

/// A key that no person of the organisation has yet, made from a name.
///
/// # Errors
/// When the database refuses.
pub async fn free_key(db: &impl ConnectionTrait, org: i64, name: &str) -> Result<String, DbErr> {
    let mut key = name.to_owned();
    let mut n = 2;
    while person_by_key(db, org, &key).await?.is_some() {
        key = format!("{name} ({n})");
        n += 1;
    }
    Ok(key)
}

/// One person.
///
/// # Errors
/// When the database refuses.
pub async fn person(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find_by_id((org, id)).one(db).await
}

/// The person with an e-mail address.
///
/// # Errors
/// When the database refuses.
pub async fn person_by_email(db: &impl ConnectionTrait, org: i64, email: &str) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find().filter(person::Column::OrgId.eq(org)).filter(person::Column::Email.eq(email)).one(db).await
}

/// The places of one person.
///
/// # Errors
/// When the database refuses.
pub async fn places_of(db: &impl ConnectionTrait, org: i64, person: i64) -> Result<Vec<team_membership::Model>, DbErr> {
    team_membership::Entity::find()
        .filter(team_membership::Column::OrgId.eq(org))
        .filter(team_membership::Column::PersonId.eq(person))
        .all(db)
        .await
}

/// The person with a key.
///
/// # Errors
/// When the database refuses.
pub async fn person_by_key(db: &impl ConnectionTrait, org: i64, key: &str) -> Result<Option<person::Model>, DbErr> {
    person::Entity::find().filter(person::Column::OrgId.eq(org)).filter(person::Column::Key.eq(key)).one(db).await
}

/// Adds a person.
///
/// # Errors
/// When the key is taken, or the database refuses.
pub async fn insert_person(
    db: &impl ConnectionTrait,
    org: i64,
    name: &str,
    key: &str,
    email: Option<&str>,
    now: Timestamp,
) -> Result<person::Model, DbErr> {
    person::ActiveModel {
        org_id: Set(org),
        id: Set(crate::id::next()),
        key: Set(key.to_owned()),
        name: Set(name.to_owned()),
        email: Set(email.map(str::to_owned)),
        import_id: Set(None),
        created_at: Set(now.0),
        updated_at: Set(now.0),
    }
    .insert(db)
    .await
}

/// Adds a place: team and manager, first day and day after the last.
///
/// # Errors
/// When the database refuses.
pub async fn insert_place(
    db: &impl ConnectionTrait,
    org: i64,
    person: i64,
    (team, manager): (Option<i64>, Option<i64>),
    (from, to): (Option<i32>, Option<i32>),
) -> Result<team_membership::Model, DbErr> {
    team_membership::ActiveModel {
        org_id: Set(org),
        id: Set(crate::id::next()),
        person_id: Set(person),
        team_id: Set(team),
        manager_id: Set(manager),
        from_day: Set(from),
        to_day: Set(to),
        import_id: Set(None),
    }
    .insert(db)
    .await
}

/// How many deals carry a person's name.
///
/// # Errors
/// When the database refuses.
pub async fn deals_of(db: &impl ConnectionTrait, org: i64, person: i64) -> Result<u64, DbErr> {
    deal_credit::Entity::find()
        .filter(deal_credit::Column::OrgId.eq(org))
        .filter(deal_credit::Column::PersonId.eq(person))
        .count(db)
        .await
}

/// The memberships (users) of an organisation.
///
/// # Errors
/// When the database refuses.
pub async fn memberships(db: &impl ConnectionTrait, org: i64) -> Result<Vec<membership::Model>, DbErr> {
    membership::Entity::find().filter(membership::Column::OrgId.eq(org)).all(db).await
}

/// Which user manages or sees which team.
///
/// # Errors
/// When the database refuses.
pub async fn accesses(db: &impl ConnectionTrait, org: i64) -> Result<Vec<team_access::Model>, DbErr> {
    team_access::Entity::find().filter(team_access::Column::OrgId.eq(org)).all(db).await
}

/// All teams of an organisation; archived ones too.
///
/// # Errors
/// When the database refuses.
pub async fn teams(db: &impl ConnectionTrait, org: i64) -> Result<Vec<team::Model>, DbErr> {
    team::Entity::find().filter(team::Column::OrgId.eq(org)).all(db).await
}

/// How many teams that are not archived stand directly below one.
///
/// # Errors
/// When the database refuses.
pub async fn living_teams_below(db: &impl ConnectionTrait, org: i64, parent: i64) -> Result<u64, DbErr> {
    team::Entity::find()
        .filter(team::Column::OrgId.eq(org))
        .filter(team::Column::ParentId.eq(parent))
        .filter(team::Column::ArchivedAt.is_null())
        .count(db)
        .await
}

/// A team of the organisation; archived ones too.
///
/// # Errors
/// When the database refuses.
pub async fn team(db: &impl ConnectionTrait, org: i64, id: i64) -> Result<Option<team::Model>, DbErr> {
    team::Entity::find_by_id((org, id)).one(db).await
}

/// Ends the sessions in which a user works in an organisation.
///
/// # Errors
/// When the database refuses.
pub async fn end_sessions_in(db: &impl ConnectionTrait, org: i64, user: i64) -> Result<u64, DbErr> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::OrgId.eq(org).or(session::Column::OrgId.is_null()))
        .exec(db)
        .await?;
    Ok(ended.rows_affected)
}

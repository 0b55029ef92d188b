//! Takes back what an import did to people and their places.

use std::collections::{HashMap, HashSet};

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _,
    IntoActiveModel as _, QueryFilter as _,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Context, Timeline, close_gaps};
use crate::entity::{fact_change, person, team_membership};
use crate::import::store::change;

/// What people are called in the history of changes.
pub const PERSON: &str = "person";
/// What places are called in the history of changes.
pub const PLACE: &str = "team_membership";

/// Changes that are handled at a time.
const BATCH: u64 = 500;

/// Places that the import changed become what they were, those it created are removed; those that were changed since stay
/// as they are. People get back the address they had. Answers how many were restored and removed; people are removed by
/// whoever knows what else names them.
pub async fn take_back(
    db: &impl ConnectionTrait,
    ctx: &Context,
    import_id: i64,
    user_id: Option<i64>,
) -> Result<(u64, u64), DbErr> {
    let mut moved = HashSet::new();
    let mut restored = 0;
    for (kept, before) in changed(db, ctx, PLACE, import_id).await? {
        let place: team_membership::Model = read(before)?;
        moved.insert(place.person_id);
        change::before_undo(db, ctx, PLACE, vec![kept], user_id).await?;
        team_membership::Entity::update(place.into_active_model().reset_all()).exec(db).await?;
        restored += 1;
    }
    for (kept, before) in changed(db, ctx, PERSON, import_id).await? {
        let person: person::Model = read(before)?;
        change::before_undo(db, ctx, PERSON, vec![kept], user_id).await?;
        person::Entity::update(person.into_active_model().reset_all()).exec(db).await?;
    }
    let of = team_membership::Column::OrgId.eq(ctx.org.id).and(team_membership::Column::ImportId.eq(import_id));
    let created = team_membership::Entity::find().filter(of.clone()).all(db).await?;
    moved.extend(created.iter().map(|place| place.person_id));
    let removed = team_membership::Entity::delete_many().filter(of).exec(db).await?.rows_affected;
    for person in moved {
        // A place that reached further before may now reach into one that came since.
        let mut line: Timeline = crate::query::people::places_of(db, ctx.org.id, person).await?;
        line.sort_by_key(|place| place.from_day);
        let before = line.clone();
        close_gaps(&mut line);
        for place in line.into_iter().filter(|place| !before.contains(place)) {
            team_membership::Entity::update(place.into_active_model().reset_all()).exec(db).await?;
        }
    }
    Ok((restored, removed))
}

fn read<T: DeserializeOwned>(before: Value) -> Result<T, DbErr> {
    serde_json::from_value(before).map_err(|error| DbErr::Json(error.to_string()))
}

/// A row as it is kept in the history of changes.
pub fn to_json(row: &impl Serialize) -> Result<Value, DbErr> {
    serde_json::to_value(row).map_err(|error| DbErr::Json(error.to_string()))
}

/// Rows that an import changed and was the last to: as they are, with their identifier, and as they were.
async fn changed(
    db: &impl ConnectionTrait,
    ctx: &Context,
    kind: &str,
    import_id: i64,
) -> Result<Vec<((i64, Value), Value)>, DbErr> {
    let (mut all, mut after) = (Vec::new(), i64::MIN);
    loop {
        let told = change::of_import(db, ctx.org.id, import_id, kind, after, BATCH).await?;
        let Some(last) = told.last() else { return Ok(all) };
        after = last.id;
        let ids: Vec<i64> = told.iter().map(|change| change.fact_id).collect();
        let mut current = match kind {
            PLACE => places(db, ctx, import_id, &ids).await?,
            _ => people(db, ctx, import_id, &ids).await?,
        };
        let still = told.into_iter().filter_map(|change: fact_change::Model| {
            let (_, created_at) = current.get(&change.fact_id)?;
            Some((change, *created_at))
        });
        for (id, before) in change::back(db, ctx.org.id, kind, still.collect()).await? {
            if let Some((before, (now, _))) = before.zip(current.remove(&id)) {
                all.push(((id, now), before));
            }
        }
    }
}

/// Rows by their identifier, each with the moment of its creation, where one is known.
type Found = HashMap<i64, (Value, Option<i64>)>;

async fn places(db: &impl ConnectionTrait, ctx: &Context, import_id: i64, ids: &[i64]) -> Result<Found, DbErr> {
    let of = team_membership::Entity::find()
        .filter(team_membership::Column::OrgId.eq(ctx.org.id))
        .filter(team_membership::Column::ImportId.eq(import_id))
        .filter(team_membership::Column::Id.is_in(ids.iter().copied()));
    of.all(db).await?.iter().map(|row| Ok((row.id, (to_json(row)?, None)))).collect()
}

async fn people(db: &impl ConnectionTrait, ctx: &Context, import_id: i64, ids: &[i64]) -> Result<Found, DbErr> {
    let of = person::Entity::find()
        .filter(person::Column::OrgId.eq(ctx.org.id))
        .filter(person::Column::ImportId.eq(import_id))
        .filter(person::Column::Id.is_in(ids.iter().copied()));
    of.all(db).await?.iter().map(|row| Ok((row.id, (to_json(row)?, Some(row.created_at))))).collect()
}

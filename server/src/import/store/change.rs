//! What facts were before they were changed: the history of a fact, and what an undo goes back to.

use std::collections::{HashMap, HashSet};

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Map, Value};

use super::Context;
use super::facts::Stored;
use crate::entity::{fact_change, import};
use crate::import::fact::{Cell, Sort, Table};

/// Keeps facts of a table as they are before an import changes them.
pub async fn keep<'a>(
    db: &impl ConnectionTrait,
    ctx: &Context,
    table: &Table,
    before: impl Iterator<Item = &'a Stored>,
) -> Result<(), DbErr> {
    let rows = before.map(|old| (old.id, to_json(table, old)));
    write(db, ctx, table.name, rows.collect()).await
}

/// Keeps a fact as it is before somebody changes it by hand.
pub async fn by_hand(
    db: &impl ConnectionTrait,
    ctx: &Context,
    table: &Table,
    before: &Stored,
    user_id: i64,
) -> Result<(), DbErr> {
    kept_by_hand(db, ctx, table.name, before.id, &to_json(table, before), user_id).await
}

/// Keeps a fact that is JSON already as it is before somebody changes it by hand.
pub async fn kept_by_hand(
    db: &impl ConnectionTrait,
    ctx: &Context,
    kind: &str,
    fact_id: i64,
    before: &Value,
    user_id: i64,
) -> Result<(), DbErr> {
    insert(db, ctx, kind, vec![(fact_id, before.clone())], (None, Some(user_id))).await
}

/// Keeps rows that are JSON already.
pub async fn write(
    db: &impl ConnectionTrait,
    ctx: &Context,
    kind: &str,
    before: Vec<(i64, Value)>,
) -> Result<(), DbErr> {
    insert(db, ctx, kind, before, (ctx.import_id, None)).await
}

/// Writes what rows were before an import or a user changed them.
async fn insert(
    db: &impl ConnectionTrait,
    ctx: &Context,
    kind: &str,
    before: Vec<(i64, Value)>,
    (import_id, user_id): (Option<i64>, Option<i64>),
) -> Result<(), DbErr> {
    if before.is_empty() {
        return Ok(());
    }
    let rows = before.into_iter().map(|(fact_id, before)| fact_change::ActiveModel {
        org_id: Set(ctx.org.id),
        id: Set(crate::id::next()),
        kind: Set(kind.to_owned()),
        fact_id: Set(fact_id),
        import_id: Set(import_id),
        user_id: Set(user_id),
        before: Set(before.to_string()),
        changed_at: Set(ctx.now.0),
    });
    fact_change::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps rows that are JSON already as they are before somebody takes an import back.
pub async fn before_undo(
    db: &impl ConnectionTrait,
    ctx: &Context,
    kind: &str,
    before: Vec<(i64, Value)>,
    user_id: Option<i64>,
) -> Result<(), DbErr> {
    insert(db, ctx, kind, before, (None, user_id)).await
}

/// What an import changed in a table, a page at a time, oldest change first.
pub async fn of_import(
    db: &impl ConnectionTrait,
    org_id: i64,
    import_id: i64,
    kind: &str,
    after: i64,
    limit: u64,
) -> Result<Vec<fact_change::Model>, DbErr> {
    fact_change::Entity::find()
        .filter(fact_change::Column::OrgId.eq(org_id))
        .filter(fact_change::Column::ImportId.eq(import_id))
        .filter(fact_change::Column::Kind.eq(kind))
        .filter(fact_change::Column::Id.gt(after))
        .order_by_asc(fact_change::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

/// What facts go back to when an import is taken back. That is what they were before it; but where this was the work of an
/// import that is undone itself, they go back to what they were before that one. None: such an import had created them.
/// `told` is what the import changed, each with the moment at which its fact was created, where that is known.
///
/// # Errors
/// When the database refuses, or what was kept cannot be read.
pub async fn back(
    db: &impl ConnectionTrait,
    org_id: i64,
    kind: &str,
    told: Vec<(fact_change::Model, Option<i64>)>,
) -> Result<Vec<(i64, Option<Value>)>, DbErr> {
    let mut settled = Vec::with_capacity(told.len());
    let mut open = Vec::with_capacity(told.len());
    for (change, created_at) in &told {
        open.push((change.fact_id, *created_at, read(change)?));
    }
    while !open.is_empty() {
        let undone = undone(db, org_id, open.iter().filter_map(|(_, _, before)| writer(before))).await?;
        let mut further = Vec::new();
        for (fact, created_at, before) in std::mem::take(&mut open) {
            match writer(&before).and_then(|import| Some((import, undone.get(&import)?))) {
                Some((import, at)) => further.push((fact, created_at, before, import, *at)),
                None => settled.push((fact, Some(before))),
            }
        }
        let mut earlier = of_facts(db, org_id, kind, &further.iter().map(|f| f.0).collect::<Vec<_>>(), &undone).await?;
        for (fact, created_at, before, import, at) in further {
            match earlier.remove(&(fact, import)) {
                Some(change) => open.push((fact, created_at, read(&change)?)),
                // What an import had changed when such changes were still forgotten stays what that made of it.
                None => settled.push((fact, created_at.is_some_and(|created| at != Some(created)).then_some(before))),
            }
        }
    }
    Ok(settled)
}

fn read(change: &fact_change::Model) -> Result<Value, DbErr> {
    serde_json::from_str(&change.before).map_err(|error| DbErr::Custom(format!("fact_change {}: {error}", change.id)))
}

/// The import that had written what a fact was.
fn writer(before: &Value) -> Option<i64> {
    before.get(super::deals::DEAL).unwrap_or(before).get("import_id")?.as_i64()
}

/// Those of some imports that are undone, with the moment at which they had written.
async fn undone(
    db: &impl ConnectionTrait,
    org_id: i64,
    imports: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Option<i64>>, DbErr> {
    let imports: HashSet<i64> = imports.collect();
    let of = import::Entity::find().filter(import::Column::OrgId.eq(org_id)).filter(import::Column::Id.is_in(imports));
    let of = of.filter(import::Column::Status.eq("undone"));
    let columns = of.select_only().columns([import::Column::Id, import::Column::FinishedAt]);
    Ok(columns.into_tuple().all(db).await?.into_iter().collect())
}

/// What imports changed of some facts, by fact and import.
async fn of_facts(
    db: &impl ConnectionTrait,
    org_id: i64,
    kind: &str,
    facts: &[i64],
    imports: &HashMap<i64, Option<i64>>,
) -> Result<HashMap<(i64, i64), fact_change::Model>, DbErr> {
    if facts.is_empty() {
        return Ok(HashMap::new());
    }
    let found = fact_change::Entity::find()
        .filter(fact_change::Column::OrgId.eq(org_id))
        .filter(fact_change::Column::Kind.eq(kind))
        .filter(fact_change::Column::FactId.is_in(facts.iter().copied()))
        .filter(fact_change::Column::ImportId.is_in(imports.keys().copied()))
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|change| Some(((change.fact_id, change.import_id?), change))).collect())
}

/// A fact as [`to_json`] wrote it; none if it is not of this table.
pub fn from_json(table: &Table, current: &Stored, text: &str) -> Option<Stored> {
    from_value(table, current, &serde_json::from_str(text).ok()?)
}

/// As [`from_json`], read already.
pub fn from_value(table: &Table, current: &Stored, value: &Value) -> Option<Stored> {
    let cell = |(name, sort): &(&str, Sort)| {
        let of = value.get(*name)?;
        Some(match sort {
            Sort::Int => Cell::Int(of.as_i64()),
            Sort::Text => Cell::Text(of.as_str().map(str::to_owned)),
        })
    };
    Some(Stored {
        id: current.id,
        cells: table.columns.iter().map(cell).collect::<Option<_>>()?,
        attributes: value.get("attributes")?.as_str().map(str::to_owned),
        import_id: value.get("import_id")?.as_i64(),
        created_at: current.created_at,
        updated_at: value.get("updated_at")?.as_i64()?,
    })
}

/// A fact by the names of its columns.
pub fn to_json(table: &Table, fact: &Stored) -> Value {
    let mut all = Map::new();
    for ((name, _), cell) in table.columns.iter().zip(&fact.cells) {
        let value = match cell {
            Cell::Int(n) => (*n).into(),
            Cell::Text(text) => text.clone().into(),
            Cell::Keep => Value::Null,
        };
        all.insert((*name).to_owned(), value);
    }
    all.insert("attributes".into(), fact.attributes.clone().into());
    all.insert("import_id".into(), fact.import_id.into());
    all.insert("updated_at".into(), fact.updated_at.into());
    Value::Object(all)
}

//! What facts were before they were changed: the history of a fact, and what an undo goes back to.

use sea_orm::ActiveValue::Set;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::{Map, Value};

use super::Context;
use super::facts::Stored;
use crate::entity::fact_change;
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
    let row = fact_change::ActiveModel {
        org_id: Set(ctx.org.id),
        id: Set(crate::id::next()),
        kind: Set(table.name.to_owned()),
        fact_id: Set(before.id),
        import_id: Set(None),
        user_id: Set(Some(user_id)),
        before: Set(to_json(table, before).to_string()),
        changed_at: Set(ctx.now.0),
    };
    fact_change::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps rows that are JSON already.
pub async fn write(
    db: &impl ConnectionTrait,
    ctx: &Context,
    kind: &str,
    before: Vec<(i64, Value)>,
) -> Result<(), DbErr> {
    if before.is_empty() {
        return Ok(());
    }
    let rows = before.into_iter().map(|(fact_id, before)| fact_change::ActiveModel {
        org_id: Set(ctx.org.id),
        id: Set(crate::id::next()),
        kind: Set(kind.to_owned()),
        fact_id: Set(fact_id),
        import_id: Set(ctx.import_id),
        user_id: Set(None),
        before: Set(before.to_string()),
        changed_at: Set(ctx.now.0),
    });
    fact_change::Entity::insert_many(rows).exec_without_returning(db).await?;
    Ok(())
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

/// Forgets what an import changed, once it is undone.
pub async fn forget(db: &impl ConnectionTrait, org_id: i64, import_id: i64) -> Result<(), DbErr> {
    fact_change::Entity::delete_many()
        .filter(fact_change::Column::OrgId.eq(org_id))
        .filter(fact_change::Column::ImportId.eq(import_id))
        .exec(db)
        .await?;
    Ok(())
}

/// A fact as [`to_json`] wrote it; none if it is not of this table.
pub fn from_json(table: &Table, current: &Stored, text: &str) -> Option<Stored> {
    let value: Value = serde_json::from_str(text).ok()?;
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

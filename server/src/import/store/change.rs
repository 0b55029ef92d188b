//! What facts were before they were changed: the history of a fact, and what an undo goes back to.

use sea_orm::ActiveValue::Set;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};
use serde_json::{Map, Value};

use super::Context;
use super::facts::Stored;
use crate::entity::fact_change;
use crate::import::fact::{Cell, Table};

/// Keeps facts of a table as they are before an import changes them.
pub async fn keep(db: &impl ConnectionTrait, ctx: &Context, table: &Table, before: &[Stored]) -> Result<(), DbErr> {
    let rows = before.iter().map(|old| (old.id, to_json(table, old)));
    write(db, ctx, table.name, rows.collect()).await
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

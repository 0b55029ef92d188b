//! The tables of a SQLite file, each behind those that it names.

use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult, Statement};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// 16 bits.
    Small,
    /// 32 or 64 bits.
    Big,
    /// Yes or no.
    Flag,
    /// Text of any length.
    Text,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<(String, Type)>,
    /// Places of its primary key's columns, in their order.
    pub key: Vec<usize>,
    /// Place of a column that names a row of the same table by its identifier.
    pub parent: Option<usize>,
    names: Vec<String>,
}

/// All tables but that of migrations; whatever a table names comes before it.
pub(super) async fn tables(db: &impl ConnectionTrait) -> Result<Vec<Table>, DbErr> {
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
               AND name <> 'seaql_migrations' ORDER BY name";
    let mut left = Vec::new();
    for row in rows(db, sql).await? {
        left.push(table(db, row.try_get_by_index(0)?).await?);
    }
    let mut ordered: Vec<Table> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let is_free = |t: &Table| t.names.iter().all(|name| *name == t.name || ordered.iter().any(|o| o.name == *name));
        let (free, rest): (Vec<Table>, Vec<Table>) = left.into_iter().partition(is_free);
        if free.is_empty() {
            let names: Vec<&str> = rest.iter().map(|t| t.name.as_str()).collect();
            return Err(DbErr::Custom(format!("tables that name each other: {}", names.join(", "))));
        }
        ordered.extend(free);
        left = rest;
    }
    Ok(ordered)
}

async fn table(db: &impl ConnectionTrait, name: String) -> Result<Table, DbErr> {
    let (mut columns, mut key) = (Vec::new(), Vec::new());
    for row in rows(db, &format!("SELECT name, lower(type), pk FROM pragma_table_info('{name}') ORDER BY cid")).await? {
        let (column, declared, place): (String, String, i64) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        let ty = match declared.split('(').next().unwrap_or_default() {
            "smallint" => Type::Small,
            // SQLite declares both lengths as the one that it has.
            "integer" | "bigint" => Type::Big,
            "boolean" => Type::Flag,
            "varchar" | "text" => Type::Text,
            other => return Err(DbErr::Custom(format!("{name}.{column}: {other} is no known type"))),
        };
        if place > 0 {
            key.push((place, columns.len()));
        }
        columns.push((column, ty));
    }
    key.sort_unstable();
    let mut table =
        Table { columns, key: key.into_iter().map(|(_, at)| at).collect(), parent: None, names: Vec::new(), name };
    let named = format!("SELECT \"table\", \"from\" FROM pragma_foreign_key_list('{}')", table.name);
    for row in rows(db, &named).await? {
        let (target, from): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        if target == table.name && from != "org_id" {
            table.parent = table.columns.iter().position(|(column, _)| *column == from);
        }
        table.names.push(target);
    }
    Ok(table)
}

async fn rows(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<QueryResult>, DbErr> {
    db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await
}

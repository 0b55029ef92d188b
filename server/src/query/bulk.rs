//! Writes many rows in one statement.

use sea_orm::sea_query::{Expr, ExprTrait as _, Func, OnConflict, Query, Value};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

/// Inserts rows, or does with those that are there already what `on_conflict` says. Every row has a value for every column.
///
/// PostgreSQL gets one value per column, with that column of all rows in it: reading a statement with a
/// place for each single value is a large part of the time that it takes for the insert. SQLite has no such type, and needs none.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    db: &impl ConnectionTrait,
    table: &'static str,
    columns: &[&'static str],
    rows: Vec<Vec<Value>>,
    on_conflict: OnConflict,
) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let wrong = |error: sea_orm::sea_query::error::Error| DbErr::Custom(format!("{table}: {error}"));
    let mut insert = Query::insert();
    insert.into_table(table).columns(columns.iter().copied()).on_conflict(on_conflict);
    if db.get_database_backend() == DbBackend::Postgres {
        let arrays = arrays(table, columns.len(), &rows)?;
        // Side by side in the list of a select they are taken apart in step.
        let unnest = |array| Expr::expr(Func::cust("unnest").arg(array));
        let all = Query::select().exprs(arrays.into_iter().map(unnest)).to_owned();
        insert.select_from(all).map_err(wrong)?;
    } else {
        for row in rows {
            insert.values(row.into_iter().map(Expr::value)).map_err(wrong)?;
        }
    }
    db.execute(&insert).await.map(|_| ())
}

/// Each column of all rows as one array, in the way PostgreSQL writes them.
fn arrays(table: &str, columns: usize, rows: &[Vec<Value>]) -> Result<Vec<Expr>, DbErr> {
    (0..columns)
        .map(|at| {
            let (mut text, mut kind) = (String::from("{"), "text[]");
            for row in rows {
                let value = row.get(at).ok_or_else(|| DbErr::Custom(format!("{table}: a row is too short")))?;
                kind = put(&mut text, value).ok_or_else(|| DbErr::Custom(format!("{table}: {value:?} in a row")))?;
                text.push(',');
            }
            text.pop();
            text.push('}');
            Ok(Expr::value(text).cast_as(kind))
        })
        .collect()
}

/// Writes an element of an array and gives the array's type; none for a type that facts do not have.
fn put(text: &mut String, value: &Value) -> Option<&'static str> {
    use std::fmt::Write as _;

    let mut number = |n: Option<i64>| match n {
        // Writing to a text cannot fail.
        Some(n) => write!(text, "{n}").unwrap_or_default(),
        None => text.push_str("NULL"),
    };
    Some(match value {
        Value::BigInt(n) => {
            number(*n);
            "bigint[]"
        }
        Value::Int(n) => {
            number(n.map(i64::from));
            "integer[]"
        }
        Value::SmallInt(n) => {
            number(n.map(i64::from));
            "smallint[]"
        }
        Value::Bool(None) => {
            text.push_str("NULL");
            "boolean[]"
        }
        Value::Bool(Some(is)) => {
            text.push(if *is { 't' } else { 'f' });
            "boolean[]"
        }
        Value::String(None) => {
            text.push_str("NULL");
            "text[]"
        }
        Value::String(Some(said)) => {
            text.push('"');
            for c in said.chars() {
                if matches!(c, '"' | '\\') {
                    text.push('\\');
                }
                text.push(c);
            }
            text.push('"');
            "text[]"
        }
        _ => return None,
    })
}

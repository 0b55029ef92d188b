//! Rows from one database into another.

use std::collections::HashSet;

use futures_util::TryStreamExt as _;
use sea_orm::sea_query::{Alias, Expr, Order, Query, Value};
use sea_orm::{ConnectionTrait as _, DatabaseTransaction, DbErr, QueryResult, StreamTrait as _};

use super::schema::{Table, Type};

/// Values of a statement: within what both databases bind.
const VALUES: usize = 30_000;

/// Copies the rows of a table into an empty one; gives their number. Few are in memory at a time, but for tables whose
/// rows name each other: those hold teams and objectives, and whatever a row names is written before it.
pub(super) async fn table(from: &DatabaseTransaction, to: &DatabaseTransaction, table: &Table) -> Result<u64, DbErr> {
    let mut select = Query::select();
    select.columns(table.columns.iter().map(|(name, _)| Alias::new(name))).from(Alias::new(&table.name));
    for at in &table.key {
        if let Some((name, _)) = table.columns.get(*at) {
            select.order_by(Alias::new(name), Order::Asc);
        }
    }
    let at_once = (VALUES / table.columns.len().max(1)).max(1);
    let (mut rows, mut copied) = (Vec::new(), 0);
    let mut stream = from.stream(&select).await?;
    while let Some(row) = stream.try_next().await? {
        rows.push(read(&row, table)?);
        copied += 1;
        if table.parent.is_none() && rows.len() == at_once {
            insert(to, table, std::mem::take(&mut rows)).await?;
        }
    }
    let mut rows = parents_first(table, rows).into_iter().peekable();
    while rows.peek().is_some() {
        insert(to, table, rows.by_ref().take(at_once).collect()).await?;
    }
    Ok(copied)
}

fn read(row: &QueryResult, table: &Table) -> Result<Vec<Value>, DbErr> {
    let value = |(at, (_, ty)): (usize, &(String, Type))| {
        Ok(match ty {
            Type::Small => row.try_get_by_index::<Option<i16>>(at)?.into(),
            // PostgreSQL tells 32 bits from 64, and gives neither as the other.
            Type::Big => match row.try_get_by_index::<Option<i32>>(at) {
                Ok(short) => short.map(i64::from).into(),
                Err(_) => row.try_get_by_index::<Option<i64>>(at)?.into(),
            },
            Type::Flag => row.try_get_by_index::<Option<bool>>(at)?.into(),
            Type::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
        })
    };
    table.columns.iter().enumerate().map(value).collect()
}

async fn insert(to: &DatabaseTransaction, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(Alias::new(&table.name)).columns(table.columns.iter().map(|(name, _)| Alias::new(name)));
    for row in rows {
        insert.values(row.into_iter().map(Expr::value)).map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    to.execute(&insert).await?;
    Ok(())
}

/// Rows that name others of their table, behind those. The last column of the key is the identifier.
fn parents_first(table: &Table, mut rows: Vec<Vec<Value>>) -> Vec<Vec<Value>> {
    let Some((parent, id)) = table.parent.zip(table.key.last().copied()) else { return rows };
    let number = |row: &[Value], at: usize| match row.get(at) {
        Some(Value::BigInt(n)) => *n,
        _ => None,
    };
    let (mut ordered, mut there) = (Vec::with_capacity(rows.len()), HashSet::new());
    loop {
        let is_free = |row: &Vec<Value>| number(row, parent).is_none_or(|parent| there.contains(&parent));
        let (free, rest): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_free);
        if free.is_empty() {
            // A ring, which the database refuses.
            ordered.extend(rest);
            return ordered;
        }
        there.extend(free.iter().filter_map(|row| number(row, id)));
        ordered.extend(free);
        rows = rest;
    }
}

//! Reads facts of the kinds that share one shape, page by page.

use std::collections::BTreeMap;

use domain::{Date, OrgId, PersonId};
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, LockType, Order};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::entity::fact_change;
use crate::import::fact::{Sort, Table};
use crate::import::store::facts::{self, Stored};
use crate::query::among::among_ids;
use crate::query::column::own_text;
use crate::query::search;

/// What stands in a column of the facts that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holds {
    /// A text, or nothing.
    Text(&'static str, Option<String>),
    /// A number, or nothing.
    Number(&'static str, Option<i64>),
    /// A text in a column of the organisation's own, or nothing.
    Own(String, Option<String>),
}

impl Holds {
    fn condition(&self, table: &Table, backend: DbBackend) -> Expr {
        match self {
            Self::Text(name, Some(text)) => Expr::col(*name).eq(text.as_str()),
            Self::Number(name, Some(n)) => Expr::col(*name).eq(*n),
            Self::Text(name, None) | Self::Number(name, None) => Expr::col(*name).is_null(),
            Self::Own(name, Some(text)) => own_text(table.name, name, backend).eq(text.as_str()),
            Self::Own(name, None) => own_text(table.name, name, backend).is_null(),
        }
    }
}

/// Which facts.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Organisation.
    pub org: OrgId,
    /// Only facts of these people in these spans of days `[from, to)`; none: everybody's and the organisation's own.
    pub people: Option<&'a BTreeMap<PersonId, Vec<(i32, i32)>>>,
    /// Only facts with this in one of their texts.
    pub search: &'a str,
    /// Only facts in which all of this stands.
    pub holds: &'a [Holds],
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Only facts behind this place: day and id.
    pub after: Option<(i64, i64)>,
    /// At most so many.
    pub limit: u64,
}

/// Facts of a table, those of the newest days first.
///
/// # Errors
/// When the database refuses.
pub async fn page(db: &impl ConnectionTrait, table: &'static Table, wanted: &Wanted<'_>) -> Result<Vec<Stored>, DbErr> {
    let (day_name, _) = table.columns[table.day];
    let day = || Expr::col(day_name);
    let mut select = facts::select(table, wanted.org.get());
    if let Some(people) = wanted.people {
        let Some((person, _)) = table.person.map(|at| table.columns[at]) else { return Ok(Vec::new()) };
        let mut any = Cond::any();
        let mut always = Vec::new();
        let (from, to) = (wanted.from.map_or(i32::MIN, Date::day_number), wanted.to.map_or(i32::MAX, Date::day_number));
        for (id, spans) in people {
            // Whoever is meant on all days asked for needs no days of their own.
            if spans.iter().any(|(a, b)| *a <= from && (*b > to || *b == i32::MAX)) {
                always.push(id.get());
                continue;
            }
            for (a, b) in spans.iter().filter(|(a, b)| *a <= to && *b > from) {
                let days = day().gte(i64::from(*a)).and(day().lt(i64::from(*b)));
                any = any.add(Expr::col(person).eq(id.get()).and(days));
            }
        }
        select.cond_where(any.add(among_ids(db.get_database_backend(), person, always)));
    }
    if let Some(from) = wanted.from {
        select.and_where(day().gte(i64::from(from.day_number())));
    }
    if let Some(to) = wanted.to {
        select.and_where(day().lte(i64::from(to.day_number())));
    }
    if !wanted.search.is_empty() {
        let texts = table.columns.iter().filter(|(_, sort)| *sort == Sort::Text).map(|(name, _)| *name);
        let any = search::holds(db.get_database_backend(), texts, wanted.search);
        select.cond_where(any);
    }
    for holds in wanted.holds {
        select.and_where(holds.condition(table, db.get_database_backend()));
    }
    if let Some((after, id)) = wanted.after {
        let same = day().eq(after).and(Expr::col("id").lt(id));
        select.and_where(day().lt(after).or(same));
    }
    select.order_by(day_name, Order::Desc).order_by("id", Order::Desc).limit(wanted.limit);
    Ok(facts::read(db, table, &select).await?.into_iter().map(|(_, fact)| fact).collect())
}

/// One fact with its key.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(
    db: &impl ConnectionTrait,
    table: &'static Table,
    org: OrgId,
    id: i64,
) -> Result<Option<(String, Stored)>, DbErr> {
    let mut select = facts::select(table, org.get());
    select.and_where(Expr::col("id").eq(id));
    Ok(facts::read(db, table, &select).await?.pop())
}

/// One fact with its key, held until the transaction ends: nobody else changes it meanwhile. SQLite has one writer anyway.
///
/// # Errors
/// When the database refuses.
pub async fn held(
    db: &impl ConnectionTrait,
    table: &'static Table,
    org: OrgId,
    id: i64,
) -> Result<Option<(String, Stored)>, DbErr> {
    let mut select = facts::select(table, org.get());
    select.and_where(Expr::col("id").eq(id)).lock(LockType::Update);
    Ok(facts::read(db, table, &select).await?.pop())
}

/// What a fact was before its changes, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn history(
    db: &impl ConnectionTrait,
    kind: &str,
    org: OrgId,
    id: i64,
    limit: u64,
) -> Result<Vec<fact_change::Model>, DbErr> {
    fact_change::Entity::find()
        .filter(fact_change::Column::OrgId.eq(org.get()))
        .filter(fact_change::Column::Kind.eq(kind))
        .filter(fact_change::Column::FactId.eq(id))
        .order_by_desc(fact_change::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

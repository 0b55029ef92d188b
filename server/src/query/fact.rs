//! Reads facts of the kinds that share one shape, page by page.

use domain::{Date, OrgId};
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Func, LikeExpr, Order};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbBackend, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::entity::fact_change;
use crate::import::fact::{Sort, Table};
use crate::import::store::facts::{self, Stored};

/// Takes the meaning from a sign of a pattern.
const ESCAPE: char = '!';

/// Which facts.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Organisation.
    pub org: OrgId,
    /// Only facts of these people; none: everybody's and the organisation's own.
    pub people: Option<&'a [i64]>,
    /// Only facts with this in one of their texts.
    pub search: &'a str,
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
        select.and_where(Expr::col(person).is_in(people.iter().copied()));
    }
    if let Some(from) = wanted.from {
        select.and_where(day().gte(i64::from(from.day_number())));
    }
    if let Some(to) = wanted.to {
        select.and_where(day().lte(i64::from(to.day_number())));
    }
    if !wanted.search.is_empty() {
        // SQLite lowers the letters of ASCII only; what is looked for must be lowered the same way.
        let lowered = match db.get_database_backend() {
            DbBackend::Postgres => wanted.search.to_lowercase(),
            _ => wanted.search.to_ascii_lowercase(),
        };
        let mut pattern = String::from("%");
        for c in lowered.chars() {
            if matches!(c, ESCAPE | '%' | '_') {
                pattern.push(ESCAPE);
            }
            pattern.push(c);
        }
        pattern.push('%');
        let mut any = Cond::any();
        for (name, _) in table.columns.iter().filter(|(_, sort)| *sort == Sort::Text) {
            let text = Expr::expr(Func::lower(Expr::col(*name)));
            any = any.add(text.like(LikeExpr::new(pattern.clone()).escape(ESCAPE)));
        }
        select.cond_where(any);
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

/// What a fact was before its changes, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn history(
    db: &impl ConnectionTrait,
    table: &'static Table,
    org: OrgId,
    id: i64,
    limit: u64,
) -> Result<Vec<fact_change::Model>, DbErr> {
    fact_change::Entity::find()
        .filter(fact_change::Column::OrgId.eq(org.get()))
        .filter(fact_change::Column::Kind.eq(table.name))
        .filter(fact_change::Column::FactId.eq(id))
        .order_by_desc(fact_change::Column::Id)
        .limit(limit)
        .all(db)
        .await
}

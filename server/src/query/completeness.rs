//! How complete the facts of one kind are. Every part of it is a look-up in an index of days, or a range of at most a
//! year: none of it grows with history.

use domain::{Date, OrgId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::column::Table;
use crate::entity::{campaign_day, import};

/// Where the days of a kind begin and end, and which of the months asked have any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day with a fact.
    pub first: Date,
    /// The last one, not after today.
    pub last: Date,
    /// For each month asked, whether it has facts.
    pub months: Vec<bool>,
}

/// Facts of a kind from a day on, up to and with another; of deals those that were decided.
fn facts(org: OrgId, table: Table, from: Option<Date>, to: Date) -> SelectStatement {
    let day = Expr::col(table.day());
    let mut select = Query::select();
    select.from(table.name()).and_where(Expr::col("org_id").eq(org.get())).and_where(day.lte(to.day_number()));
    if let Some(from) = from {
        select.and_where(Expr::col(table.day()).gte(from.day_number()));
    }
    if table == Table::Deals {
        select.and_where(Expr::col("status").ne(0));
    }
    select
}

/// Reads it in one statement; none when there is no fact up to today.
///
/// # Errors
/// When the database refuses.
pub async fn days(
    db: &impl ConnectionTrait,
    org: OrgId,
    table: Table,
    today: Date,
    months: &[(Date, Date)],
) -> Result<Option<Days>, DbErr> {
    let end = |order: Order| {
        let mut one = facts(org, table, None, today);
        one.expr(Expr::col(table.day())).order_by(table.day(), order).limit(1);
        // Deals keep their days in fewer bytes than the others.
        Expr::SubQuery(None, Box::new(one.into())).cast_as("bigint")
    };
    let mut select = Query::select();
    select.expr(end(Order::Asc)).expr(end(Order::Desc));
    for (first, last) in months {
        let mut one = facts(org, table, Some(*first), *last);
        one.expr(Expr::cust("1"));
        let has: Expr = Expr::case(Expr::exists(one), Expr::cust("1")).finally(Expr::cust("0")).into();
        select.expr(has);
    }
    let Some(row) = db.query_one(&select).await? else { return Ok(None) };
    let day = |at: usize| -> Result<Option<Date>, DbErr> {
        let number: Option<i64> = row.try_get_by_index(at)?;
        Ok(number.and_then(|n| i32::try_from(n).ok()).and_then(Date::from_day_number))
    };
    let (Some(first), Some(last)) = (day(0)?, day(1)?) else { return Ok(None) };
    let has = |at: usize| row.try_get_by_index::<i32>(at + 2).map(|n| n == 1);
    let months = (0..months.len()).map(has).collect::<Result<_, _>>()?;
    Ok(Some(Days { first, last, months }))
}

/// The last import of a kind that was written.
///
/// # Errors
/// When the database refuses.
pub async fn last_import(db: &impl ConnectionTrait, org: OrgId, kind: &str) -> Result<Option<import::Model>, DbErr> {
    import::Entity::find()
        .filter(import::Column::OrgId.eq(org.get()))
        .filter(import::Column::Kind.eq(kind))
        .filter(import::Column::Status.eq("done"))
        .order_by_desc(import::Column::Id)
        .one(db)
        .await
}

/// Channels of campaigns without spend in a range of days, in the order of their names; a campaign may have none.
///
/// # Errors
/// When the database refuses.
pub async fn channels_without_spend(
    db: &impl ConnectionTrait,
    org: OrgId,
    days: (Date, Date),
    limit: u64,
) -> Result<Vec<Option<String>>, DbErr> {
    use campaign_day::Column;
    campaign_day::Entity::find()
        .select_only()
        .column(Column::Channel)
        .distinct()
        .filter(Column::OrgId.eq(org.get()))
        .filter(Column::Day.between(i64::from(days.0.day_number()), i64::from(days.1.day_number())))
        .filter(Column::SpendMicros.is_null())
        .order_by_asc(Column::Channel)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await
}

//! How complete the facts of one kind are. Every part of it is a look-up in an index of days, or a range of at most a
//! year: none of it grows with history.

use std::collections::BTreeSet;

use domain::{Date, OrgId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QueryResult,
    QuerySelect as _,
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

/// The last day with a fact, not after today, of each of some tables; one statement.
///
/// # Errors
/// When the database refuses.
pub async fn last_days(
    db: &impl ConnectionTrait,
    org: OrgId,
    tables: &BTreeSet<Table>,
    today: Date,
) -> Result<Vec<Option<Date>>, DbErr> {
    let mut select = Query::select();
    for table in tables {
        select.expr(end(org, *table, today, Order::Desc));
    }
    let found = if tables.is_empty() { None } else { db.query_one(&select).await? };
    let Some(row) = found else { return Ok(Vec::new()) };
    (0..tables.len()).map(|at| day_at(&row, at)).collect()
}

/// The first or last day with a fact up to today.
fn end(org: OrgId, table: Table, today: Date, order: Order) -> Expr {
    let mut one = facts(org, table, None, today);
    one.expr(Expr::col(table.day())).order_by(table.day(), order).limit(1);
    // Deals keep their days in fewer bytes than the others.
    Expr::SubQuery(None, Box::new(one.into())).cast_as("bigint")
}

fn day_at(row: &QueryResult, at: usize) -> Result<Option<Date>, DbErr> {
    let number: Option<i64> = row.try_get_by_index(at)?;
    Ok(number.and_then(|n| i32::try_from(n).ok()).and_then(Date::from_day_number))
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
    let mut select = Query::select();
    select.expr(end(org, table, today, Order::Asc)).expr(end(org, table, today, Order::Desc));
    for (first, last) in months {
        let mut one = facts(org, table, Some(*first), *last);
        one.expr(Expr::cust("1"));
        let has: Expr = Expr::case(Expr::exists(one), Expr::cust("1")).finally(Expr::cust("0")).into();
        select.expr(has);
    }
    let Some(row) = db.query_one(&select).await? else { return Ok(None) };
    let (Some(first), Some(last)) = (day_at(&row, 0)?, day_at(&row, 1)?) else { return Ok(None) };
    let has = |at: usize| row.try_get_by_index::<i32>(at + 2).map(|n| n == 1);
    let months = (0..months.len()).map(has).collect::<Result<_, _>>()?;
    Ok(Some(Days { first, last, months }))
}

/// Currencies with amounts that could not be converted, in their order: they count in no sum.
///
/// # Errors
/// When the database refuses.
pub async fn unconverted(
    db: &impl ConnectionTrait,
    org: OrgId,
    reporting: &str,
    table: Table,
) -> Result<BTreeSet<String>, DbErr> {
    // The conditions of the indexes, letter by letter.
    let conditions: &[&str] = match table {
        Table::Deals => &["reporting_micros IS NULL AND amount_micros IS NOT NULL"],
        Table::SalesLines => &["reporting_micros IS NULL"],
        Table::CampaignDays => &[
            "spend_reporting_micros IS NULL AND spend_micros IS NOT NULL",
            "revenue_reporting_micros IS NULL AND revenue_micros IS NOT NULL",
        ],
        // Their amounts are converted when they are read.
        Table::Subscriptions => &["NOT EXISTS (SELECT 1 FROM exchange_rate r WHERE r.org_id = subscription.org_id \
                                   AND r.currency = subscription.currency AND r.day <= subscription.start_on)"],
        Table::Leads | Table::Activities | Table::Satisfaction | Table::Measurements => &[],
    };
    let mut found = BTreeSet::new();
    for condition in conditions {
        let select = Query::select()
            .distinct()
            .column("currency")
            .from(table.name())
            .and_where(Expr::col("org_id").eq(org.get()))
            .and_where(Expr::col("currency").ne(reporting))
            .and_where(Expr::cust(*condition))
            .to_owned();
        for row in db.query_all(&select).await? {
            found.insert(row.try_get_by_index::<String>(0)?.trim().to_owned());
        }
    }
    Ok(found)
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

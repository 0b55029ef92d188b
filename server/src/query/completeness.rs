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

/// Imports that are looked through for those of other sources.
const IMPORTS: u64 = 500;

/// The last import of a kind that was written.
///
/// # Errors
/// When the database refuses.
pub async fn last_import(db: &impl ConnectionTrait, org: OrgId, kind: &str) -> Result<Option<import::Model>, DbErr> {
    written(org, kind).one(db).await
}

/// The last import of a kind by each mapping, the newest first: a mapping is made for the files of one source.
///
/// # Errors
/// When the database refuses.
pub async fn last_imports(
    db: &impl ConnectionTrait,
    org: OrgId,
    kind: &str,
    most: usize,
) -> Result<Vec<import::Model>, DbErr> {
    let mut seen = BTreeSet::new();
    let newest = written(org, kind).limit(IMPORTS).all(db).await?;
    Ok(newest.into_iter().filter(|row| seen.insert(row.mapping.clone())).take(most).collect())
}

fn written(org: OrgId, kind: &str) -> sea_orm::Select<import::Entity> {
    import::Entity::find()
        .filter(import::Column::OrgId.eq(org.get()))
        .filter(import::Column::Kind.eq(kind))
        .filter(import::Column::Status.eq("done"))
        .order_by_desc(import::Column::Id)
}

/// Which of the kinds that are no facts of a day an organisation has, and how far they reach: people, targets by the
/// last day that any of them is for, events and rates by the latest not after today; one statement.
///
/// # Errors
/// When the database refuses.
pub async fn around(db: &impl ConnectionTrait, org: OrgId, today: Date) -> Result<Around, DbErr> {
    let latest = |table: &'static str, day: &'static str, until: Option<Date>| -> Expr {
        let mut one = Query::select();
        one.expr(Expr::col(day).max()).from(table).and_where(Expr::col("org_id").eq(org.get()));
        if let Some(until) = until {
            one.and_where(Expr::col(day).lte(until.day_number()));
        }
        Expr::SubQuery(None, Box::new(one.into())).cast_as("bigint")
    };
    let mut people = Query::select();
    people.expr(Expr::cust("1")).from("person").and_where(Expr::col("org_id").eq(org.get()));
    let has_people: Expr = Expr::case(Expr::exists(people), Expr::cust("1")).finally(Expr::cust("0")).into();
    let select = Query::select()
        .expr(has_people)
        .expr(latest("quota", "to_day", None))
        .expr(latest("event", "day", Some(today)))
        .expr(latest("exchange_rate", "day", Some(today)))
        .to_owned();
    let Some(row) = db.query_one(&select).await? else { return Ok(Around::default()) };
    Ok(Around {
        people: row.try_get_by_index::<i32>(0)? == 1,
        // The day after the last.
        targets: day_at(&row, 1)?.and_then(|day| day.add_days(-1)),
        events: day_at(&row, 2)?,
        rates: day_at(&row, 3)?,
    })
}

/// See [`around`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Whether there is anybody.
    pub people: bool,
    /// The last day that a target is for.
    pub targets: Option<Date>,
    /// The latest event.
    pub events: Option<Date>,
    /// The latest exchange rate.
    pub rates: Option<Date>,
}

/// The column that tells the sources of a kind apart.
const fn source_column(table: Table) -> Option<&'static str> {
    match table {
        Table::Deals => Some("source"),
        Table::CampaignDays | Table::Leads => Some("channel"),
        Table::SalesLines => Some("shop"),
        Table::Subscriptions | Table::Activities | Table::Satisfaction | Table::Measurements => None,
    }
}

/// How far the facts of each source of a kind reach in a range of days, the freshest first. None where facts do not
/// name sources.
///
/// # Errors
/// When the database refuses.
pub async fn sources(
    db: &impl ConnectionTrait,
    org: OrgId,
    table: Table,
    days: (Date, Date),
    limit: u64,
) -> Result<Vec<(Option<String>, Date)>, DbErr> {
    let Some(column) = source_column(table) else { return Ok(Vec::new()) };
    let mut select = facts(org, table, Some(days.0), days.1);
    select
        .expr(Expr::col(column))
        .expr(Expr::col(table.day()).max().cast_as("bigint"))
        .group_by_col(column)
        .order_by_expr(Expr::cust("2"), Order::Desc)
        .order_by_expr(Expr::cust("1"), Order::Asc)
        .limit(limit);
    let of_database = latest(db, &select).await?;
    let is_named = of_database.iter().any(|(name, _)| name.is_some());
    Ok(if is_named { of_database } else { Vec::new() })
}

/// How far the rates of each currency reach, the freshest first.
///
/// # Errors
/// When the database refuses.
pub async fn currencies(
    db: &impl ConnectionTrait,
    org: OrgId,
    today: Date,
    limit: u64,
) -> Result<Vec<(Option<String>, Date)>, DbErr> {
    let select = Query::select()
        .expr(Expr::col("currency"))
        .expr(Expr::col("day").max().cast_as("bigint"))
        .from("exchange_rate")
        .and_where(Expr::col("org_id").eq(org.get()))
        .and_where(Expr::col("day").lte(today.day_number()))
        .group_by_col("currency")
        .order_by_expr(Expr::cust("2"), Order::Desc)
        .order_by_expr(Expr::cust("1"), Order::Asc)
        .limit(limit)
        .to_owned();
    latest(db, &select).await
}

/// Rows of a text and a day.
async fn latest(db: &impl ConnectionTrait, select: &SelectStatement) -> Result<Vec<(Option<String>, Date)>, DbErr> {
    let mut found = Vec::new();
    for row in db.query_all(select).await? {
        let name: Option<String> = row.try_get_by_index(0)?;
        found.extend(day_at(&row, 1)?.map(|day| (name.map(|n| n.trim().to_owned()), day)));
    }
    Ok(found)
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

/// Channels that have leads in a range of days and no spend in it, in the order of their names: the cost of their
/// leads cannot be measured.
///
/// # Errors
/// When the database refuses.
pub async fn lead_channels_without_spend(
    db: &impl ConnectionTrait,
    org: OrgId,
    days: (Date, Date),
    limit: usize,
) -> Result<Vec<Option<String>>, DbErr> {
    let mut spent = facts(org, Table::CampaignDays, Some(days.0), days.1);
    spent.distinct().column("channel").and_where(Expr::col("spend_micros").is_not_null());
    let mut leads = facts(org, Table::Leads, Some(days.0), days.1);
    leads.distinct().column("channel");
    let mut paid = BTreeSet::new();
    for row in db.query_all(&spent).await? {
        paid.insert(row.try_get_by_index::<Option<String>>(0)?);
    }
    let mut channels = BTreeSet::new();
    for row in db.query_all(&leads).await? {
        channels.insert(row.try_get_by_index::<Option<String>>(0)?);
    }
    Ok(channels.difference(&paid).take(limit).cloned().collect())
}

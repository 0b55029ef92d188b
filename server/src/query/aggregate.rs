//! Facts of any kind added up by the database: what comes back is bounded by what was asked and not by the history.
//! One statement per question, the same on SQLite and PostgreSQL. Knows no caller, no team and no metric.

use domain::{Currency, Date, OrgId, Period, PersonId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};

use super::column::{Filter, Table, TextColumn};
use super::facts::{PIECE, slot_of};

/// What is added up.
#[derive(Clone, Copy, Debug)]
pub enum Summed {
    /// An expression of whole numbers.
    Plain(&'static str),
    /// The size of one, whatever its sign.
    Size(&'static str),
}

/// Which facts are read and how finely they are told apart.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Whose facts.
    pub org: OrgId,
    /// Which kind.
    pub table: Table,
    /// The days.
    pub span: Period,
    /// Days on which they are cut into slots.
    pub cuts: &'a [Date],
    /// Only facts of these people; none: everybody's and nobody's.
    pub people: Option<&'a [PersonId]>,
    /// Whether facts of different people stay apart.
    pub by_person: bool,
    /// Text columns whose values stay apart.
    pub texts: &'a [TextColumn],
    /// Only facts with these values.
    pub filters: &'a [Filter],
    /// Only facts of which this holds.
    pub only: Option<&'static str>,
    /// Expressions of whole numbers whose values stay apart.
    pub marks: &'a [&'static str],
    /// What is added up.
    pub sums: &'a [Summed],
}

/// Facts that are alike in everything asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The slot it belongs to.
    pub slot: usize,
    /// Whose, where people stay apart.
    pub person: Option<PersonId>,
    /// Values of the text columns asked.
    pub texts: Vec<Option<String>>,
    /// Values of the marks asked.
    pub marks: Vec<Option<i64>>,
    /// How many facts.
    pub count: i64,
    /// The sums asked.
    pub sums: Vec<Sum>,
}

/// A sum of what facts state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// The exact total.
    pub total: i128,
    /// How many facts state it.
    pub stated: i64,
}

/// Reads groups of facts in one statement.
///
/// # Errors
/// When the database refuses.
pub async fn groups(db: &impl ConnectionTrait, question: &Question<'_>) -> Result<Vec<Group>, DbErr> {
    if question.people.is_some() && !question.table.has_person() {
        return Ok(Vec::new());
    }
    let rows = db.query_all(&select(question, db.get_database_backend())).await?;
    rows.iter().map(|row| group(row, question)).collect()
}

fn select(q: &Question<'_>, backend: DbBackend) -> SelectStatement {
    let table = q.table.name();
    let day = || Expr::col((table, q.table.day()));
    let mut s = Query::select();
    s.expr(slot_of(&day, q.cuts, 0));
    if q.by_person && q.table.has_person() {
        s.expr(Expr::col((table, "person_id")));
    } else {
        s.expr(Expr::cust("CAST(NULL AS BIGINT)"));
    }
    for column in q.texts {
        s.expr(column.expr(q.table, backend));
    }
    for mark in q.marks {
        s.expr(Expr::cust(format!("CAST({mark} AS BIGINT)")));
    }
    s.expr(Expr::cust("COUNT(*)"));
    for sum in q.sums {
        s.exprs(pieces(sum).map(Expr::cust));
    }
    s.from(table)
        .and_where(Expr::col((table, "org_id")).eq(q.org.get()))
        .and_where(day().gte(q.span.from().day_number()))
        .and_where(day().lt(q.span.to().day_number()));
    if let Some(people) = q.people {
        s.and_where(Expr::col((table, "person_id")).is_in(people.iter().map(|p| p.get())));
    }
    if let Some(only) = q.only {
        s.and_where(Expr::cust(only));
    }
    for filter in q.filters {
        s.and_where(filter.condition(q.table, backend));
    }
    // By place: the same bound value is a different parameter in two places.
    let keys = 2 + q.texts.len() + q.marks.len();
    s.add_group_by((1..=keys).map(|n| Expr::cust(n.to_string())));
    s
}

/// A sum in the database: whole pieces, what is left, and how many facts state it.
pub(super) fn pieces(sum: &Summed) -> [String; 3] {
    // Pieces of either sign: no smallest number can overflow.
    let (sql, open, close) = match sum {
        Summed::Plain(sql) => (sql, "", ""),
        Summed::Size(sql) => (sql, "ABS(", ")"),
    };
    [
        format!("CAST(SUM({open}({sql}) / {PIECE}{close}) AS BIGINT)"),
        format!("CAST(SUM({open}({sql}) % {PIECE}{close}) AS BIGINT)"),
        format!("COUNT({sql})"),
    ]
}

fn group(row: &QueryResult, q: &Question<'_>) -> Result<Group, DbErr> {
    let texts = 2..2 + q.texts.len();
    let marks = texts.end..texts.end + q.marks.len();
    let sum = |at: usize| -> Result<Sum, DbErr> {
        let high: Option<i64> = row.try_get_by_index(at)?;
        let low: Option<i64> = row.try_get_by_index(at + 1)?;
        let total = i128::from(high.unwrap_or(0)) * i128::from(PIECE) + i128::from(low.unwrap_or(0));
        Ok(Sum { total, stated: row.try_get_by_index(at + 2)? })
    };
    Ok(Group {
        slot: usize::try_from(row.try_get_by_index::<i32>(0)?).unwrap_or(0),
        person: row.try_get_by_index::<Option<i64>>(1)?.map(PersonId::new),
        texts: texts.map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>()?,
        marks: marks.clone().map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>()?,
        count: row.try_get_by_index(marks.end)?,
        sums: (0..q.sums.len()).map(|i| sum(marks.end + 1 + 3 * i)).collect::<Result<_, _>>()?,
    })
}

/// The first fact of which this holds, such as one that has an amount but no exchange rate: its currency and day.
///
/// # Errors
/// When the database refuses.
pub async fn first_of(
    db: &impl ConnectionTrait,
    org: OrgId,
    table: Table,
    holds: &'static str,
) -> Result<Option<(Currency, Date)>, DbErr> {
    let (name, day) = (table.name(), (table.name(), table.day()));
    let select = Query::select()
        .expr(Expr::col((name, "currency")))
        .expr(Expr::col(day))
        .from(name)
        .and_where(Expr::col((name, "org_id")).eq(org.get()))
        .and_where(Expr::cust(holds))
        .order_by(day, Order::Asc)
        .order_by((name, "currency"), Order::Asc)
        .limit(1)
        .to_owned();
    let Some(row) = db.query_one(&select).await? else {
        return Ok(None);
    };
    let (currency, day): (String, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
    Ok(currency.trim().parse().ok().zip(i32::try_from(day).ok().and_then(Date::from_day_number)))
}

//! Reads deals, grouped by the database so that what comes back is bounded by what was asked and not by the
//! history: one statement per question, the same on SQLite and PostgreSQL.
//!
//! What sums per person and day can answer is read from the stored sums ([`crate::rollup`]), the rest from the deals.
//! Deals whose credit is split are rare; they come back one row per person and deal, because a deal counts whole
//! for each person and once in a total. This module knows no caller, no team and no metric.

mod records;
mod rolled;
mod statement;

use std::ops::Range;

use domain::metric::DealStatus;
use domain::{Currency, Date, DealId, OrgId, Period, PersonId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};
use statement::Shape;

pub use super::column::{Filter, TextColumn};
pub use records::{Cursor, DealRow, RecordQuery, When, records};
pub(super) use statement::{PIECE, slot_of};

/// Which deals are read and how finely they are told apart.
#[derive(Clone, Debug)]
pub struct DealQuery<'a> {
    /// Whose deals.
    pub org: OrgId,
    /// Only deals credited to these people; none: everybody's and nobody's.
    pub people: Option<&'a [PersonId]>,
    /// Whether deals of different people stay apart.
    pub by_person: bool,
    /// Text columns whose values stay apart.
    pub columns: &'a [TextColumn],
    /// Only deals with these values.
    pub filters: &'a [Filter],
    /// Whether deals won stay apart by the days they took.
    pub cycle: bool,
    /// Whether deals lost do so too, which stored sums do not tell.
    pub cycle_lost: bool,
    /// Whether open deals stay apart by their chance of being won.
    pub probability: bool,
    /// Whether only deals won with a known discount are read of the decided ones, and stay apart by it.
    pub discount: bool,
    /// What is known of the stored sums; none: everything is read from the deals.
    pub stored: Option<Stored<'a>>,
}

/// What must be known to read stored sums.
#[derive(Clone, Copy, Debug)]
pub struct Stored<'a> {
    /// Everybody there is, so that sums of all people can be looked up one by one; none if they are too many.
    pub roster: Option<&'a [PersonId]>,
    /// Whether the credit of any deal is split: those are read one by one.
    pub has_split: bool,
}

/// The dates by which deals are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Decided deals by the day of closing.
    Closed,
    /// All deals by the day they were created, or else engaged.
    Began,
    /// Deals that were open on given days.
    Open,
}

/// One part of a question.
#[derive(Clone, Debug)]
pub enum Part {
    /// Deals closed in a period that is cut into slots at these days.
    Closed(Period, Vec<Date>),
    /// Deals that began in a period that is cut into slots at these days.
    Began(Period, Vec<Date>),
    /// Deals open at the end of each of these days, in rising order.
    Open(Vec<Date>),
}

impl Part {
    /// The dates by which it takes deals.
    pub fn family(&self) -> Family {
        match self {
            Self::Closed(..) => Family::Closed,
            Self::Began(..) => Family::Began,
            Self::Open(_) => Family::Open,
        }
    }
}

/// Deals that are alike in everything asked, or one person's share of one deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DealGroup {
    /// By which dates it was taken.
    pub family: Family,
    /// Slots it belongs to: one for an event, the days it was open for a balance.
    pub slots: Range<usize>,
    /// State today; of a balance the state on those days, open.
    pub status: DealStatus,
    /// Whose, where people stay apart.
    pub person: Option<PersonId>,
    /// The deal, where its credit is split.
    pub split: Option<DealId>,
    /// Days from first contact (else creation) to closing of deals won, and how many of them took so many.
    pub cycles: Vec<(i32, i64)>,
    /// Of an open deal the chance of winning, of one won the discount, in millionths.
    pub factor: Option<i64>,
    /// Values of the text columns asked.
    pub texts: Vec<Option<String>>,
    /// How many deals.
    pub count: i64,
    /// How many of them have an amount but no exchange rate.
    pub unconverted: i64,
    /// Σ amount in micro-units of the reporting currency; of a split deal the person's share.
    pub amount: i128,
}

/// Reads all parts of a question in one statement.
///
/// # Errors
/// When the database refuses.
pub async fn deals(db: &impl ConnectionTrait, query: &DealQuery<'_>, parts: &[Part]) -> Result<Vec<DealGroup>, DbErr> {
    let Some(select) = statement::union(query, parts, db.get_database_backend()) else {
        return Ok(Vec::new());
    };
    let shape = Shape::of(query);
    let (mut groups, mut packed) = (Vec::new(), rolled::Packed::default());
    for row in db.query_all(&select).await? {
        let sums = if query.stored.is_some() { row.try_get_by_index::<Option<String>>(shape.sums + 4)? } else { None };
        match sums {
            Some(text) => packed.add(&head(&row, &shape)?, &text, query.by_person)?,
            None => groups.push(group(&row, &shape)?),
        }
    }
    groups.extend(packed.groups(query.cycle));
    Ok(groups)
}

/// By which dates, which slots, whose.
type Head = (Family, Range<usize>, Option<PersonId>);

fn head(row: &QueryResult, shape: &Shape) -> Result<Head, DbErr> {
    let family = match row.try_get_by_index::<i32>(0)? {
        0 => Family::Closed,
        1 => Family::Began,
        _ => Family::Open,
    };
    let slot = |index| row.try_get_by_index::<i32>(index).map(|n| usize::try_from(n).unwrap_or(0));
    Ok((family, slot(1)?..slot(2)?, optional(row, shape.person)?.map(PersonId::new)))
}

fn group(row: &QueryResult, shape: &Shape) -> Result<DealGroup, DbErr> {
    let (family, slots, person) = head(row, shape)?;
    let hi: Option<i64> = row.try_get_by_index(shape.sums + 2)?;
    let lo: Option<i64> = row.try_get_by_index(shape.sums + 3)?;
    let count: i64 = row.try_get_by_index(shape.sums)?;
    let cycle: Option<i32> = optional(row, shape.cycle)?;
    Ok(DealGroup {
        family,
        slots,
        status: status_of(row.try_get_by_index::<i32>(3)?),
        split: row.try_get_by_index::<Option<i64>>(4)?.map(DealId::new),
        person,
        cycles: cycle.map(|days| (days, count)).into_iter().collect(),
        factor: optional(row, shape.factor)?,
        texts: shape.texts.clone().map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>()?,
        count,
        unconverted: row.try_get_by_index(shape.sums + 1)?,
        amount: i128::from(hi.unwrap_or(0)) * i128::from(statement::PIECE) + i128::from(lo.unwrap_or(0)),
    })
}

fn optional<T: sea_orm::TryGetable>(row: &QueryResult, index: Option<usize>) -> Result<Option<T>, DbErr> {
    match index {
        Some(i) => row.try_get_by_index(i),
        None => Ok(None),
    }
}

/// The state that a stored number stands for.
pub fn status_of(stored: impl Into<i32>) -> DealStatus {
    match stored.into() {
        1 => DealStatus::Won,
        2 => DealStatus::Lost,
        3 => DealStatus::Disqualified,
        _ => DealStatus::Open,
    }
}

/// The number that stands for a state.
pub const fn stored_status(status: DealStatus) -> i16 {
    match status {
        DealStatus::Open => 0,
        DealStatus::Won => 1,
        DealStatus::Lost => 2,
        DealStatus::Disqualified => 3,
    }
}

/// Whether the credit of any deal is split.
///
/// # Errors
/// When the database refuses.
pub async fn has_split(db: &impl ConnectionTrait, org: OrgId) -> Result<bool, DbErr> {
    let select = Query::select()
        .expr(Expr::cust("1"))
        .from("deal")
        .and_where(Expr::col(("deal", "org_id")).eq(org.get()))
        .and_where(Expr::cust("deal.is_split"))
        .limit(1)
        .to_owned();
    Ok(db.query_one(&select).await?.is_some())
}

/// The first deal that has an amount but no exchange rate: its currency and day. Asked only after a group said
/// that there is one.
///
/// # Errors
/// When the database refuses.
pub async fn first_unconverted(db: &impl ConnectionTrait, org: OrgId) -> Result<Option<(Currency, Date)>, DbErr> {
    let select = Query::select()
        .expr(Expr::cust("deal.currency"))
        .expr(Expr::cust("COALESCE(deal.closed_on, deal.engaged_on, deal.created_on, 0)"))
        .from("deal")
        .and_where(Expr::col(("deal", "org_id")).eq(org.get()))
        .and_where(Expr::cust("deal.reporting_micros IS NULL AND deal.amount_micros IS NOT NULL"))
        .add_group_by([Expr::cust("1"), Expr::cust("2")])
        .order_by_expr(Expr::cust("2"), Order::Asc)
        .order_by_expr(Expr::cust("1"), Order::Asc)
        .limit(1)
        .to_owned();
    let Some(row) = db.query_one(&select).await? else {
        return Ok(None);
    };
    let currency: String = row.try_get_by_index(0)?;
    let day: i32 = row.try_get_by_index(1)?;
    Ok(currency.trim().parse().ok().zip(Date::from_day_number(day)))
}

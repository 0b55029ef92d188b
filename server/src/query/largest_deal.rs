//! The largest deal won in a period.

use domain::{OrgId, Period, PersonId};
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Order, Query};
use sea_orm::{ConnectionTrait, DbErr};

/// Days `[from, to)` in which a person's deals count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Whose.
    pub person: PersonId,
    /// First day.
    pub from: i32,
    /// Day after the last.
    pub to: i32,
}

/// The largest deal of a sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LargestDeal {
    /// Its key in the source.
    pub external_id: String,
    /// Its customer.
    pub account: Option<String>,
    /// Its amount in micro-units of the reporting currency.
    pub micros: i64,
    /// How many deals with one owner were won; shared deals are not among them.
    pub of: i64,
}

/// The largest deal won with one owner; shared deals count by their parts and are left out. `stretches` limits it
/// to people and days; none is everybody's.
///
/// # Errors
/// When the database refuses.
pub async fn largest_won(
    db: &impl ConnectionTrait,
    org: OrgId,
    period: Period,
    stretches: Option<&[Stretch]>,
) -> Result<Option<LargestDeal>, DbErr> {
    let mut whose = Cond::all();
    if let Some(stretches) = stretches {
        let (from, to) = (period.from().day_number(), period.to().day_number());
        let (whole, part): (Vec<&Stretch>, Vec<&Stretch>) =
            stretches.iter().partition(|s| s.from <= from && to <= s.to);
        let mut any = Cond::any().add(Expr::col("person_id").is_in(whole.iter().map(|s| s.person.get())));
        for s in part {
            any = any.add(
                Expr::col("person_id")
                    .eq(s.person.get())
                    .and(Expr::col("closed_on").gte(s.from))
                    .and(Expr::col("closed_on").lt(s.to)),
            );
        }
        whose = whose.add(any);
    }
    let select = Query::select()
        .expr(Expr::col("external_id"))
        .expr(Expr::col("account"))
        .expr(Expr::col("reporting_micros"))
        .expr(Expr::cust("COUNT(*) OVER ()"))
        .from("deal")
        .and_where(Expr::col("org_id").eq(org.get()))
        .and_where(Expr::cust("status = 1 AND NOT is_split AND reporting_micros IS NOT NULL"))
        .and_where(Expr::col("closed_on").gte(period.from().day_number()))
        .and_where(Expr::col("closed_on").lt(period.to().day_number()))
        .cond_where(whose)
        .order_by("reporting_micros", Order::Desc)
        .order_by("id", Order::Asc)
        .limit(1)
        .to_owned();
    let Some(row) = db.query_one(&select).await? else {
        return Ok(None);
    };
    Ok(Some(LargestDeal {
        external_id: row.try_get_by_index(0)?,
        account: row.try_get_by_index(1)?,
        micros: row.try_get_by_index(2)?,
        of: row.try_get_by_index(3)?,
    }))
}

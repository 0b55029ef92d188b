//! How far an organisation's data reaches.

use domain::{Date, OrgId, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query};
use sea_orm::{ConnectionTrait, DbErr};

/// See the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// The latest day, not after today, on which a deal was decided.
    pub last_closed: Option<Date>,
    /// When the last import ended.
    pub last_import: Option<Timestamp>,
}

/// Reads it in one statement.
///
/// # Errors
/// When the database refuses.
pub async fn freshness(db: &impl ConnectionTrait, org: OrgId, today: Date) -> Result<Freshness, DbErr> {
    let closed = Query::select()
        .expr(Expr::col("closed_on"))
        .from("deal")
        .and_where(Expr::col("org_id").eq(org.get()))
        .and_where(Expr::col("closed_on").lte(today.day_number()))
        .and_where(Expr::cust("status <> 0"))
        .order_by("closed_on", Order::Desc)
        .limit(1)
        .to_owned();
    let imported = Query::select()
        .expr(Expr::cust("MAX(finished_at)"))
        .from("import")
        .and_where(Expr::col("org_id").eq(org.get()))
        .and_where(Expr::col("status").eq("done"))
        .to_owned();
    let select = Query::select()
        .expr(Expr::SubQuery(None, Box::new(closed.into())))
        .expr(Expr::SubQuery(None, Box::new(imported.into())))
        .to_owned();
    let Some(row) = db.query_one(&select).await? else {
        return Ok(Freshness::default());
    };
    let day: Option<i32> = row.try_get_by_index(0)?;
    let import: Option<i64> = row.try_get_by_index(1)?;
    Ok(Freshness { last_closed: day.and_then(Date::from_day_number), last_import: import.map(Timestamp) })
}

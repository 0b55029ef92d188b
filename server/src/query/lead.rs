//! Leads, as [`super::aggregate`] adds them up.

use domain::OrgId;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::aggregate::Summed;
use super::among::among_texts;
use super::column::{Table, TextColumn};
use super::kept::Kept;
use crate::rollup::Names;

/// By channel: 1 if found worth pursuing, 0 if not, none if nobody said; and how many became a deal that is won.
pub const KEPT: Kept = Kept {
    table: Table::Leads,
    text: Some(TextColumn::Channel),
    only: None,
    mark: Some("lead.qualified"),
    sums: &[Summed::Plain(BECAME_CUSTOMER)],
    distinct: None,
};

const BECAME_CUSTOMER: &str = "CASE WHEN lead.deal IS NOT NULL AND EXISTS (SELECT 1 FROM deal \
     WHERE deal.org_id = lead.org_id AND deal.external_id = lead.deal AND deal.status = 1) THEN 1 ELSE 0 END";

/// The days of leads that became one of these deals, by the keys of the deals.
///
/// # Errors
/// When the database refuses.
pub async fn days_of(db: &impl ConnectionTrait, org: OrgId, deals: &Names) -> Result<Vec<i64>, DbErr> {
    if deals.is_empty() {
        return Ok(Vec::new());
    }
    let mut s = Query::select();
    s.distinct().column("created_on").from("lead").and_where(Expr::col("org_id").eq(org.get()));
    s.and_where(Expr::col("deal").is_not_null());
    if let Names::Some(keys) = deals {
        s.and_where(among_texts(db.get_database_backend(), "deal", keys.iter().map(String::as_str)));
    }
    db.query_all(&s).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

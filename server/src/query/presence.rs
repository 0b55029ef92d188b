//! Which kinds of fact an organisation has at all: without any there is no data, which is not zero.

use domain::OrgId;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait, DbErr};

use super::column::Table;

/// A kind of fact to look for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// The kind.
    pub table: Table,
    /// Only facts that name a customer; of deals those won.
    pub of_customers: bool,
}

/// Those of the kinds asked that the organisation has; one statement.
///
/// # Errors
/// When the database refuses.
pub async fn present(db: &impl ConnectionTrait, org: OrgId, wanted: &[Wanted]) -> Result<Vec<Wanted>, DbErr> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = Query::select();
    for Wanted { table, of_customers } in wanted {
        let name = table.name();
        let mut one = Query::select();
        one.expr(Expr::cust("1")).from(name).and_where(Expr::col((name, "org_id")).eq(org.get()));
        if *of_customers {
            one.and_where(Expr::cust(match table {
                Table::Deals => "deal.status = 1 AND deal.account IS NOT NULL",
                Table::Subscriptions => {
                    "subscription.per_year_micros > 0 \
                     AND (subscription.part IS NULL OR subscription.part NOT IN ('discount', 'one_off_discount'))"
                }
                Table::SalesLines => "sales_line.kind = 0 AND sales_line.customer IS NOT NULL",
                _ => "1 = 0",
            }));
        }
        let yes: Expr = Expr::case(Expr::exists(one), Expr::cust("1")).finally(Expr::cust("0")).into();
        select.expr(yes);
    }
    let Some(row) = db.query_one(&select).await? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for (i, one) in wanted.iter().enumerate() {
        if row.try_get_by_index::<i32>(i)? == 1 {
            found.push(*one);
        }
    }
    Ok(found)
}

//! Reads lines of sales.

use std::collections::HashMap;

use domain::OrgId;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::aggregate::Summed;
use super::column::Table;
use super::kept::Kept;
use crate::entity::sales_line;

/// By kind, without adjustments: [`SUMS`], and the receipts.
pub const KEPT: Kept = Kept {
    table: Table::SalesLines,
    text: None,
    only: Some(NO_ADJUSTMENTS),
    mark: Some(KIND),
    sums: &SUMS,
    distinct: Some("sales_line.receipt"),
};
/// Amount, size of the amount, quantity, discount and list amount. The last two are of lines whose list price is known; a
/// discount that is not stated there is none.
pub const SUMS: [Summed; 5] = [
    Summed::Plain("sales_line.reporting_micros"),
    Summed::Size("sales_line.reporting_micros"),
    Summed::Plain("sales_line.quantity_micros"),
    Summed::Plain("CASE WHEN sales_line.list_micros IS NOT NULL THEN sales_line.discount_reporting_micros END"),
    Summed::Plain("sales_line.list_reporting_micros"),
];
/// Adjustments are in no figure.
pub const NO_ADJUSTMENTS: &str = "sales_line.kind <> 2";
/// What was sold.
pub const SALES: &str = "sales_line.kind = 0";
/// An amount without an exchange rate.
pub const UNCONVERTED: &str = "sales_line.reporting_micros IS NULL AND sales_line.kind <> 2";
/// 0 sale, 1 return, 2 adjustment.
pub const KIND: &str = "sales_line.kind";

/// The day on which each known customer first bought anything in the organisation.
///
/// # Errors
/// When the database refuses.
pub async fn first_days(db: &impl ConnectionTrait, org: OrgId) -> Result<HashMap<String, i64>, DbErr> {
    let all: Vec<(String, i64)> = sales_line::Entity::find()
        .select_only()
        .column(sales_line::Column::Customer)
        .column_as(sales_line::Column::Day.min(), "first")
        .filter(sales_line::Column::OrgId.eq(org.get()))
        .filter(sales_line::Column::Kind.eq(0))
        .filter(sales_line::Column::Customer.is_not_null())
        .group_by(sales_line::Column::Customer)
        .into_tuple()
        .all(db)
        .await?;
    Ok(HashMap::from_iter(all))
}

//! Reads lines of sales.

use domain::OrgId;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use crate::entity::sales_line;

/// The day on which each known customer first bought anything in the organisation.
///
/// # Errors
/// When the database refuses.
pub async fn first_days(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<(String, i64)>, DbErr> {
    sales_line::Entity::find()
        .select_only()
        .column(sales_line::Column::Customer)
        .column_as(sales_line::Column::Day.min(), "first")
        .filter(sales_line::Column::OrgId.eq(org.get()))
        .filter(sales_line::Column::Kind.eq(0))
        .filter(sales_line::Column::Customer.is_not_null())
        .group_by(sales_line::Column::Customer)
        .into_tuple()
        .all(db)
        .await
}

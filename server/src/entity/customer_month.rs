//! How often a customer bought of somebody in a month (see `rollup`).

use sea_orm::entity::prelude::*;

/// How often a customer bought of somebody in a month.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_month")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// First day of the month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_day: i64,
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer: String,
    /// Who sold: a person, 0 nobody.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// Receipts, each once on each day.
    pub visits: i64,
}

impl ActiveModelBehavior for ActiveModel {}

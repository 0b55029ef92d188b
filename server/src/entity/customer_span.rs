//! When a customer was first and last one, by whatever kind of fact (see `rollup`).

use sea_orm::entity::prelude::*;

/// When a customer was first and last one.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_span")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer: String,
    /// Day of the first fact that made it one.
    pub first_day: i64,
    /// Whose that fact is: a person, 0 nobody.
    pub person_id: i64,
    /// Day of the first sale; none without one.
    pub first_sale_on: Option<i64>,
    /// The last day on which it bought or paid.
    pub last_day: i64,
}

impl ActiveModelBehavior for ActiveModel {}

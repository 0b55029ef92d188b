//! Days, people and customers of receipts that have more than one: they are counted once in a sum of days (see `rollup`).

use sea_orm::entity::prelude::*;

/// A day, person and customer of a receipt that has others too.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "spread_receipt")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// The day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    /// The receipt.
    #[sea_orm(primary_key, auto_increment = false)]
    pub receipt: String,
    /// Whose: a person, 0 nobody's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// The customer; empty: none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer: String,
}

impl ActiveModelBehavior for ActiveModel {}

//! Days and people of receipts that lie in more than one: they are counted once in a sum of days (see `rollup`).

use sea_orm::entity::prelude::*;

/// A day and a person in which a receipt lies that lies in others too.
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
}

impl ActiveModelBehavior for ActiveModel {}

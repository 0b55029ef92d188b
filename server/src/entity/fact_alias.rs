//! A key that a fact had before it was corrected by hand.

use sea_orm::entity::prelude::*;

/// A key that a fact had before it was corrected by hand: a file that still has the wrong line is known by it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_alias")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Kind of fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub fact_key: String,
    /// The fact.
    pub fact_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}

//! What a currency is worth in the reporting currency from a day on.

use sea_orm::entity::prelude::*;

/// What a currency is worth in the reporting currency from a day on.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exchange_rate")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The upsert key: a hash of what identifies it.
    pub fact_key: String,
    /// First day it holds.
    pub day: i64,
    /// The currency.
    pub currency: String,
    /// Units of the reporting currency for one unit, as an exact decimal.
    pub rate: String,
    /// The organisation's own text columns as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub attributes: Option<String>,
    /// Import that last wrote it; none after a correction by hand.
    pub import_id: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// Moment of the last change.
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

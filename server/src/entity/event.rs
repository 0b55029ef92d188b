//! Something that happened: shown on charts, and the hinge of comparisons.

use sea_orm::entity::prelude::*;

/// Something that happened: shown on charts, and the hinge of comparisons.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The upsert key: a hash of what identifies it.
    pub fact_key: String,
    /// The day.
    pub day: i64,
    /// What happened.
    pub title: String,
    /// price_change, campaign, training, approach, holiday, product, process or other.
    pub kind: String,
    /// Who was touched: `team=East`, `plan=Pro`; none means everybody.
    pub scope: Option<String>,
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

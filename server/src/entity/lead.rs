//! Somebody who may become a customer.

use sea_orm::entity::prelude::*;

/// Somebody who may become a customer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The upsert key: a hash of what identifies it.
    pub fact_key: String,
    /// Its key in the source.
    pub external_id: String,
    /// Day of creation.
    pub created_on: i64,
    /// Channel.
    pub channel: Option<String>,
    /// Campaign.
    pub campaign: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// Whose it is.
    pub person_id: Option<i64>,
    /// State as the source names it.
    pub status: Option<String>,
    /// Key of the deal it became.
    pub deal: Option<String>,
    /// 1 if found worth pursuing, 0 if not; none if nobody said.
    pub qualified: Option<i64>,
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

//! A subscription of a customer.

use sea_orm::entity::prelude::*;

/// A subscription of a customer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subscription")]
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
    /// The customer.
    pub customer: String,
    /// First day of service.
    pub start_on: i64,
    /// First day without service; none while it runs.
    pub end_on: Option<i64>,
    /// Day of the cancellation; service may last longer.
    pub cancelled_on: Option<i64>,
    /// plan, discount, one_off_discount or usage; none is a plan.
    pub part: Option<String>,
    /// Amount of one interval, in millionths of its currency.
    pub amount_micros: i64,
    /// month, quarter, half_year or year.
    pub interval: String,
    /// Amount of a year, in millionths of its currency.
    pub per_year_micros: i64,
    /// Currency of the amount.
    pub currency: String,
    /// Plan.
    pub plan: Option<String>,
    /// Whose it is.
    pub person_id: Option<i64>,
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

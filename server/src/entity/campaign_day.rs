//! What a campaign cost and brought on a channel on one day.

use sea_orm::entity::prelude::*;

/// What a campaign cost and brought on a channel on one day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "campaign_day")]
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
    /// Campaign.
    pub campaign: String,
    /// Channel.
    pub channel: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Cost, in millionths of its currency.
    pub spend_micros: Option<i64>,
    /// Cost in the reporting currency; none without a rate.
    pub spend_reporting_micros: Option<i64>,
    /// Times shown.
    pub impressions: Option<i64>,
    /// Clicks.
    pub clicks: Option<i64>,
    /// Leads.
    pub leads: Option<i64>,
    /// Leads found worth pursuing.
    pub qualified_leads: Option<i64>,
    /// Orders.
    pub orders: Option<i64>,
    /// What it earned, in millionths of its currency.
    pub revenue_micros: Option<i64>,
    /// What it earned in the reporting currency; none without a rate.
    pub revenue_reporting_micros: Option<i64>,
    /// Currency of the amounts.
    pub currency: String,
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

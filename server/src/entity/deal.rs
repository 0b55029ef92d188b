//! A deal: open, won, lost or disqualified.

use sea_orm::entity::prelude::*;

/// A deal: open, won, lost or disqualified.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
#[sea_orm(table_name = "deal")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Its key in the source.
    pub external_id: String,
    /// Whose deal it is; none when the credit is split or nobody's.
    pub person_id: Option<i64>,
    /// Whether the credit is split (see deal_credit).
    pub is_split: bool,
    /// 0 open, 1 won, 2 lost, 3 disqualified.
    pub status: i16,
    /// Stage as the source names it.
    pub stage: Option<String>,
    /// Day it was created.
    pub created_on: Option<i32>,
    /// Day of first engagement.
    pub engaged_on: Option<i32>,
    /// Day it was closed; of an open deal a forecast.
    pub closed_on: Option<i32>,
    /// Amount in millionths of its currency.
    pub amount_micros: Option<i64>,
    /// Currency of the amount.
    pub currency: String,
    /// Amount in the reporting currency; none without a rate.
    pub reporting_micros: Option<i64>,
    /// Customer.
    pub account: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Segment.
    pub segment: Option<String>,
    /// Source.
    pub source: Option<String>,
    /// Campaign.
    pub campaign: Option<String>,
    /// Why it was lost.
    pub lost_reason: Option<String>,
    /// Proposal template used.
    pub proposal_template: Option<String>,
    /// Discount as millionths of the price (0.05 = 50 000).
    pub discount_micros: Option<i64>,
    /// Chance of winning in millionths.
    pub probability_micros: Option<i64>,
    /// Country.
    pub country: Option<String>,
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

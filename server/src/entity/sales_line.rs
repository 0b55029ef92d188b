//! One line of a receipt.

use sea_orm::entity::prelude::*;

/// One line of a receipt.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sales_line")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The upsert key: a hash of what identifies it.
    pub fact_key: String,
    /// The transaction.
    pub receipt: String,
    /// Its day.
    pub day: i64,
    /// Quantity in millionths.
    pub quantity_micros: i64,
    /// Price of one, in millionths of its currency.
    pub unit_price_micros: Option<i64>,
    /// Quantity × unit price, in millionths of its currency.
    pub amount_micros: i64,
    /// The amount in the reporting currency; none without a rate.
    pub reporting_micros: Option<i64>,
    /// The customer, if known.
    pub customer: Option<String>,
    /// Who sold it.
    pub person_id: Option<i64>,
    /// Shop.
    pub shop: Option<String>,
    /// Product.
    pub product: Option<String>,
    /// Category.
    pub category: Option<String>,
    /// Country.
    pub country: Option<String>,
    /// shop or online.
    pub channel: Option<String>,
    /// What the line would have been at the list price, in millionths of its currency.
    pub list_micros: Option<i64>,
    /// The same in the reporting currency.
    pub list_reporting_micros: Option<i64>,
    /// Discount given, in millionths of its currency.
    pub discount_micros: Option<i64>,
    /// The same in the reporting currency.
    pub discount_reporting_micros: Option<i64>,
    /// 0 sale, 1 return, 2 adjustment.
    pub kind: i64,
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

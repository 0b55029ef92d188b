//! One person's share of a deal whose credit is split.

use sea_orm::entity::prelude::*;

/// One person's share of a deal whose credit is split.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deal_credit")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Deal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub deal_id: i64,
    /// Person.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// Share in millionths; the shares of a deal sum to 1 000 000.
    pub share_micros: i64,
    /// Share of the amount; the parts sum to the whole.
    pub amount_micros: Option<i64>,
    /// Share of the amount in the reporting currency.
    pub reporting_micros: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

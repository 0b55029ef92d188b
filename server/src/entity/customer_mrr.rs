//! What one month adds to a customer's recurring revenue (see `mrr`).

use sea_orm::entity::prelude::*;

/// What one month adds to a customer's recurring revenue.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_mrr")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// The customer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub customer: String,
    /// Its first day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub month: i32,
    /// Who sold all of the customer's subscriptions: a person, 0 nobody, -2 several, -3 an amount lacks a rate.
    pub person_id: i64,
    /// What it adds to each figure, packed.
    #[sea_orm(column_type = "Text")]
    pub figures: String,
    /// Whether the first subscription that counts begins in it.
    pub is_first: bool,
    /// Whether revenue changes on any of its days.
    pub is_moved: bool,
    /// Whether there was revenue at its start.
    pub had_before: bool,
    /// Whether there was revenue within.
    pub had_within: bool,
    /// Whether there was revenue at its end.
    pub had_after: bool,
}

impl ActiveModelBehavior for ActiveModel {}

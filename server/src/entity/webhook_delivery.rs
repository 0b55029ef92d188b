//! Something that a webhook is told, with how far it came.

use sea_orm::entity::prelude::*;

/// Something that a webhook is told, with how far it came.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_delivery")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier, by which the receiver knows a repeat.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Which webhook.
    pub webhook_id: i64,
    /// Code of what happened.
    pub event: String,
    /// The body that is sent, JSON.
    #[sea_orm(column_type = "Text")]
    pub payload: String,
    /// waiting, delivered or failed.
    pub status: String,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is to be tried next, while it waits.
    pub next_at: i64,
    /// Until when one node has it to itself.
    pub claimed_until: Option<i64>,
    /// HTTP status of the last answer.
    pub response_code: Option<i32>,
    /// Beginning of the last answer.
    #[sea_orm(column_type = "Text")]
    pub response: Option<String>,
    /// Code of why there was no answer.
    pub fault: Option<String>,
    /// Moment of what happened.
    pub made_at: i64,
    /// Moment of the last attempt.
    pub sent_at: Option<i64>,
    /// When the receiver took it.
    pub delivered_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

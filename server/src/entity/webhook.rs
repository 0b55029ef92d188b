//! An address that is told of what happens.

use sea_orm::entity::prelude::*;

/// An address that is told of what happens.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Where it is sent.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    /// What it is told of: codes separated by a space.
    pub events: String,
    /// What deliveries are signed with: readable, because signing needs it. Emptied when the webhook is removed.
    pub secret: String,
    /// Whether it is sent to; a pause ends it for a while.
    pub is_active: bool,
    /// The user who made it.
    pub created_by: i64,
    /// Moment of creation.
    pub created_at: i64,
    /// When it was removed.
    pub removed_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

//! Words beside the numbers, with a snapshot of what the numbers were.

use sea_orm::entity::prelude::*;

/// Words beside the numbers, with a snapshot of what the numbers were.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "note")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Person it is about.
    pub person_id: Option<i64>,
    /// Team it is about.
    pub team_id: Option<i64>,
    /// User who wrote it.
    pub author_id: i64,
    /// Kind: relationship, service_quality, collaboration, ethics, learning, context, recognition or best_practice.
    pub kind: String,
    /// What was seen.
    #[sea_orm(column_type = "Text")]
    pub evidence: String,
    /// Answer of 1 to 5.
    pub rubric: Option<i16>,
    /// shared (with the person), chain (managers) or team.
    pub visibility: String,
    /// Metric it speaks of.
    pub metric: Option<String>,
    /// First day of the period it speaks of.
    pub from_day: Option<i32>,
    /// Day after the last.
    pub to_day: Option<i32>,
    /// Value, target, n, version and data date when it was written, as JSON.
    #[sea_orm(column_type = "Text")]
    pub snapshot: Option<String>,
    /// Note that it answers.
    pub reply_to: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// Moment of the last change.
    pub updated_at: i64,
    /// When its author withdrew it.
    pub withdrawn_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

//! One version of an organisation's choices where vendors disagree.

use sea_orm::entity::prelude::*;

/// One version of an organisation's choices where vendors disagree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kpi_choices")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Version, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// The choices as JSON.
    #[sea_orm(column_type = "Text")]
    pub choices: String,
    /// User who made them.
    pub created_by: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

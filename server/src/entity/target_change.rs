//! One change of a target: who, when, from, to, why.

use sea_orm::entity::prelude::*;

/// One change of a target: who, when, from, to, why.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target_change")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Target.
    pub target_id: i64,
    /// Moment.
    pub at: i64,
    /// Who.
    pub user_id: Option<i64>,
    /// created, proposed, agreed, countered, changed, cancelled, closed or commented.
    pub kind: String,
    /// Field by field from and to, as JSON.
    #[sea_orm(column_type = "Text")]
    pub changes: String,
    /// What was said.
    #[sea_orm(column_type = "Text")]
    pub comment: String,
}

impl ActiveModelBehavior for ActiveModel {}

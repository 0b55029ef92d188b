//! What a fact was before an import or a person changed it.

use sea_orm::entity::prelude::*;

/// What a fact was before an import or a person changed it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_change")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Kind of fact.
    pub kind: String,
    /// The fact.
    pub fact_id: i64,
    /// Import that changed it.
    pub import_id: Option<i64>,
    /// User who changed it by hand.
    pub user_id: Option<i64>,
    /// The row before, as JSON.
    #[sea_orm(column_type = "Text")]
    pub before: String,
    /// When.
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

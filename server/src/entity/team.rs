//! A team; teams form a tree.

use sea_orm::entity::prelude::*;

/// A team; teams form a tree.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Name, unique below its parent.
    pub name: String,
    /// Team above it.
    pub parent_id: Option<i64>,
    /// When it was archived.
    pub archived_at: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

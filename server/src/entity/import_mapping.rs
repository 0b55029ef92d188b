//! A mapping remembered for files with the same header.

use sea_orm::entity::prelude::*;

/// A mapping remembered for files with the same header.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_mapping")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Kind of fact.
    pub kind: String,
    /// Fingerprint of the header.
    pub fingerprint: String,
    /// Mapping as TOML.
    #[sea_orm(column_type = "Text")]
    pub mapping: String,
    /// Moment of the last use.
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

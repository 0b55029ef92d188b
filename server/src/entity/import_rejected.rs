//! Rejected rows of an import, as they stand in the file.

use sea_orm::entity::prelude::*;

/// A piece of the rejected rows of an import.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_rejected")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Import.
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_id: i64,
    /// Place among the pieces, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub piece: i32,
    /// The rows as JSON, under the names of the file's columns.
    #[sea_orm(column_type = "Text")]
    pub rows: String,
}

impl ActiveModelBehavior for ActiveModel {}

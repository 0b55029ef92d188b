//! A file that was brought in, from upload to report.

use sea_orm::entity::prelude::*;

/// A file that was brought in, from upload to report.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Kind of fact.
    pub kind: String,
    /// uploaded, checked, running, cancelling, done, failed, cancelled or undone.
    pub status: String,
    /// Name of the file as it was given.
    pub file_name: String,
    /// Fingerprint of the file's bytes.
    pub file_sha256: String,
    /// Size of the file.
    pub file_bytes: i64,
    /// Where the uploaded file waits; none once it is done.
    pub stored_path: Option<String>,
    /// Mapping as TOML.
    #[sea_orm(column_type = "Text")]
    pub mapping: String,
    /// create, update or upsert.
    pub mode: String,
    /// Whether valid rows go in though others are rejected.
    pub accept_valid: bool,
    /// Data rows in the file.
    pub rows_total: i64,
    /// Rows handled so far.
    pub rows_done: i64,
    /// Facts created.
    pub created: i64,
    /// Facts updated.
    pub updated: i64,
    /// Facts that were the same already.
    pub unchanged: i64,
    /// Rows left out by a rule.
    pub skipped: i64,
    /// Rows refused.
    pub rejected: i64,
    /// Report as JSON, with the first rejected rows.
    #[sea_orm(column_type = "Text")]
    pub report: String,
    /// Who; none for the command line.
    pub user_id: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// When it ended.
    pub finished_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

//! The key of a request that must not be carried out twice, with the answer that it got.

use sea_orm::entity::prelude::*;

/// The key of a request that must not be carried out twice, with the answer that it got.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Token that sent the request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_id: i64,
    /// The key that the program chose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of what was asked, hexadecimal.
    pub request_hash: String,
    /// The import that carries it out; tells whether it was done when the answer was lost.
    pub import_id: Option<i64>,
    /// HTTP status of the answer; none while it is being carried out.
    pub status: Option<i32>,
    /// Body of the answer.
    #[sea_orm(column_type = "Text")]
    pub body: Option<String>,
    /// Moment of the first request; the key lives from here.
    pub created_at: i64,
    /// When the work that is under way began.
    pub started_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

//! A key by which a program works for its creator. The token itself is never stored.

use sea_orm::entity::prelude::*;

/// A key by which a program works for its creator. The token itself is never stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// What it is for, in words.
    pub name: String,
    /// SHA-256 of the token, hexadecimal.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// What it may do: codes separated by a space.
    pub scopes: String,
    /// The user with whose reach it works.
    pub created_by: i64,
    /// Moment of creation.
    pub created_at: i64,
    /// When it stops working.
    pub expires_at: i64,
    /// Last use, to about a minute.
    pub last_used_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

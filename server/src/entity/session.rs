//! A signed-in browser. The token itself is never stored.

use sea_orm::entity::prelude::*;

/// A signed-in browser. The token itself is never stored.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of the cookie's token, hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Identifier by which people revoke it.
    pub id: i64,
    /// Whose it is.
    pub user_id: i64,
    /// Organisation being worked in.
    pub org_id: Option<i64>,
    /// When the user signed in.
    pub created_at: i64,
    /// Last use, for the idle expiry.
    pub last_seen_at: i64,
    /// Absolute expiry.
    pub expires_at: i64,
    /// Browser, as it named itself (shortened).
    pub user_agent: String,
    /// Address it was last used from.
    pub address: String,
}

impl ActiveModelBehavior for ActiveModel {}

//! Failed attempts per account or address, to slow guessing.

use sea_orm::entity::prelude::*;

/// Failed attempts per account or address, to slow guessing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttle")]
pub struct Model {
    /// What is counted: a hash of the account or of the address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Failed attempts in the window.
    pub failures: i64,
    /// When counting began.
    pub window_started_at: i64,
    /// Until when attempts are refused; 0 = not.
    pub blocked_until: i64,
}

impl ActiveModelBehavior for ActiveModel {}

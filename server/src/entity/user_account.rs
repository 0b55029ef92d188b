//! Somebody who signs in.

use sea_orm::entity::prelude::*;

/// Somebody who signs in.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    /// Identifier of the user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// E-mail address, lower case.
    #[sea_orm(unique)]
    pub email: String,
    /// Name shown to others.
    pub name: String,
    /// Argon2id hash; none until an invitation is accepted.
    pub password_hash: Option<String>,
    /// Language chosen by the user.
    pub locale: Option<String>,
    /// Theme chosen by the user: light or dark.
    pub theme: Option<String>,
    /// When the account was disabled.
    pub disabled_at: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

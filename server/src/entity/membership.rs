//! A user's place in an organisation.

use sea_orm::entity::prelude::*;

/// A user's place in an organisation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// User.
    pub user_id: i64,
    /// owner, admin, manager, rep or viewer.
    pub role: String,
    /// The person the user is, if any.
    pub person_id: Option<i64>,
    /// When access was withdrawn.
    pub disabled_at: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

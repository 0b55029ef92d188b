//! A team that a user manages or may see.

use sea_orm::entity::prelude::*;

/// A team that a user manages or may see.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "team_access")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Membership of the user.
    #[sea_orm(primary_key, auto_increment = false)]
    pub membership_id: i64,
    /// Team, with everything below it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub team_id: i64,
    /// manages or sees.
    pub kind: String,
}

impl ActiveModelBehavior for ActiveModel {}

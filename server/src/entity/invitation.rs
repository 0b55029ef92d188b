//! A link that lets somebody join, once.

use sea_orm::entity::prelude::*;

/// A link that lets somebody join, once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// SHA-256 of the link's token, hexadecimal.
    pub token_hash: String,
    /// Address it was made for, lower case.
    pub email: String,
    /// Role that it gives.
    pub role: String,
    /// Team to manage (manager), to see (viewer) or to join (rep).
    pub team_id: Option<i64>,
    /// Person the new user is.
    pub person_id: Option<i64>,
    /// User who invited; none when made on the command line.
    pub created_by: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// When it stops working.
    pub expires_at: i64,
    /// When it was accepted.
    pub used_at: Option<i64>,
    /// When it was revoked.
    pub revoked_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

//! What was done, by whom. Written in the transaction of the deed.

use sea_orm::entity::prelude::*;

/// What was done, by whom. Written in the transaction of the deed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Moment.
    pub at: i64,
    /// Who; none for the command line.
    pub user_id: Option<i64>,
    /// How it was done: web, cli, api.
    pub actor: String,
    /// What was done, as area.verb.
    pub action: String,
    /// Kind of thing it was done to.
    pub subject_kind: String,
    /// Which thing.
    pub subject_id: Option<i64>,
    /// Further facts as JSON; never secrets.
    #[sea_orm(column_type = "Text")]
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}

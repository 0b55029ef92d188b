//! A wider goal under which targets hang.

use sea_orm::entity::prelude::*;

/// A wider goal under which targets hang.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "objective")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// What is to be reached.
    pub title: String,
    /// Why it matters.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// organisation, team or person.
    pub level: String,
    /// Team whose objective it is.
    pub team_id: Option<i64>,
    /// Person whose objective it is.
    pub person_id: Option<i64>,
    /// Objective above it.
    pub parent_id: Option<i64>,
    /// short or long.
    pub horizon: String,
    /// financial, customer, process or growth.
    pub perspective: String,
    /// User who made it.
    pub created_by: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// When it was archived.
    pub archived_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

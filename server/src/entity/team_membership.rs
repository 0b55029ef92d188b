//! Where a person belonged and who managed them, from a day to a day.

use sea_orm::entity::prelude::*;

/// Where a person belonged and who managed them, from a day to a day.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, serde::Serialize, serde::Deserialize)]
#[sea_orm(table_name = "team_membership")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Person.
    pub person_id: i64,
    /// Team in that time.
    pub team_id: Option<i64>,
    /// Direct manager (a person) in that time.
    pub manager_id: Option<i64>,
    /// First day; none = since ever.
    pub from_day: Option<i32>,
    /// Day after the last; none = until now.
    pub to_day: Option<i32>,
    /// Import that last wrote it; none after a correction by hand.
    pub import_id: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

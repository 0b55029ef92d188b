//! What a person, a team or the organisation should reach in a period.

use sea_orm::entity::prelude::*;

/// What a person, a team or the organisation should reach in a period.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "quota")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The upsert key: a hash of what identifies it.
    pub fact_key: String,
    /// Metric of the catalogue.
    pub metric: String,
    /// Person it is for.
    pub person_id: Option<i64>,
    /// Team it is for; without person and team it is the organisation's.
    pub team_id: Option<i64>,
    /// First day.
    pub from_day: i64,
    /// Day after the last.
    pub to_day: i64,
    /// Value in millionths of the metric's unit.
    pub value_micros: i64,
    /// Text column whose facts it is about.
    pub where_column: Option<String>,
    /// Value of that column.
    pub where_value: Option<String>,
    /// The organisation's own text columns as JSON.
    #[sea_orm(column_type = "Text", nullable)]
    pub attributes: Option<String>,
    /// Import that last wrote it; none after a correction by hand.
    pub import_id: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// Moment of the last change.
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

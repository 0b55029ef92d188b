//! What a person did on a day, by type.

use sea_orm::entity::prelude::*;

/// What a person did on a day, by type.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "activity")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// The upsert key: a hash of what identifies it.
    pub fact_key: String,
    /// The day.
    pub day: i64,
    /// Who did it.
    pub person_id: Option<i64>,
    /// call, meeting, e-mail, demo, proposal or other.
    pub activity_type: String,
    /// How often.
    pub count: i64,
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

//! One version of an organisation's own KPI.

use sea_orm::entity::prelude::*;

/// One version of an organisation's own KPI.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "kpi_formula")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Name by which addresses and other formulas refer to it; the same in all versions.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Number of the version, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Day from which it holds; none: since ever.
    pub from_day: Option<i32>,
    /// English name.
    pub name_en: String,
    /// Dutch name.
    pub name_nl: String,
    /// What it measures, in the organisation's own words.
    #[sea_orm(column_type = "Text")]
    pub explanation: String,
    /// The formula, as typed.
    #[sea_orm(column_type = "Text")]
    pub formula: String,
    /// up, down or neither.
    pub better: String,
    /// Perspective under which scorecards show it; none: they do not.
    pub perspective: Option<String>,
    /// User who made it.
    pub created_by: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// When the KPI was taken out of use.
    pub retired_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}

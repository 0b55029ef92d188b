//! Counts and sums of one person's deals in one day, month or year (see `rollup`).

use sea_orm::entity::prelude::*;

/// Counts and sums of one person's deals in one day, month or year.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deal_rollup")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// 0 a day, 1 a month, 2 a year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grain: i16,
    /// Whose: a person, 0 nobody's, -1 all together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// Its first day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_day: i32,
    /// Decided deals by the day of closing, packed.
    #[sea_orm(column_type = "Text", nullable)]
    pub closed: Option<String>,
    /// All deals by the day on which they began, packed.
    #[sea_orm(column_type = "Text", nullable)]
    pub began: Option<String>,
    /// Deals that became open less those that ceased to be, packed.
    #[sea_orm(column_type = "Text", nullable)]
    pub flow: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

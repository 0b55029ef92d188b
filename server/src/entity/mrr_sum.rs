//! What one month or year adds to the recurring revenue of one person's customers (see `mrr`).

use sea_orm::entity::prelude::*;

/// What one month or year adds to the recurring revenue of one person's customers.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mrr_sum")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// 1 a month, 2 a year.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grain: i16,
    /// Whose: a person, 0 nobody's, -1 all together, -2 of customers of several.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// Its first day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_day: i32,
    /// What it adds to each figure, packed.
    #[sea_orm(column_type = "Text")]
    pub figures: String,
}

impl ActiveModelBehavior for ActiveModel {}

//! Counts and sums of one person's facts of a kind in one day or month (see `rollup`).

use sea_orm::entity::prelude::*;

/// Counts and sums of one person's facts of a kind in one day or month, told apart by a text and a mark.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "fact_sum")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// The table of the facts.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    /// 0 a day, 1 a month.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grain: i16,
    /// Its first day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_day: i64,
    /// Whose: a person, 0 nobody's, -1 all together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: i64,
    /// The text that tells them apart, as the channel of leads; empty: none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub text: String,
    /// The number that tells them apart, as the kind of sales lines; -1: none.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mark: i64,
    /// How many facts.
    pub facts: i64,
    /// Σ of the first value, whole 10⁹.
    pub high_1: i64,
    /// Σ of what is left of the first value.
    pub low_1: i64,
    /// How many facts state the first value.
    pub stated_1: i64,
    /// Σ of the second value, whole 10⁹.
    pub high_2: i64,
    /// Σ of what is left of the second value.
    pub low_2: i64,
    /// How many facts state the second value.
    pub stated_2: i64,
    /// Σ of the third value, whole 10⁹.
    pub high_3: i64,
    /// Σ of what is left of the third value.
    pub low_3: i64,
    /// How many facts state the third value.
    pub stated_3: i64,
    /// Σ of the fourth value, whole 10⁹.
    pub high_4: i64,
    /// Σ of what is left of the fourth value.
    pub low_4: i64,
    /// How many facts state the fourth value.
    pub stated_4: i64,
    /// Σ of the fifth value, whole 10⁹.
    pub high_5: i64,
    /// Σ of what is left of the fifth value.
    pub low_5: i64,
    /// How many facts state the fifth value.
    pub stated_5: i64,
    /// Σ of the sixth value, whole 10⁹.
    pub high_6: i64,
    /// Σ of what is left of the sixth value.
    pub low_6: i64,
    /// How many facts state the sixth value.
    pub stated_6: i64,
    /// Σ of the seventh value, whole 10⁹.
    pub high_7: i64,
    /// Σ of what is left of the seventh value.
    pub low_7: i64,
    /// How many facts state the seventh value.
    pub stated_7: i64,
}

impl ActiveModelBehavior for ActiveModel {}

//! A SMART target on a metric.

use sea_orm::entity::prelude::*;

/// A SMART target on a metric.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "target")]
pub struct Model {
    /// Organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: i64,
    /// Identifier.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Metric of the catalogue.
    pub metric: String,
    /// organisation, team or person.
    pub level: String,
    /// Team it is for.
    pub team_id: Option<i64>,
    /// Person it is for.
    pub person_id: Option<i64>,
    /// First day.
    pub from_day: i32,
    /// Day after the last.
    pub to_day: i32,
    /// reach, stay_above, stay_below or reach_at_most.
    pub direction: String,
    /// Value at the start, in millionths of the unit.
    pub baseline_micros: Option<i64>,
    /// Value to reach, in millionths of the unit.
    pub value_micros: i64,
    /// Value beyond it.
    pub stretch_micros: Option<i64>,
    /// Currency, for money.
    pub currency: Option<String>,
    /// even, working_days, seasonal or by_hand.
    pub distribution: String,
    /// Parts by hand and milestones as JSON.
    #[sea_orm(column_type = "Text")]
    pub parts: String,
    /// Objective it hangs under.
    pub objective_id: Option<i64>,
    /// Why it matters.
    #[sea_orm(column_type = "Text")]
    pub why: String,
    /// Metric that must not suffer.
    pub guardrail_metric: Option<String>,
    /// stay_above or stay_below.
    pub guardrail_direction: Option<String>,
    /// Limit of the guardrail.
    pub guardrail_micros: Option<i64>,
    /// Weight in the scorecard, 0 to 100.
    pub weight: i16,
    /// A goal that the person set themselves.
    pub is_personal: bool,
    /// draft, proposed, agreed, running, reached, missed or cancelled.
    pub status: String,
    /// Rises with each change; a form with an older one conflicts.
    pub version: i64,
    /// User who made it.
    pub created_by: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// Moment of the last change.
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

//! A tenant: one company with its template, currency and calendar.

use sea_orm::entity::prelude::*;

/// A tenant: one company with its template, currency and calendar.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organisation")]
pub struct Model {
    /// Identifier of the organisation.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Name shown to people.
    pub name: String,
    /// Short name used by the command line and in links.
    #[sea_orm(unique)]
    pub slug: String,
    /// Kind of company: saas, consultancy, agency or retail.
    pub template: String,
    /// Reporting currency (ISO 4217).
    pub currency: String,
    /// IANA time zone in which dates are meant.
    pub time_zone: String,
    /// Default language of its people: en or nl.
    pub locale: String,
    /// Month in which the fiscal year starts, 1 to 12.
    pub fiscal_start_month: i16,
    /// First day of the week, 1 = Monday to 7 = Sunday.
    pub week_start: i16,
    /// Working days as bits, bit 0 = Monday.
    pub working_days: i16,
    /// Public holidays as JSON; none: the Dutch ones.
    #[sea_orm(column_type = "Text", nullable)]
    pub holidays: Option<String>,
    /// Smallest n for which a rate gets an arrow or a comparison.
    pub min_n: i16,
    /// Whether it was made as a demo.
    pub is_demo: bool,
    /// Rises with every change of facts; keys caches.
    pub data_version: i64,
    /// Rises with everything that is audited; keys what is shown beside figures.
    pub page_version: i64,
    /// Moment of creation, milliseconds UTC.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}

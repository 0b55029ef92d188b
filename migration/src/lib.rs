//! The database schema as migrations: forward, frozen, small, the same on SQLite and PostgreSQL.
//!
//! Absent on purpose: entities and domain types. A migration must stay true when those move on.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20261123_000001_create_organisation;
mod m20261123_000002_create_people;
mod m20261123_000003_create_facts;
mod m20261123_000004_create_targets;
mod m20261123_000020_create_kpi_formula;
mod m20261123_000030_create_recurring;
mod m20261123_000031_create_marketing;
mod m20261123_000032_create_sales_line;
mod m20261123_000033_create_context;
mod m20261123_000034_create_fact_change;
mod m20261123_000040_create_api_token;
mod m20261123_000050_create_deal_rollup;
mod m20261123_000060_create_kpi_choices;
mod m20261123_000070_create_webhook;
mod m20261123_000080_index_import_kind;
mod m20261123_000085_narrow_deal_indexes;
mod m20261123_000090_create_fact_sum;
mod m20261123_000090_index_unconverted;
mod m20261123_000091_create_customer_sums;
mod m20261123_000100_create_mrr;
mod m20261124_000110_renew_mrr;
mod m20261130_000100_create_import_rejected;
mod m20261130_000110_index_fact_change;
mod m20261130_000111_create_fact_alias;
mod m20261130_000120_renew_customer_spans;
mod m20261130_000140_add_kpi_perspective;
mod m20261130_000141_add_organisation_holidays;
mod m20261130_000160_index_quota;
mod m20261130_000161_index_open;
mod m20261130_000162_add_page_version;

/// Applies the migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_create_organisation::Migration),
            Box::new(m20261123_000002_create_people::Migration),
            Box::new(m20261123_000003_create_facts::Migration),
            Box::new(m20261123_000004_create_targets::Migration),
            Box::new(m20261123_000020_create_kpi_formula::Migration),
            Box::new(m20261123_000030_create_recurring::Migration),
            Box::new(m20261123_000031_create_marketing::Migration),
            Box::new(m20261123_000032_create_sales_line::Migration),
            Box::new(m20261123_000033_create_context::Migration),
            Box::new(m20261123_000034_create_fact_change::Migration),
            Box::new(m20261123_000050_create_deal_rollup::Migration),
            Box::new(m20261123_000060_create_kpi_choices::Migration),
            Box::new(m20261123_000040_create_api_token::Migration),
            Box::new(m20261123_000070_create_webhook::Migration),
            Box::new(m20261123_000080_index_import_kind::Migration),
            Box::new(m20261123_000085_narrow_deal_indexes::Migration),
            Box::new(m20261123_000090_index_unconverted::Migration),
            Box::new(m20261123_000090_create_fact_sum::Migration),
            Box::new(m20261123_000091_create_customer_sums::Migration),
            Box::new(m20261123_000100_create_mrr::Migration),
            Box::new(m20261124_000110_renew_mrr::Migration),
            Box::new(m20261130_000100_create_import_rejected::Migration),
            Box::new(m20261130_000110_index_fact_change::Migration),
            Box::new(m20261130_000111_create_fact_alias::Migration),
            Box::new(m20261130_000120_renew_customer_spans::Migration),
            Box::new(m20261130_000140_add_kpi_perspective::Migration),
            Box::new(m20261130_000141_add_organisation_holidays::Migration),
            Box::new(m20261130_000160_index_quota::Migration),
            Box::new(m20261130_000161_index_open::Migration),
            Box::new(m20261130_000162_add_page_version::Migration),
        ]
    }
}

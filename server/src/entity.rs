//! One entity per table. Entities do not leave `query` and `service`.

use sea_orm::{Schema, SchemaBuilder};

pub mod activity;
pub mod api_token;
pub mod audit;
pub mod campaign_day;
pub mod customer_month;
pub mod customer_mrr;
pub mod customer_span;
pub mod deal;
pub mod deal_credit;
pub mod deal_rollup;
pub mod event;
pub mod exchange_rate;
pub mod fact_change;
pub mod fact_sum;
pub mod idempotency_key;
pub mod import;
pub mod import_mapping;
pub mod import_rejected;
pub mod invitation;
pub mod kpi_choices;
pub mod kpi_formula;
pub mod lead;
pub mod measurement;
pub mod membership;
pub mod mrr_sum;
pub mod note;
pub mod objective;
pub mod organisation;
pub mod person;
pub mod quota;
pub mod reset_link;
pub mod sales_line;
pub mod satisfaction;
pub mod session;
pub mod spread_receipt;
pub mod subscription;
pub mod target;
pub mod target_change;
pub mod team;
pub mod team_access;
pub mod team_membership;
pub mod throttle;
pub mod user_account;
pub mod webhook;
pub mod webhook_delivery;

/// Registers every entity, for the test that compares them with the migrations.
pub fn register_all(schema: Schema) -> SchemaBuilder {
    SchemaBuilder::new(schema)
        .register(organisation::Entity)
        .register(user_account::Entity)
        .register(session::Entity)
        .register(membership::Entity)
        .register(invitation::Entity)
        .register(reset_link::Entity)
        .register(throttle::Entity)
        .register(audit::Entity)
        .register(team::Entity)
        .register(person::Entity)
        .register(team_membership::Entity)
        .register(team_access::Entity)
        .register(import::Entity)
        .register(import_mapping::Entity)
        .register(import_rejected::Entity)
        .register(deal::Entity)
        .register(deal_credit::Entity)
        .register(deal_rollup::Entity)
        .register(fact_sum::Entity)
        .register(spread_receipt::Entity)
        .register(customer_month::Entity)
        .register(customer_span::Entity)
        .register(objective::Entity)
        .register(target::Entity)
        .register(target_change::Entity)
        .register(note::Entity)
        .register(kpi_formula::Entity)
        .register(kpi_choices::Entity)
        .register(activity::Entity)
        .register(campaign_day::Entity)
        .register(event::Entity)
        .register(exchange_rate::Entity)
        .register(fact_change::Entity)
        .register(lead::Entity)
        .register(measurement::Entity)
        .register(quota::Entity)
        .register(sales_line::Entity)
        .register(satisfaction::Entity)
        .register(subscription::Entity)
        .register(customer_mrr::Entity)
        .register(mrr_sum::Entity)
        .register(api_token::Entity)
        .register(idempotency_key::Entity)
        .register(webhook::Entity)
        .register(webhook_delivery::Entity)
}

//! The KPI query engine: against independently computed results, on properties, and on who may see what; on SQLite
//! and, when `MAATSTAF_TEST_POSTGRES` names a server, on PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod alternatives;
mod behind;
mod command_line;
mod company;
mod customers;
mod deals;
mod definitions;
mod facts;
mod kept;
mod mrr;
mod own;
mod pairs;
mod permission;
mod properties;
mod published;
mod quotas;
mod recurring;
mod rollup;
mod rules;
mod sources;
mod terminal;
mod verify;
mod year;

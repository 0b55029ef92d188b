//! Whole imports on SQLite and, where there is one, PostgreSQL.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

#[macro_use]
mod place;
mod command_line;
mod counts;
mod deals;
mod kinds;
mod mrr;
mod quirks;
mod reading;
mod undo;

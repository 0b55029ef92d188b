//! The server through its router: real middleware, real services, a real database for each test.
//!
//! `support` makes a [`support::Site`] with personas; each feature has a file of tests and a file in `coverage`.
//! SQLite in memory, or PostgreSQL when `MAATSTAF_TEST_POSTGRES` names a server where databases may be made.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod coverage;
mod support;

mod account;
mod analysis;
mod busy;
mod catalogue;
mod choices;
mod completeness;
mod export;
mod facts;
mod forms;
mod formulas;
mod imports;
mod kept;
mod live;
mod notes;
mod own_columns;
mod people;
mod rendered;
mod rest;
mod scorecard;
mod settings;
mod target_grid;
mod targets;
mod templates;
mod tokens;
mod webhooks;

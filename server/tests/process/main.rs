//! What only whole processes show: there are several of them, and their files are copied. On SQLite and,
//! where there is one, PostgreSQL.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../support/mod.rs"]
mod support;

mod backup;
mod machine;
mod nodes;

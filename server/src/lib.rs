//! Maatstaf's server: HTTP, services, queries, command line. The binary is a few lines on top.
//!
//! One way only: `http → service → query → entity`. `service` authorizes (`authz`) and decides with `domain`.

rust_i18n::i18n!("locales", fallback = "en");

pub mod authz;
pub mod backup;
pub mod chart;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod entity;
pub mod error;
pub mod export;
pub mod http;
pub mod id;
pub mod import;
pub mod job;
pub mod kpi;
pub mod mrr;
pub mod password;
pub mod query;
pub mod rollup;
pub mod roster;
pub mod service;
pub mod session;
pub mod state;
pub mod throttle;
pub mod token;
pub mod verify;
pub mod webhook;
pub mod words;

pub use http::router;

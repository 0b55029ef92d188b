//! Statements that read and write. They take a connection and know no caller.

pub mod activity;
pub mod aggregate;
pub mod campaign;
pub mod column;
pub mod customers;
pub mod deal;
pub mod facts;
pub mod formula;
pub mod freshness;
pub mod import;
pub mod largest_deal;
pub mod lead;
pub mod link;
pub mod measurement;
pub mod membership;
pub mod note;
pub mod objective;
pub mod organisation;
pub mod people;
pub mod presence;
pub mod quota;
pub mod sale;
pub mod satisfaction;
pub mod subscription;
pub mod target;
pub mod user;

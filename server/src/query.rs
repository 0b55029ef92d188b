//! Statements that read and write. They take a connection and know no caller.

pub mod aggregate;
pub mod choices;
pub mod column;
pub mod customers;
pub mod deal;
pub mod deal_page;
pub mod fact;
pub mod facts;
pub mod formula;
pub mod freshness;
pub mod import;
pub mod largest_deal;
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
pub mod subscription;
pub mod target;
pub mod token;
pub mod user;

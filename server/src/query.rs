//! Statements that read and write. They take a connection and know no caller.

pub mod deal;
pub mod facts;
pub mod formula;
pub mod freshness;
pub mod import;
pub mod largest_deal;
pub mod link;
pub mod membership;
pub mod note;
pub mod objective;
pub mod organisation;
pub mod people;
pub mod target;
pub mod token;
pub mod user;

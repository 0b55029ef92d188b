//! Statements that read and write. They take a connection and know no caller.

pub mod facts;
pub mod formula;
pub mod freshness;
pub mod largest_deal;
pub mod note;
pub mod objective;
pub mod people;
pub mod target;

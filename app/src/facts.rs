//! Facts as they are stored: lists by kind, one fact with its history, correction and removal by hand.

pub mod api;
mod fact_page;
mod list_page;

pub use fact_page::{FactPage, NewFactPage};
pub use list_page::FactsPage;

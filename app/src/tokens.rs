//! API tokens: who made which, what they may do, until when.

pub mod api;
pub mod tokens_page;

pub use tokens_page::TokensPage;

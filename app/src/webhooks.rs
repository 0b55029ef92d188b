//! Webhooks: addresses outside that are told what happens, and what they were told.

pub mod api;
mod forms;
pub mod list_page;
pub mod webhook_page;

pub use list_page::WebhooksPage;
pub use webhook_page::WebhookPage;

//! Analyses: before and after an event, recurring revenue, winning and losing, channels, baskets.
//!
//! All of them are made of the same parts ([`data`]): sentences that say what was found, charts, and tables with n and
//! intervals. The server fills them; the pages only lay them out.

pub mod api;
pub mod block;
pub mod data;
pub mod form;
pub mod page;

pub use page::{AnalysisHome, AnalysisPage, EventPage, EventsPage};

//! SMART targets, their agreement between manager and person, and the objectives above them.

pub mod api;
mod check;
pub mod data;
mod detail;
mod flow;
mod form;
mod form_page;
mod grid_page;
mod history;
mod line;
pub mod list_page;
pub mod objectives_page;
pub mod panel;
pub mod target_page;

pub use form_page::NewTargetPage;
pub use grid_page::TargetGridPage;
pub use line::{TargetEntry, figures};
pub use list_page::TargetsPage;
pub use objectives_page::ObjectivesPage;
pub use panel::TargetsPanel;
pub use target_page::TargetPageView;

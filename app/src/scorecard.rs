//! Scorecard, team board, Explain and the deals behind a figure.

pub mod api;
mod board_table;
mod data;
mod deal_page;
mod deals_data;
mod deals_page;
mod explain_data;
mod explain_page;
mod explain_panel;
mod kpi_table;
mod page;
mod period_tools;
mod person_picker;
mod team_data;
mod team_page;
mod team_picker;
mod trend;

pub use deal_page::DealPage;
pub use deals_page::DealsPage;
pub use explain_page::ExplainPage;
pub use explain_panel::ExplainPanel;
pub use page::ScorecardPage;
pub use period_tools::PeriodTools;
pub use team_page::TeamPage;

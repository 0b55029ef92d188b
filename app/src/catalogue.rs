//! The KPI catalogue: what every figure means, how it is computed, and what it is now.

pub mod api;
mod choices_data;
mod choices_page;
mod data;
mod form_page;
mod kpi_page;
mod kpi_periods;
mod list_page;
mod own_data;

pub use choices_page::ChoicesPage;
pub use form_page::FormulaPage;
pub use kpi_page::KpiPage;
pub use list_page::CataloguePage;

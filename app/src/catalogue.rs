//! The KPI catalogue: what every figure means, how it is computed, and what it is now.

pub mod api;
mod data;
mod kpi_page;
mod list_page;

pub use kpi_page::KpiPage;
pub use list_page::CataloguePage;

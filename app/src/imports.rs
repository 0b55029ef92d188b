//! The import wizard: upload, mapping, values, dry run, commit, report.

pub mod api;
mod columns_page;
mod list_page;
mod status_page;
mod steps;
mod values_page;

pub use columns_page::ColumnsPage;
pub use list_page::ImportsPage;
pub use status_page::ImportPage;
pub use values_page::ValuesPage;

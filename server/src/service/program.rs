//! Single facts and figures for programs: what the screens read, with the same rights.

mod deals;
mod facts;
mod kpis;

pub use deals::{Credit, DealFact, DealFacts};
pub use facts::Facts;
pub use kpis::{AskError, KpiCatalogue, KpiEntry};

//! Single facts and figures for programs: what the screens read, with the same rights.

mod deals;
mod kpis;

pub use deals::{Credit, DealFact, DealFacts};
pub use kpis::{AskError, KpiCatalogue, KpiEntry};

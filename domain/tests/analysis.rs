//! The analyses against results that were computed independently from public data sets.
#![allow(clippy::unwrap_used)]

#[path = "support/csv.rs"]
mod csv_file;

#[path = "analysis/campaigns.rs"]
mod campaigns;
#[path = "analysis/compare.rs"]
mod compare;
#[path = "analysis/deals.rs"]
mod deals;
#[path = "analysis/orders.rs"]
mod orders;
#[path = "analysis/retail.rs"]
mod retail;

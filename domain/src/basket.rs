//! Basket analysis: what transactions are worth, how many articles they hold, what is bought together, and who
//! comes back.
//!
//! Sales only: returns stand beside the figures, adjustments are counted and are in none. Transactions, customers
//! and categories are numbers that the caller gave to their texts; any numbers will do. Exact duplicates of a line
//! are lines of their own. Distinct transactions and customers do not add up over groups (one transaction may hold
//! two categories), so a whole is always counted from lines.

mod contents;
mod customers;
mod effect;
mod kpi;
mod line;
mod totals;

pub use contents::{Attached, Contents};
pub use customers::{FirstPurchases, repurchase_retention};
pub use effect::CategoryEffect;
pub use kpi::BasketKpi;
pub use line::{LineKind, SaleLine, line_amount};
pub use totals::{Baskets, baskets_by};

#[cfg(test)]
mod tests;

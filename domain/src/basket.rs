//! Basket analysis: what transactions are worth, how many articles they hold, what is bought together, and who
//! comes back.
//!
//! Sales only: returns stand beside the figures, adjustments are counted and are in none. Transactions, customers
//! and categories are numbers that the caller gave to their texts; any numbers will do. Exact duplicates of a line
//! are lines of their own. Distinct transactions and customers do not add up over groups (one transaction may hold
//! two categories), so a whole is always counted from lines. KPIs of a group are the catalogue's: [`Baskets::answer`].

mod contents;
mod customers;
mod effect;
mod line;
mod totals;

pub use contents::{Attached, Contents};
pub use customers::{FirstPurchases, bought_again};
pub use effect::CategoryEffect;
pub use line::{LineKind, SaleLine, line_amount};
pub use totals::{Baskets, baskets_by};

use crate::metric::{Metric, catalogue};

/// Ids of the KPIs that the lines of a group by themselves tell.
pub const KPIS: [&str; 5] = ["atv", "upt", "avg_unit_price", "repeat_purchase_rate", "return_rate"];

/// The KPIs of a group of lines.
pub fn kpis() -> impl Iterator<Item = &'static Metric> {
    KPIS.into_iter().filter_map(catalogue::find)
}

#[cfg(test)]
mod tests;

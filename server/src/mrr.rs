//! Stored recurring revenue: what each month adds to the figures of each customer, and the sums of that by person, so
//! that a question reads as many rows as its period has months, however many subscriptions there are.
//!
//! A customer's rows are what the engine of `domain` says of that customer alone, under the organisation's choices and
//! rates. They are made anew in the transaction that touches a subscription of the customer; a change of the choices or
//! of a rate makes all of them anew. The sums follow by what the rows differ from those before. `verify` compares both
//! with the subscriptions.

mod customer;
mod packed;
mod rebuild;
mod renew;
mod sums;

pub use customer::{Customer, Terms};
pub use packed::{pack, unpack};
pub use rebuild::{catch_up, compare, is_behind, rebuild};
pub use renew::renew;

/// Whose a customer is to whom several people, or somebody and nobody, sold subscriptions.
pub const SEVERAL: i64 = -2;
/// In place of whose a customer is of whom an amount cannot be converted: no figure is known.
pub const UNKNOWN: i64 = -3;

//! Own formulas: a small typed expression language over measures and metrics.
//!
//! `revenue / activities.call`, `coalesce(spend, 0) / leads`, `1 - customer_churn_rate`, `max(revenue - 1000 EUR, 0)`.
//! Numbers, `+ - * /` (also `− × ÷`), parentheses, `min`, `max`, `coalesce`, names, and amounts with their currency.
//!
//! 1. [`Expr::parse`] reads a text of bounded size; [`Expr`] prints itself so that it parses to the same again.
//! 2. [`Expr::check`] finds the unit over a [`Vocabulary`], or a [`Fault`] with its place, code and suggestion.
//! 3. [`Definitions`] checks a set of formulas that may refer to each other, without circles.
//! 4. [`Definitions::work_out`] gives a formula's answer with its parts, n and interval; [`Expr::evaluate`] computes exactly; what is not measurable stays so, with its reason, unless `coalesce` catches it.
//! 5. [`Versions`] keeps what held from when.
//!
//! Steps 1 and 2 are all that a live check in the browser needs: send the vocabulary, not the catalogue.

mod definitions;
mod dimension;
mod evaluate;
mod expr;
mod fault;
mod lexer;
mod parser;
mod unit_check;
mod versions;
mod vocabulary;
mod worked;

pub use definitions::{Definitions, DefinitionsError, MAX_DEFINITIONS};
pub use expr::{Expr, Function, Op};
pub use fault::{Fault, Problem, Span};
pub use parser::{MAX_DEPTH, MAX_LENGTH, MAX_NODES};
pub use versions::{VersionError, Versions};
pub use vocabulary::{Named, Vocabulary};
pub use worked::Worked;

#[cfg(test)]
mod tests;

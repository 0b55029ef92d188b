//! Bringing files in: one pipeline for the web wizard, the command line and the API.
//!
//! `source` turns bytes into text, `csv` text and `sheet` workbooks into records, `mapping` and `bind` say whose columns are whose, `cell` and
//! `kind` turn cells into typed rows. Nothing is guessed where it can be wrong; what is refused is a [`fault::Fault`].

pub mod batch;
pub mod bind;
pub mod cell;
pub mod csv;
pub mod detect;
pub mod fact;
pub mod fault;
pub mod join;
pub mod keys;
pub mod kind;
pub mod label;
pub mod mapping;
pub mod records;
pub mod rejected;
pub mod report;
pub mod rows;
mod run;
pub mod sheet;
pub mod source;
mod stage;
pub mod store;
pub mod table;
pub mod text;
mod undo;

pub use fault::{Code, Fault};
pub use kind::Kind;
pub use mapping::Mapping;
pub use report::{Mode, Org, Progress, Rejected, Report, Request, Who};
pub use run::{RunError, bump, run};
pub use undo::{Undone, undo};

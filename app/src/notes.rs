//! Words beside the numbers: notes on a person with the figure as it stood, and the replies to them.
//!
//! Absent on purpose: any sum, mean or rank over the rubric.

pub mod api;
mod form;
mod item;
pub mod panel;

pub use panel::NotesPanel;

//! How complete the facts are: how far each kind reaches, where it has gaps, what is missing.

pub mod api;
pub mod strip;

pub use strip::{CompletenessDialog, CompletenessLink, CompletenessStrip};

//! App.

pub mod assets;

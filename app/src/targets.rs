//! SMART targets, objectives and agreement.

pub mod api;

//! SMART targets, their agreement between manager and person, and the objectives above them.

pub mod api;
pub mod data;

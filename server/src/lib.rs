//! Server.
pub mod entity;

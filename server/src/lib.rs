//! Server.
pub mod entity;
pub mod http;

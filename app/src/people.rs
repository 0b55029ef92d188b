//! Teams, people, users and their roles.

pub mod api;

//! Sign-in, sessions, invitations, password, preferences and first setup.

pub mod api;

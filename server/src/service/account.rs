//! Sign-in, sessions, invitations, first setup.

mod caller;

pub use caller::caller_of;

//! Who the caller is to a thing, and whether the policy lets them.
//!
//! `domain::policy` decides; this module only finds the relation (own, below, own team, granted …) and hands out
//! [`Authorized`] values. A query that touches one row takes such a value, so it cannot be reached unchecked.

mod access;
mod find;

pub use access::{Access, Reach, TeamTree};
pub use find::{find_person, find_team};

/// A row that the caller may act on. Only this module makes one.
#[derive(Debug)]
pub struct Authorized<T>(T);

impl<T> std::ops::Deref for Authorized<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// Why a caller may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// It does not exist, or the caller may not know that it does.
    #[error("not found")]
    NotFound,
    /// The caller may see it, but not do this.
    #[error("forbidden")]
    Forbidden,
}

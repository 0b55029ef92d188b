//! Data, server functions and port of this feature: teams, people, users and their roles.

#[cfg(feature = "ssr")]
use async_trait::async_trait;

/// What the server does for this feature; each method is one use case.
#[cfg(feature = "ssr")]
#[async_trait]
pub trait PeoplePort: Send + Sync {}

//! Data, server functions and port of this feature: sign-in, sessions, invitations, password, preferences and first setup.

#[cfg(feature = "ssr")]
use async_trait::async_trait;

/// What the server does for this feature; each method is one use case.
#[cfg(feature = "ssr")]
#[async_trait]
pub trait AccountPort: Send + Sync {}

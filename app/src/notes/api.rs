//! Data, server functions and port of this feature: notes beside the figures, check-ins and replies.

#[cfg(feature = "ssr")]
use async_trait::async_trait;

/// What the server does for this feature; each method is one use case.
#[cfg(feature = "ssr")]
#[async_trait]
pub trait NotesPort: Send + Sync {}

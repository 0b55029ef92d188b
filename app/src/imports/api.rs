//! Data, server functions and port of this feature: the import wizard: upload, mapping, dry run, commit, undo.

#[cfg(feature = "ssr")]
use async_trait::async_trait;

/// What the server does for this feature; each method is one use case.
#[cfg(feature = "ssr")]
#[async_trait]
pub trait ImportsPort: Send + Sync {}

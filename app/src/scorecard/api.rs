//! Data, server functions and port of this feature: scorecard, team page, Explain and the deals behind a figure.

#[cfg(feature = "ssr")]
use async_trait::async_trait;

/// What the server does for this feature; each method is one use case.
#[cfg(feature = "ssr")]
#[async_trait]
pub trait ScorecardPort: Send + Sync {}

//! What the pages of facts ask of the server.

mod calls;
mod data;

use domain::ids::FactId;

use crate::caller::Caller;
use crate::error::ApiResult;

pub use calls::*;
pub use data::*;

/// Facts of the kinds that have no pages of their own.
#[async_trait::async_trait]
pub trait FactsPort: Send + Sync {
    /// A page of facts of a kind, newest first.
    async fn list(&self, caller: &Caller, asked: FactsQuery) -> ApiResult<FactList>;
    /// One fact with what it was before; an empty form without an id.
    async fn fact(&self, caller: &Caller, kind: &str, id: Option<FactId>) -> ApiResult<FactView>;
    /// Writes a correction, or a new fact; answers its id.
    async fn save(&self, caller: &Caller, input: FactInput) -> ApiResult<FactId>;
    /// Removes a fact.
    async fn remove(&self, caller: &Caller, kind: &str, id: FactId) -> ApiResult<()>;
}

//! Data, server functions and port of this feature: the import wizard: upload, mapping, values, dry run, commit.
//!
//! The upload itself is a plain multipart post to `/imports` (see `server::http::upload`).

mod calls;
mod data;

use async_trait::async_trait;
use domain::ids::ImportId;

pub use calls::*;
pub use data::*;

use crate::caller::Caller;
use crate::error::ApiResult;

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait ImportsPort: Send + Sync {
    /// History and what can be uploaded.
    async fn list(&self, caller: &Caller) -> ApiResult<ImportList>;
    /// The mapping step.
    async fn columns(&self, caller: &Caller, id: ImportId) -> ApiResult<ColumnsStep>;
    /// Keeps the mapping; says whether to go on to the values.
    async fn save_columns(&self, caller: &Caller, id: ImportId, input: ColumnsInput, preview: bool) -> ApiResult<bool>;
    /// Takes the text of a mapping file in place of the mapping.
    async fn save_mapping(&self, caller: &Caller, id: ImportId, text: String) -> ApiResult<()>;
    /// The step of values and people.
    async fn values(&self, caller: &Caller, id: ImportId) -> ApiResult<ValuesStep>;
    /// Keeps what values mean, and starts the dry run.
    async fn save_values(&self, caller: &Caller, input: ValuesInput) -> ApiResult<()>;
    /// How far it is, and the last report.
    async fn status(&self, caller: &Caller, id: ImportId) -> ApiResult<ImportStatus>;
    /// Carries out in the background what was checked.
    async fn commit(&self, caller: &Caller, id: ImportId, accept_valid: bool) -> ApiResult<()>;
    /// Stops it; what was written is given up.
    async fn cancel(&self, caller: &Caller, id: ImportId) -> ApiResult<()>;
    /// Takes a finished import back.
    async fn undo(&self, caller: &Caller, id: ImportId) -> ApiResult<()>;
}

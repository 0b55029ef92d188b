//! The server functions of the wizard.
#![expect(missing_docs, reason = "the macro makes a field of each argument; the functions say what they mean")]

use std::collections::HashMap;

use domain::ids::ImportId;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

use super::data::{ColumnsInput, ValuesInput};
use super::data::{ColumnsStep, ImportList, ImportStatus, ValuesStep};
use crate::error::ApiResult;
use crate::port::{redirect, request};
use crate::route::Route;

/// History and what can be uploaded.
#[server(prefix = "/api", endpoint = "imports/list", input = Json)]
pub async fn list_imports() -> ApiResult<ImportList> {
    let (caller, ports) = request().await?;
    ports.imports.list(&caller).await
}

/// The mapping step of an import.
#[server(prefix = "/api", endpoint = "imports/columns", input = Json)]
pub async fn import_columns(id: ImportId) -> ApiResult<ColumnsStep> {
    let (caller, ports) = request().await?;
    ports.imports.columns(&caller, id).await
}

/// Keeps which column is which.
#[server(prefix = "/api", endpoint = "imports/save_columns")]
pub async fn save_columns(
    id: ImportId,
    #[server(flatten)] fields: ColumnsInput,
    #[server(default)] preview: bool,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    let goes_on = ports.imports.save_columns(&caller, id, fields, preview).await?;
    let next = if goes_on { Route::ImportValues(id) } else { Route::ImportColumns(id) };
    redirect(&next.href());
    Ok(())
}

/// Takes the text of a mapping file.
#[server(prefix = "/api", endpoint = "imports/save_mapping")]
pub async fn save_mapping(id: ImportId, #[server(default)] mapping: String) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.imports.save_mapping(&caller, id, mapping).await?;
    redirect(&Route::ImportColumns(id).href());
    Ok(())
}

/// The step of values and people.
#[server(prefix = "/api", endpoint = "imports/values", input = Json)]
pub async fn import_values(id: ImportId) -> ApiResult<ValuesStep> {
    let (caller, ports) = request().await?;
    ports.imports.values(&caller, id).await
}

/// Keeps what values mean and starts the dry run.
#[server(prefix = "/api", endpoint = "imports/save_values")]
pub async fn save_values(
    id: ImportId,
    #[server(default)] column: HashMap<String, String>,
    #[server(default)] theirs: HashMap<String, String>,
    #[server(default)] ours: HashMap<String, String>,
    #[server(default)] create_people: bool,
    #[server(default)] mode: String,
) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.imports.save_values(&caller, ValuesInput { id, column, theirs, ours, create_people, mode }).await?;
    redirect(&Route::Import(id).href());
    Ok(())
}

/// How far an import is.
#[server(prefix = "/api", endpoint = "imports/status", input = Json)]
pub async fn see_import(id: ImportId) -> ApiResult<ImportStatus> {
    let (caller, ports) = request().await?;
    ports.imports.status(&caller, id).await
}

/// Carries an import out as it was checked.
#[server(prefix = "/api", endpoint = "imports/commit")]
pub async fn commit_import(id: ImportId, #[server(default)] accept_valid: bool) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.imports.commit(&caller, id, accept_valid).await?;
    redirect(&Route::Import(id).href());
    Ok(())
}

/// Stops an import.
#[server(prefix = "/api", endpoint = "imports/cancel")]
pub async fn cancel_import(id: ImportId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.imports.cancel(&caller, id).await?;
    redirect(&Route::Import(id).href());
    Ok(())
}

/// Takes a finished import back.
#[server(prefix = "/api", endpoint = "imports/undo")]
pub async fn undo_import(id: ImportId) -> ApiResult<()> {
    let (caller, ports) = request().await?;
    ports.imports.undo(&caller, id).await?;
    redirect(&Route::Import(id).href());
    Ok(())
}

//! Takes an uploaded file: streamed to disk while it comes in, never held in memory, stopped at the limit.

use std::path::{Path, PathBuf};

use app::caller::Caller;
use app::error::{ApiError, FieldError};
use app::form::FormState;
use app::route::Route;
use axum::extract::multipart::{Field, MultipartError, MultipartRejection};
use axum::extract::{Extension, Multipart, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::io::AsyncWriteExt as _;

use crate::error::ServiceError;
use crate::import::{Code, Fault};
use crate::service::Services;
use crate::state::AppState;

/// `POST /imports`: a form with `kind` and `file`. Goes on to the step of columns, or shows the page once more with
/// what is wrong.
pub async fn take(
    State(state): State<AppState>,
    caller: Option<Extension<Option<Caller>>>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Some(caller) = caller.and_then(|Extension(caller)| caller) else {
        return back(ApiError::Unauthenticated, String::new());
    };
    let mut kind = String::new();
    let Ok(form) = form else {
        return back(ApiError::field("file", "imports.broken_upload"), kind);
    };
    match receive(&Services::new(state), &caller, form, &mut kind).await {
        Ok(href) => (StatusCode::SEE_OTHER, [(header::LOCATION, href)]).into_response(),
        Err(error) => back(error.into(), kind),
    }
}

async fn receive(
    services: &Services,
    caller: &Caller,
    mut form: Multipart,
    kind: &mut String,
) -> Result<String, ServiceError> {
    services.may_upload(caller).await?;
    // Cut off on the way, or not what a form sends.
    let broken = |_: MultipartError| ServiceError::field("file", "imports.broken_upload");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("kind") => *kind = field.text().await.map_err(broken)?,
            Some("file") => {
                let name = file_name(&field);
                if name.is_empty() {
                    break;
                }
                let path = place(services)?;
                let result = match store(services, caller, field, &path).await {
                    Ok(()) => services.begin_import(caller, kind, name, path.clone()).await,
                    Err(error) => Err(error),
                };
                if result.is_err() {
                    // Nothing of a refused file stays; that it was never made is no fault.
                    let _ = tokio::fs::remove_file(&path).await;
                }
                return Ok(Route::ImportColumns(result?).href());
            }
            _ => {}
        }
    }
    Err(ServiceError::field("file", "imports.no_file"))
}

/// The name without folders, which some browsers send along.
fn file_name(field: &Field<'_>) -> String {
    let name = field.file_name().unwrap_or_default();
    name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect()
}

fn place(services: &Services) -> Result<PathBuf, ServiceError> {
    let folder = services.state.data_dir.join("uploads");
    std::fs::create_dir_all(&folder).map_err(anyhow::Error::from)?;
    Ok(folder.join(format!("{}.csv", crate::id::next())))
}

async fn store(services: &Services, caller: &Caller, mut field: Field<'_>, path: &Path) -> Result<(), ServiceError> {
    let limit = services.state.serve.upload_limit;
    let mut file = tokio::fs::File::create(path).await.map_err(anyhow::Error::from)?;
    let mut taken = 0u64;
    while let Some(piece) = field.chunk().await.map_err(|_| ServiceError::field("file", "imports.broken_upload"))? {
        taken += piece.len() as u64;
        if taken > limit {
            let fault = Fault::new(Code::TooLarge)
                .with("limit", limit / 1_000_000)
                .with("size", format!("> {}", limit / 1_000_000));
            return Err(ServiceError::from(
                FieldError::new("file", "imports.remark").arg("text", fault.message(caller.locale)),
            ));
        }
        file.write_all(&piece).await.map_err(anyhow::Error::from)?;
    }
    file.flush().await.map_err(anyhow::Error::from)?;
    Ok(())
}

/// The page once more, at the error's status; `forms` renders it.
fn back(error: ApiError, kind: String) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let state =
        FormState { action: Route::Imports.href(), id: String::new(), values: vec![("kind".to_owned(), kind)], error };
    let mut response = status.into_response();
    response.extensions_mut().insert(state);
    response
}

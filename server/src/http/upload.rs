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
use crate::service::imports::Upload;
use crate::state::AppState;

/// `POST /imports`: a form with `kind`, `file`, and what is unusual about the file. Goes on to the step of columns, or
/// shows the page once more with what is wrong.
pub async fn take(
    State(state): State<AppState>,
    caller: Option<Extension<Option<Caller>>>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let mut said = Said::default();
    let Some(caller) = caller.and_then(|Extension(caller)| caller) else {
        return back(ApiError::Unauthenticated, said);
    };
    let Ok(form) = form else {
        return back(ApiError::field("file", "imports.broken_upload"), said);
    };
    match receive(&Services::new(state), &caller, form, &mut said).await {
        Ok(href) => (StatusCode::SEE_OTHER, [(header::LOCATION, href)]).into_response(),
        Err(error) => back(error.into(), said),
    }
}

/// The fields beside the file.
#[derive(Default)]
struct Said {
    kind: String,
    header_row: String,
    encoding: String,
}

/// A file that came in; it is removed again unless it is kept.
struct Received {
    name: String,
    path: PathBuf,
    is_kept: bool,
}

impl Drop for Received {
    fn drop(&mut self) {
        if !self.is_kept {
            // Nothing of a refused file stays; that it was never made is no fault.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

async fn receive(
    services: &Services,
    caller: &Caller,
    mut form: Multipart,
    said: &mut Said,
) -> Result<String, ServiceError> {
    services.may_upload(caller).await?;
    // Cut off on the way, or not what a form sends.
    let broken = |_: MultipartError| ServiceError::field("file", "imports.broken_upload");
    let mut received = None;
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let text = match field.name() {
            Some("kind") => &mut said.kind,
            Some("header_row") => &mut said.header_row,
            Some("encoding") => &mut said.encoding,
            Some("file") if received.is_none() => {
                let name = file_name(&field);
                if !name.is_empty() {
                    let file = received.insert(Received { name, path: place(services)?, is_kept: false });
                    store(services, caller, field, &file.path).await?;
                }
                continue;
            }
            _ => continue,
        };
        *text = field.text().await.map_err(broken)?;
    }
    let mut file = received.ok_or_else(|| ServiceError::field("file", "imports.no_file"))?;
    let upload = Upload {
        kind: said.kind.clone(),
        header_row: said.header_row.clone(),
        encoding: said.encoding.clone(),
        name: file.name.clone(),
        path: file.path.clone(),
    };
    let id = services.begin_import(caller, upload).await?;
    file.is_kept = true;
    Ok(Route::ImportColumns(id).href())
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
fn back(error: ApiError, said: Said) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let values = [("kind", said.kind), ("header_row", said.header_row), ("encoding", said.encoding)];
    let values = values.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let state = FormState { action: Route::Imports.href(), id: String::new(), values, error };
    let mut response = status.into_response();
    response.extensions_mut().insert(state);
    response
}

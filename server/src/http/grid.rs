//! Takes the file of a yearly grid of targets.

use app::caller::Caller;
use app::error::ApiError;
use app::form::FormState;
use app::route::Route;
use app::targets::data::GridQuery;
use axum::extract::multipart::MultipartRejection;
use axum::extract::{Extension, Multipart, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::error::ServiceError;
use crate::service::Services;
use crate::state::AppState;

/// `POST /targets/grid?year=…`: a form with `file`. Shows the page once more, with what is wrong where something is.
pub async fn take(
    State(state): State<AppState>,
    caller: Option<Extension<Option<Caller>>>,
    Query(asked): Query<GridQuery>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    let Some(caller) = caller.and_then(|Extension(caller)| caller) else {
        return back(ApiError::Unauthenticated);
    };
    let Ok(form) = form else { return back(ApiError::field("file", "imports.broken_upload")) };
    let GridQuery { year, kpi, team, .. } = asked.clone();
    match receive(&Services::new(state), &caller, asked, form).await {
        Err(error) => back(error.into()),
        Ok(()) => {
            let to = Route::TargetGrid.url().q("year", year).q("kpi", kpi).q("team", team).href();
            let flash = format!("{}=targets.grid.saved; Path=/; Max-Age=60; SameSite=Lax", app::ui::flash::COOKIE);
            let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
            if let Ok(cookie) = HeaderValue::from_str(&flash) {
                response.headers_mut().append(header::SET_COOKIE, cookie);
            }
            response
        }
    }
}

async fn receive(
    services: &Services,
    caller: &Caller,
    asked: GridQuery,
    mut form: Multipart,
) -> Result<(), ServiceError> {
    let broken = |_| ServiceError::field("file", "imports.broken_upload");
    while let Some(field) = form.next_field().await.map_err(broken)? {
        if field.name() == Some("file") && field.file_name().is_some_and(|name| !name.is_empty()) {
            let bytes = field.bytes().await.map_err(broken)?;
            return services.save_target_grid_file(caller, asked, &bytes).await;
        }
    }
    Err(ServiceError::field("file", "imports.no_file"))
}

/// The page once more, at the error's status; `forms` renders it.
fn back(error: ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let state = FormState { action: Route::TargetGrid.href(), id: String::new(), values: Vec::new(), error };
    let mut response = status.into_response();
    response.extensions_mut().insert(state);
    response
}

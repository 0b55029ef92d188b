//! The REST API for programs, `/api/v1`: bearer tokens instead of cookies, JSON only, every error a problem document.
//!
//! Handlers read the request and word the answer; what may be seen and done is decided by the services, as for screens.

mod arguments;
mod batch;
mod bearer;
mod document;
mod facts;
mod kpis;
mod limiter;
mod problem;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Extension, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use domain::Locale;
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::AppState;
use limiter::Limiter;
use problem::{Code, Problem};

pub use kpis::{KpiAnswer, KpiFacts, KpiMissing, KpiRow};
pub use problem::{FieldProblem, ProblemBody};

/// Where the API stands.
pub const BASE: &str = "/api/v1";
/// Bytes of a body at most.
pub const MAX_BODY: usize = 8 << 20;
/// Requests that a token may make in a minute, on each node.
pub const REQUESTS_PER_MINUTE: u32 = 600;

/// No answer takes longer; a batch that is under way goes on.
const PATIENCE: Duration = Duration::from_secs(55);

/// The language of the answer.
#[derive(Clone, Copy, Debug)]
struct Language(Locale);

/// Everything under [`BASE`].
pub fn routes(state: &AppState) -> Router<AppState> {
    let limiter = Arc::new(Limiter::new(REQUESTS_PER_MINUTE));
    let guarded = OpenApiRouter::new()
        .routes(routes!(kpis::catalogue))
        .routes(routes!(kpis::query))
        .routes(routes!(facts::list, facts::push))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .route_layer(from_fn_with_state((state.clone(), limiter), bearer::authenticate));
    let open = OpenApiRouter::new().routes(routes!(document::openapi));
    let (router, api) = open.merge(guarded).split_for_parts();
    let document = document::complete(api);
    let inner = router.fallback(async || Problem::new(Code::NoRoute)).layer(Extension(document)).layer(from_fn(finish));
    // The address with nothing but a slash behind it is no part of a nest.
    let bare = inner.clone().with_state(state.clone());
    Router::new().nest(BASE, inner).route_service(&format!("{BASE}/"), bare)
}

/// What is nothing under `/api`, neither here nor for a screen. Among the pages, whose server functions stand there too.
pub fn nowhere() -> Router<AppState> {
    let mut router = Router::new();
    for path in ["/api", "/api/", "/api/{*rest}"] {
        router = router.route(path, any(async || Problem::new(Code::NoRoute)));
    }
    router.layer(from_fn(finish))
}

/// Gives every answer its language and headers, and every error its problem document.
async fn finish(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let locale = app::page::accepted_locale(&parts).unwrap_or(Locale::En);
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(Language(locale));
    let response = match tokio::time::timeout(PATIENCE, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(Code::Unavailable).into_response(),
    };
    let mut response = problem::render(response, locale);
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.code()));
    headers.append(header::VARY, HeaderValue::from_static("accept-language"));
    response
}

/// An answer in JSON.
fn json(body: &impl Serialize) -> Result<Response, Problem> {
    let text = serde_json::to_string(body).map_err(crate::error::ServiceError::from)?;
    Ok(written(StatusCode::OK, text))
}

/// An answer whose JSON is written already.
fn written(status: StatusCode, text: String) -> Response {
    let kind = if status.is_success() { "application/json" } else { problem::MIME };
    (status, [(header::CONTENT_TYPE, kind)], text).into_response()
}

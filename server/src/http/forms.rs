//! Forms: a page's own address takes the post, calls the server function that the
//! form names, and on an error shows the same page once more with what was typed.
//!
//! See `app::form`. Handlers that read their post themselves (uploads) can do the same by putting a
//! [`FormState`] in the extensions of their response.

use app::error::ApiError;
use app::form::{FN_FIELD, FormState};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Form, FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request::Parts};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use leptos::server_fn::error::FromServerFnError;
use tower::Layer;

/// The largest form; uploads are no forms and have a limit of their own.
const MAX_FORM: usize = 1 << 20;

/// Puts the form handling around a router that serves pages and server functions. Session and header
/// middleware goes around the result.
pub fn with_forms(router: Router) -> Router {
    Router::new().fallback_service(from_fn(handle).layer(router))
}

async fn handle(request: Request, next: Next) -> Response {
    let is_call = request.uri().path().starts_with("/api/");
    if request.method() != Method::POST || (is_call && !is_form(request.headers())) {
        return next.run(request).await;
    }
    if !is_form(request.headers()) {
        return show_again_if_asked(request, next).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, MAX_FORM).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let fields = fields_of(&parts, body.clone()).await;
    let unstorable = unstorable(&fields);
    if is_call {
        return match unstorable {
            Some(error) => refused(&error),
            None => next.run(Request::from_parts(parts, Body::from(body))).await,
        };
    }
    let action = fields.iter().find(|(name, _)| name == FN_FIELD).map(|(_, value)| value.clone());
    if let (Some(action), Some(error)) = (&action, unstorable) {
        return show_again(parts, FormState::of(action.clone(), fields, error), next).await;
    }
    match action {
        Some(action) => call(parts, body, fields, action, next).await,
        None => show_again_if_asked(Request::from_parts(parts, Body::from(body)), next).await,
    }
}

/// Calls the server function and answers with the next page, or this one again.
async fn call(parts: Parts, body: Bytes, fields: Vec<(String, String)>, action: String, next: Next) -> Response {
    let known =
        leptos::server_fn::axum::server_fn_paths().any(|(path, method)| path == action && method == Method::POST);
    let Some(uri) = action.parse::<Uri>().ok().filter(|_| known) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut inner = Request::from_parts(parts.clone(), Body::from(body));
    *inner.uri_mut() = uri;
    // With `text/html` the server function would answer with a redirect that carries the error.
    inner.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let answer = next.clone().run(inner).await;

    if answer.status().is_success() || answer.status().is_redirection() {
        let here = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        let to = answer.headers().get(header::LOCATION).cloned().or_else(|| HeaderValue::from_str(here).ok());
        let mut response = StatusCode::SEE_OTHER.into_response();
        response.headers_mut().insert(header::LOCATION, to.unwrap_or(HeaderValue::from_static("/")));
        copy_cookies(answer.headers(), &mut response);
        return response;
    }
    let (head, body) = answer.into_parts();
    let error = match axum::body::to_bytes(body, MAX_FORM).await {
        Ok(bytes) => ApiError::de(bytes),
        Err(_) => ApiError::Transport,
    };
    let mut response = show_again(parts, FormState::of(action, fields, error), next).await;
    copy_cookies(&head.headers, &mut response);
    response
}

/// Lets the request's own handler answer; shows the page again if the answer holds a [`FormState`].
async fn show_again_if_asked(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let answer = next.clone().run(Request::from_parts(parts.clone(), body)).await;
    match answer.extensions().get::<FormState>().cloned() {
        None => answer,
        Some(state) => {
            let mut response = show_again(parts, state, next).await;
            copy_cookies(answer.headers(), &mut response);
            response
        }
    }
}

/// Renders the page at the request's address, with the form as it was, at the error's status.
async fn show_again(mut parts: Parts, state: FormState, next: Next) -> Response {
    let status = StatusCode::from_u16(state.error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let again = if let ApiError::TooMany(seconds) = state.error { Some(seconds) } else { None };
    parts.method = Method::GET;
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.extensions.insert(state);
    let mut response = next.run(Request::from_parts(parts, Body::empty())).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    if let Some(seconds) = again {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// A remark on the first field with a character that no database and no screen can do anything with.
fn unstorable(fields: &[(String, String)]) -> Option<ApiError> {
    let is_bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let (name, _) = fields.iter().find(|(_, value)| value.chars().any(is_bad))?;
    Some(ApiError::field(name, "error.control_character"))
}

fn refused(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(error)).into_response()
}

fn is_form(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.starts_with("application/x-www-form-urlencoded"))
}

async fn fields_of(parts: &Parts, body: Bytes) -> Vec<(String, String)> {
    let request = Request::from_parts(parts.clone(), Body::from(body));
    Form::<Vec<(String, String)>>::from_request(request, &()).await.map(|Form(fields)| fields).unwrap_or_default()
}

fn copy_cookies(from: &HeaderMap, to: &mut Response) {
    for cookie in from.get_all(header::SET_COOKIE) {
        to.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
}

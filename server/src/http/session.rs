//! Who calls: reads the session cookie and puts the caller into the request's extensions.

use std::net::SocketAddr;

use app::ApiError;
use app::caller::Caller;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use cookie::{Cookie, SameSite};

use crate::session::Origin;
use crate::state::AppState;

/// The token of the caller's session, for services that end or change it.
#[derive(Clone, Debug)]
pub struct SessionToken(pub String);

/// Name of the session cookie. The prefix binds it to this host and to TLS, so it is used where TLS is.
pub fn cookie_name(tls: bool) -> &'static str {
    if tls { "__Host-maatstaf" } else { "maatstaf" }
}

/// The `Set-Cookie` value that starts (or, with an empty token, ends) a session in the browser.
pub fn set_cookie(token: &str, tls: bool) -> String {
    let seconds = if token.is_empty() { 0 } else { crate::session::ABSOLUTE_MS / 1000 };
    Cookie::build((cookie_name(tls), token.to_owned()))
        .path("/")
        .http_only(true)
        .secure(tls)
        .same_site(SameSite::Lax)
        .max_age(cookie::time::Duration::seconds(seconds))
        .build()
        .to_string()
}

/// The value of a cookie.
pub fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(Cookie::split_parse)
        .flatten()
        .find(|c| c.name() == name)
        .map(|c| c.value().to_owned())
}

/// Puts `Option<Caller>`, [`SessionToken`] and [`Origin`] into the request's extensions.
pub async fn load_caller(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let origin = origin(&state, &request);
    request.extensions_mut().insert(origin);
    let mut caller: Option<Caller> = None;
    if let Some(token) = cookie_value(request.headers(), cookie_name(state.serve.is_tls())) {
        match crate::service::account::caller_of(&state, &token).await {
            Ok(found) => caller = found,
            Err(error) => return unavailable(&ApiError::from(error)),
        }
        request.extensions_mut().insert(SessionToken(token));
    }
    if let Some(caller) = &caller {
        tracing::Span::current().record("user", caller.user_id.get()).record("org", caller.org_id.get());
    }
    request.extensions_mut().insert(caller);
    next.run(request).await
}

fn origin(state: &AppState, request: &Request) -> Origin {
    let header = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip().to_string());
    let forwarded = state
        .serve
        .trust_proxy
        .then(|| header("x-forwarded-for").and_then(|v| v.rsplit(',').next().map(|a| a.trim().to_owned())))
        .flatten();
    Origin { address: forwarded.or(peer).unwrap_or_default(), user_agent: header("user-agent").unwrap_or_default() }
}

/// The answer while the database is busy or away.
pub fn unavailable(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
    let mut response = (status, serde_json::to_string(error).unwrap_or_default()).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

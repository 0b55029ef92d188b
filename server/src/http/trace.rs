//! Logs: one span per request, with an id that the answer carries too. Never logged: bodies, cookies, tokens.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Response};
use tower_http::request_id::{MakeRequestId, RequestId};
use tracing::Span;
use tracing_subscriber::EnvFilter;

/// Header that carries the request's id.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Starts logging: `RUST_LOG` sets the level, `MAATSTAF_LOG=json` the form.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,server=info"));
    let logger = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if std::env::var("MAATSTAF_LOG").is_ok_and(|v| v == "json") {
        logger.json().try_init()
    } else {
        logger.try_init()
    };
    if started.is_err() {
        tracing::debug!("logging was started already");
    }
}

/// Gives each request an id of its own; one that a client sends is not trusted.
#[derive(Clone, Copy, Debug)]
pub struct FreshId;

impl MakeRequestId for FreshId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = format!("{:x}", crate::id::next());
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

/// The span of a request. The path is logged without its query: it may name people.
pub fn span(request: &Request) -> Span {
    let id = request.headers().get(REQUEST_ID).and_then(|v| v.to_str().ok()).unwrap_or_default();
    // Links hold their token in the path: only the first two parts are logged.
    let path: String = request.uri().path().split('/').take(3).collect::<Vec<_>>().join("/");
    tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        path,
        user = tracing::field::Empty,
        org = tracing::field::Empty
    )
}

/// Logs that a request was answered.
pub fn answered<B>(response: &Response<B>, latency: std::time::Duration, _: &Span) {
    tracing::info!(status = response.status().as_u16(), ms = latency.as_secs_f64() * 1000.0, "answered");
}

//! Who calls: the bearer token, how often it may ask, and what it may be used for. Cookies count for nothing here, so
//! no other site can use them.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use domain::policy::Scope;

use super::Language;
use super::limiter::{Left, Limiter};
use super::problem::{Code, Problem};
use crate::service::tokens::{Bearer, bearer};
use crate::state::AppState;

/// Lets a request with a token that works through, and puts its [`Bearer`] into the request's extensions.
pub(super) async fn authenticate(
    State((state, limiter)): State<(AppState, Arc<Limiter>)>,
    Extension(Language(locale)): Extension<Language>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(text) = token(request.headers()) else {
        return Problem::new(Code::NoToken).header(header::WWW_AUTHENTICATE, "Bearer").into_response();
    };
    let mut found = match bearer(&state, text).await {
        Ok(Some(found)) => found,
        Ok(None) => {
            let problem = Problem::new(Code::BadToken);
            return problem.header(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"").into_response();
        }
        Err(error) => return Problem::from(error).into_response(),
    };
    found.caller.locale = locale;
    tracing::Span::current().record("user", found.caller.user_id.get()).record("org", found.caller.org_id.get());
    let left = limiter.count(found.token_id, Instant::now());
    let mut response = if left.exceeded {
        let problem = Problem::new(Code::TooManyRequests).with("seconds", left.reset);
        problem.header(header::RETRY_AFTER, HeaderValue::from(left.reset)).into_response()
    } else {
        request.extensions_mut().insert(found);
        next.run(request).await
    };
    tell(response.headers_mut(), left);
    response
}

/// The token of the request, if it has one.
fn token(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn tell(headers: &mut HeaderMap, left: Left) {
    for (name, value) in [
        ("ratelimit-limit", HeaderValue::from(left.limit)),
        ("ratelimit-remaining", HeaderValue::from(left.remaining)),
        ("ratelimit-reset", HeaderValue::from(left.reset)),
    ] {
        headers.insert(HeaderName::from_static(name), value);
    }
}

/// Refuses a token that may not be used so.
pub(super) fn require(bearer: &Bearer, scope: Scope) -> Result<(), Problem> {
    bearer.require(scope).map_err(|_| {
        let told = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", scope.code());
        Problem::new(Code::ScopeMissing).with("scope", scope.code()).header(header::WWW_AUTHENTICATE, told)
    })
}

//! Refuses changes that another site asks for. The cookie is `SameSite=Lax`; this is the second fence.

use axum::extract::Request;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// Lets a request through if it only reads, or if the browser says that our own page sent it.
pub async fn refuse_foreign_writes(request: Request, next: Next) -> Response {
    if is_ours(request.method(), request.headers()) {
        next.run(request).await
    } else {
        (StatusCode::FORBIDDEN, "This request came from another site and was refused.").into_response()
    }
}

fn is_ours(method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok()) {
        return matches!(site, "same-origin" | "none");
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, rest)| rest == host),
        (Some(_), None) => false,
        // No browser leaves out both while it sends cookies; a program without cookies has nothing to abuse.
        (None, _) => !headers.contains_key(header::COOKIE),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Method};

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(k, v)| (k.parse().unwrap(), HeaderValue::from_static(v))).collect()
    }

    #[test]
    fn only_our_own_pages_may_write() {
        let ours = |pairs: &[(&'static str, &'static str)]| super::is_ours(&Method::POST, &headers(pairs));
        assert!(ours(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site"), ("cookie", "a=b")]));
        assert!(!ours(&[("sec-fetch-site", "same-site"), ("cookie", "a=b")]));
        assert!(ours(&[("origin", "https://kpi.example"), ("host", "kpi.example"), ("cookie", "a=b")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "kpi.example")]));
        assert!(!ours(&[("origin", "null"), ("host", "kpi.example")]));
        assert!(!ours(&[("cookie", "a=b")]));
        assert!(super::is_ours(&Method::GET, &headers(&[("sec-fetch-site", "cross-site")])));
    }
}

//! Keeps scorecards and boards that were rendered, for as long as nothing that they could show has changed.
//!
//! What a page depends on is its key: who asks, with the two versions of their organisation (of facts, and of everything that
//! is audited), the day, the cookies, the language asked for and the address. Both versions are raised in the transaction
//! of the write and read with the caller, so no node shows what another has changed. Only the nonce differs from answer to
//! answer: it is cut out and put in anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use app::caller::Caller;
use app::form::FormState;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::headers::PageNonce;

/// The most bytes that are kept; then all are forgotten, among them those whose key will never be asked for again.
const MOST: usize = 24 << 20;
/// A page larger than this is not kept.
const LARGEST: usize = 1 << 20;
/// Beginnings of the addresses of pages that are kept: those that are opened most and read most.
const PAGES: [&str; 2] = ["/scorecard/", "/teams/"];

/// A page in pieces, between which the nonce stands.
#[derive(Clone, Debug)]
struct Page(Arc<[Bytes]>);

/// The pages kept, by their keys, and how many bytes they are.
#[derive(Debug, Default)]
struct Pages {
    all: HashMap<String, Page>,
    bytes: usize,
}

/// The pages kept; cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Rendered(Arc<Mutex<Pages>>);

impl Rendered {
    fn find(&self, key: &str) -> Option<Page> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).all.get(key).cloned()
    }

    fn keep(&self, key: String, page: Page) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = key.len() + page.0.iter().map(Bytes::len).sum::<usize>();
        if pages.bytes + bytes > MOST {
            *pages = Pages::default();
        }
        pages.bytes += bytes;
        pages.all.insert(key, page);
    }
}

/// Answers with a kept page, or keeps the one that is rendered.
pub async fn answer(State(rendered): State<Rendered>, request: Request, next: Next) -> Response {
    let nonce = request.extensions().get::<PageNonce>().cloned();
    let (Some(key), Some(PageNonce(nonce))) = (key(&request), nonce) else { return next.run(request).await };
    if let Some(page) = rendered.find(&key) {
        let headers = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
        return (headers, join(&page, &nonce)).into_response();
    }
    let (parts, body) = next.run(request).await.into_parts();
    let is_kept = parts.status == StatusCode::OK
        && !parts.headers.contains_key(header::SET_COOKIE)
        && parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if !is_kept {
        return Response::from_parts(parts, body);
    }
    let Ok(bytes) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    if bytes.len() <= LARGEST {
        rendered.keep(key, cut(&bytes, &nonce));
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// All that decides what a page shows; none of one that is not kept.
fn key(request: &Request) -> Option<String> {
    let is_page = request.method() == Method::GET && PAGES.iter().any(|start| request.uri().path().starts_with(start));
    // A form that was refused is shown on its page, with what was typed.
    if !is_page || request.extensions().get::<FormState>().is_some() {
        return None;
    }
    let caller = request.extensions().get::<Option<Caller>>()?.as_ref()?;
    let caller = serde_json::to_string(caller).ok()?;
    let said = |name| every(request.headers(), name);
    let uri = request.uri();
    Some(
        [caller, said(header::COOKIE), said(header::ACCEPT_LANGUAGE), said(header::ACCEPT), uri.to_string()].join("\n"),
    )
}

fn every(headers: &HeaderMap, name: header::HeaderName) -> String {
    headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect::<Vec<_>>().join("; ")
}

fn cut(page: &Bytes, nonce: &str) -> Page {
    let text = String::from_utf8_lossy(page);
    Page(text.split(nonce).map(|piece| Bytes::copy_from_slice(piece.as_bytes())).collect())
}

fn join(page: &Page, nonce: &str) -> Vec<u8> {
    page.0.join(nonce.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_beyond_the_most_bytes_are_forgotten() {
        let rendered = Rendered::default();
        let large = || cut(&Bytes::from(vec![b'x'; MOST / 2]), "abc");
        rendered.keep("a".to_owned(), large());
        assert!(rendered.find("a").is_some() && rendered.find("b").is_none());
        rendered.keep("b".to_owned(), large());
        assert!(rendered.find("a").is_none() && rendered.find("b").is_some());
    }

    #[test]
    fn the_nonce_is_put_in_anew() {
        let page =
            cut(&Bytes::from_static(b"<script nonce=\"abc\"></script><p>\xc3\xa9</p><style nonce=\"abc\">"), "abc");
        assert_eq!(join(&page, "xyz"), b"<script nonce=\"xyz\"></script><p>\xc3\xa9</p><style nonce=\"xyz\">");
    }
}

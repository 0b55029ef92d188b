//! A program that uses the API: a token, no cookies.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use domain::policy::Scope;
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use super::{Answer, Site, tokens};

/// See the module.
#[derive(Clone, Debug)]
pub struct Program {
    router: Router,
    token: Option<String>,
    headers: Vec<(&'static str, String)>,
}

impl Program {
    /// A program with the text of a token, or without one.
    pub fn new(site: &Site, token: Option<&str>) -> Self {
        Self { router: site.router(), token: token.map(str::to_owned), headers: Vec::new() }
    }

    /// A program with a fresh token of a user of Acme.
    pub async fn of(site: &Site, user: i64, scopes: &[Scope]) -> Self {
        let (_, text) = tokens::add(site.db(), site.world.org, user, scopes).await;
        Self::new(site, Some(&text))
    }

    /// The same program with one header more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Asks for something below `/api/v1`.
    pub async fn get(&self, path: &str) -> Answer {
        self.call("GET", path, "").await
    }

    /// Sends a body of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path, &body.to_string()).await
    }

    /// Any request; a body is said to be JSON.
    pub async fn call(&self, method: &str, path: &str, body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if let Some(token) = &self.token {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if !body.is_empty() && !self.headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        let response = self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: head.status, headers: head.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }
}

impl Answer {
    /// Fails the test unless the answer is a problem document with this status and code; gives the document.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> server::http::api::ProblemBody {
        assert_eq!(self.status.as_u16(), status, "{}", self.body.chars().take(600).collect::<String>());
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let body: server::http::api::ProblemBody = self.json();
        assert_eq!((body.status, body.code.as_str()), (status, code));
        assert!(!body.title.is_empty() && !body.detail.contains("%{"), "{}", body.detail);
        body
    }
}

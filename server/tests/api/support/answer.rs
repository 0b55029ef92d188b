//! What the server said.

use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

/// An answer with its body read.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Fails the test unless the answer has this status; gives the answer back for more.
    #[track_caller]
    pub fn assert(self, status: u16) -> Self {
        let start: String = self.body.chars().take(600).collect();
        assert_eq!(self.status.as_u16(), status, "{start}");
        self
    }

    /// Fails the test unless the body holds this text.
    #[track_caller]
    pub fn assert_has(self, text: &str) -> Self {
        assert!(self.body.contains(text), "no “{text}” in {}", self.body.chars().take(4000).collect::<String>());
        self
    }

    /// Fails the test if the body holds this text.
    #[track_caller]
    pub fn assert_lacks(self, text: &str) -> Self {
        assert!(!self.body.contains(text), "“{text}” in {}", self.body.chars().take(4000).collect::<String>());
        self
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    /// The error that the body holds.
    #[track_caller]
    pub fn error(&self) -> app::ApiError {
        self.json()
    }

    /// Names of the fields with a remark.
    #[track_caller]
    pub fn remarks(&self) -> Vec<(String, String)> {
        match self.error() {
            app::ApiError::Invalid(all) => all.into_iter().map(|e| (e.field, e.key)).collect(),
            other => panic!("no remarks but {other:?}"),
        }
    }

    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// A header; empty when missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The value of a cookie that the answer sets; none if it does not set it.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .filter_map(|v| v.split(';').next()?.split_once('='))
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.to_owned())
    }
}

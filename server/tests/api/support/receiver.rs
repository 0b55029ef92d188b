//! A receiver of webhooks on this machine.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::Value;
use server::webhook::send::Sender;

/// A message that came in.
#[derive(Clone, Debug)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: String,
}

impl Received {
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Fails the test unless the message is signed with a secret.
    #[track_caller]
    pub fn assert_signed(&self, secret: &str) {
        let signature = self.header("maatstaf-signature");
        let seconds = signature.strip_prefix("t=").unwrap().split(',').next().unwrap().parse().unwrap();
        assert_eq!(signature, server::webhook::sign::signature(secret, seconds, &self.body).unwrap());
    }
}

#[derive(Debug, Default)]
struct Inner {
    answers: VecDeque<u16>,
    received: Vec<Received>,
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Receiver {
    inner: Arc<Mutex<Inner>>,
    pub url: String,
}

impl Receiver {
    /// A receiver that gives these answers in turn, and 200 from then on.
    pub async fn answering(answers: &[u16]) -> Self {
        let inner = Arc::new(Mutex::new(Inner { answers: answers.iter().copied().collect(), received: Vec::new() }));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let router = Router::new().route("/hook", post(take)).with_state(inner.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { inner, url }
    }

    /// What came in so far.
    pub fn received(&self) -> Vec<Received> {
        self.inner.lock().unwrap().received.clone()
    }

    /// Events that came in so far.
    pub fn events(&self) -> Vec<String> {
        self.received().iter().map(|r| r.header("maatstaf-event").to_owned()).collect()
    }
}

async fn take(State(inner): State<Arc<Mutex<Inner>>>, headers: HeaderMap, body: String) -> (StatusCode, &'static str) {
    let mut inner = inner.lock().unwrap();
    inner.received.push(Received { headers, body });
    let status = inner.answers.pop_front().unwrap_or(200);
    (StatusCode::from_u16(status).unwrap(), "noted")
}

/// What sends to this machine.
pub fn sender() -> Sender {
    let roots = tokio_rustls::rustls::RootCertStore::empty();
    Sender::trusting(roots, true, Duration::from_secs(2)).unwrap()
}

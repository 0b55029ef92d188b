//! `GET /live`: tells open pages when the facts of their organisation change, as server-sent events. Nothing but a
//! number goes out: the page is asked again in the ordinary way, with the rights of whoever looks.
//!
//! Each node asks the database once a second while anybody listens to it, so that it does not matter which node, or
//! which program, wrote the facts.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use app::caller::Caller;
use axum::extract::Extension;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use futures_util::stream;
use sea_orm::DatabaseConnection;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::query;

/// How often the database is asked.
const EVERY: Duration = Duration::from_secs(1);
/// How long a page listens before it has to come again: whoever was signed out or disabled then gets nothing more.
const LIFE: Duration = Duration::from_secs(300);
/// Pages that may listen to one node.
const MAX_LISTENERS: usize = 2_000;

static STOPPING: LazyLock<watch::Sender<bool>> = LazyLock::new(|| watch::channel(false).0);

/// Lets every listening page go, because the server stops.
pub fn stop() {
    STOPPING.send_replace(true);
}

/// Who listens on this node, by organisation. The value is the version of its facts; none before it was asked for.
#[derive(Debug)]
pub struct Hub {
    db: DatabaseConnection,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    channels: HashMap<i64, watch::Sender<Option<i64>>>,
    asking: bool,
}

impl Hub {
    /// A hub to which nobody listens yet.
    pub fn new(db: DatabaseConnection) -> Arc<Self> {
        Arc::new(Self { db, inner: Mutex::default() })
    }

    /// Listens to an organisation; none when too many do already.
    fn subscribe(self: &Arc<Self>, org: i64) -> Option<watch::Receiver<Option<i64>>> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let listening: usize = inner.channels.values().map(watch::Sender::receiver_count).sum();
        if listening >= MAX_LISTENERS {
            return None;
        }
        let receiver = inner.channels.entry(org).or_insert_with(|| watch::channel(None).0).subscribe();
        if !inner.asking {
            inner.asking = true;
            tokio::spawn(ask(Arc::clone(self)));
        }
        Some(receiver)
    }

    /// The organisations that somebody listens to; the asking ends where there are none.
    fn listened(&self) -> Vec<i64> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.channels.retain(|_, sender| sender.receiver_count() > 0);
        inner.asking = !inner.channels.is_empty();
        inner.channels.keys().copied().collect()
    }

    fn tell(&self, versions: &[(i64, i64)]) {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        for (org, version) in versions {
            if let Some(sender) = inner.channels.get(org) {
                sender.send_if_modified(|known| known.replace(*version) != Some(*version));
            }
        }
    }
}

/// Asks for the versions while anybody listens.
async fn ask(hub: Arc<Hub>) {
    loop {
        let orgs = hub.listened();
        if orgs.is_empty() {
            return;
        }
        match query::organisation::data_versions(&hub.db, orgs).await {
            Ok(versions) => hub.tell(&versions),
            Err(error) => tracing::warn!(%error, "the versions of the facts could not be read"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// The stream of one page: the version now, and each that follows.
pub async fn listen(Extension(caller): Extension<Option<Caller>>, Extension(hub): Extension<Arc<Hub>>) -> Response {
    let Some(caller) = caller else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Some(receiver) = hub.subscribe(caller.org_id.get()) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let end = Instant::now() + LIFE;
    let stopping = STOPPING.subscribe();
    let versions = stream::unfold((receiver, stopping), move |(mut receiver, mut stopping)| async move {
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(end) => return None,
                // The sender is never dropped, so that only a stop ends the wait.
                _ = stopping.wait_for(|stops| *stops) => return None,
                changed = receiver.changed() => changed.ok()?,
            }
            let version = *receiver.borrow_and_update();
            if let Some(version) = version {
                let event = Event::default().data(version.to_string());
                return Some((Ok::<_, Infallible>(event), (receiver, stopping)));
            }
        }
    });
    let keep = KeepAlive::new().interval(Duration::from_secs(15));
    let mut response = Sse::new(versions).keep_alive(keep).into_response();
    // A proxy that collects an answer before it passes it on would keep the page waiting.
    response.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    response
}

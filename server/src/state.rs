//! What every request shares.

use std::path::PathBuf;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Serve;
use crate::db::Db;
use crate::http::assets::Site;
use crate::password::Passwords;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;

/// The shared state; cloning it is cheap.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Clock,
    /// Password hashing.
    pub passwords: Passwords,
    /// How the server listens and what it allows.
    pub serve: Arc<Serve>,
    /// Where uploads wait.
    pub data_dir: Arc<PathBuf>,
    /// The site's files.
    pub site: Site,
    /// Leptos' own settings.
    pub leptos: LeptosOptions,
}

impl FromRef<AppState> for Db {
    fn from_ref(state: &AppState) -> Self {
        state.db.clone()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

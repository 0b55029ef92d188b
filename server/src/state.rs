//! What every request shares.

use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use sea_orm::DatabaseConnection;

use crate::clock::Clock;
use crate::config::Serve;
use crate::http::assets::Site;
use crate::password::Passwords;
use crate::roster::Rosters;
use crate::service::imports::Jobs;

/// The shared state; cloning it is cheap.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The database.
    pub db: DatabaseConnection,
    /// What time it is.
    pub clock: Clock,
    /// Password hashing.
    pub passwords: Passwords,
    /// How the server listens and what it allows.
    pub serve: Arc<Serve>,
    /// Where uploads wait.
    pub data_dir: Arc<PathBuf>,
    /// People, places and teams, kept between requests.
    pub rosters: Rosters,
    /// The imports that this process works on.
    pub jobs: Jobs,
    /// The site's files.
    pub site: Site,
    /// Leptos' own settings.
    pub leptos: LeptosOptions,
}

impl FromRef<AppState> for DatabaseConnection {
    fn from_ref(state: &AppState) -> Self {
        state.db.clone()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

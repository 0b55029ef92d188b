//! What every request shares.

use std::path::PathBuf;
use std::sync::Arc;

use app::caller::Caller;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use sea_orm::DatabaseConnection;

use crate::authz::Access;
use crate::clock::Clock;
use crate::config::Serve;
use crate::error::ServiceResult;
use crate::http::assets::Site;
use crate::password::Passwords;
use crate::roster::{Roster, Rosters};

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
    /// The site's files.
    pub site: Site,
    /// Leptos' own settings.
    pub leptos: LeptosOptions,
}

impl AppState {
    /// The caller's organisation, as kept between requests, and what the caller reaches in it. Not inside a transaction.
    ///
    /// # Errors
    /// When the database refuses or the organisation does not exist.
    pub async fn roster_of(&self, caller: &Caller) -> ServiceResult<(Arc<Roster>, Access)> {
        let roster = self.rosters.of(&self.db, caller.org_id).await?;
        let access = Access::within(&self.db, caller, roster.frame.tree.clone(), &roster.places).await?;
        Ok((roster, access))
    }
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

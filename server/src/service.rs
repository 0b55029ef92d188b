//! Use cases: authorize, load, decide in `domain`, write, answer. They implement the ports of `app`.

pub mod account;
mod analysis;
mod catalogue;
mod completeness;
mod desk;
pub mod export;
pub mod facts;
pub mod idempotency;
pub mod imports;
pub mod invitation;
mod notes;
mod objectives;
pub mod organisation;
pub mod people;
pub mod program;
mod scorecard;
mod settings;
mod targets;
pub mod tokens;
pub mod webhooks;
pub mod when;

use crate::state::AppState;

/// The implementation of every port; each feature's file holds its part.
#[derive(Clone, Debug)]
pub struct Services {
    /// What every request shares.
    pub state: AppState,
}

impl Services {
    /// Services over the shared state.
    pub fn new(state: AppState) -> Self {
        Self { state }
    }
}

//! People, places and teams of organisations, kept between requests.
//!
//! What is kept is used only while the organisation's row is the one it was read after. Everything that changes people,
//! places, teams or deals raises the row's data version in its own transaction, and the row is read for every request:
//! so nothing is stale, however many servers there are. Inside a transaction nothing is kept, as it may be undone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::OrgId;
use sea_orm::{ColumnTrait as _, DatabaseConnection, EntityTrait as _, QueryFilter as _};

use crate::authz::Denied;
use crate::entity::{organisation, team_membership};
use crate::kpi::{Frame, KpiError};

/// More organisations than this are not kept at once.
const MOST: usize = 500;

/// An organisation as figures and permissions need it.
#[derive(Debug)]
pub struct Roster {
    row: organisation::Model,
    /// As figures need it.
    pub frame: Arc<Frame>,
    /// Who was in which team under whom, as permissions need it.
    pub places: Vec<team_membership::Model>,
}

/// The row as if it had this version of what is shown beside figures, on which nothing here depends.
fn with_page(row: &organisation::Model, page_version: i64) -> organisation::Model {
    organisation::Model { page_version, ..row.clone() }
}

/// The organisations kept; cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Rosters(Arc<Mutex<HashMap<OrgId, Arc<Roster>>>>);

impl Rosters {
    /// An organisation as the database has it now.
    ///
    /// # Errors
    /// When the database refuses or the organisation does not exist.
    pub async fn of(&self, db: &DatabaseConnection, org: OrgId) -> Result<Arc<Roster>, KpiError> {
        // First the row: what is read after it is at least as new.
        let row = organisation::Entity::find_by_id(org.get()).one(db).await?.ok_or(Denied::NotFound)?;
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&org).cloned();
        if let Some(kept) = kept.filter(|k| k.row == with_page(&row, k.row.page_version)) {
            return Ok(kept);
        }
        let places =
            team_membership::Entity::find().filter(team_membership::Column::OrgId.eq(org.get())).all(db).await?;
        let frame = Arc::new(Frame::of(db, &row, &places).await?);
        let roster = Arc::new(Roster { row, frame, places });
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        all.insert(org, Arc::clone(&roster));
        Ok(roster)
    }
}

//! SMART targets: rights, form and check, agreement, standing. Objectives answer through the same port.

mod around;
mod change;
mod check;
mod form;
mod grid;
mod model;
mod page;
mod past;
mod read;
mod reading;
mod rights;
mod save;
mod standing;
mod steps;
mod told;
mod words;

use std::collections::BTreeMap;

use app::ApiResult;
use app::caller::Caller;
use app::targets::api::{Step, TargetsPort};
use app::targets::data::{
    GridInput, GridQuery, GridView, ObjectiveFields, ObjectiveTree, PersonTargets, TargetFields, TargetFilter,
    TargetFormView, TargetLine, TargetList, TargetPage,
};
use async_trait::async_trait;
use domain::{ObjectiveId, Period, PersonId, TargetId};

use super::{Services, objectives};
use crate::error::ServiceResult;
pub(super) use around::{may_see_objective, owner};
pub(super) use grid::table as grid_table;
pub(super) use read::list;
pub(super) use rights::{exists, relation, who_name};

#[async_trait]
impl TargetsPort for Services {
    async fn list(&self, caller: &Caller, filter: TargetFilter) -> ApiResult<TargetList> {
        Ok(read::list(&self.state, caller, filter, 0).await?.0)
    }

    async fn grid(&self, caller: &Caller, query: GridQuery) -> ApiResult<GridView> {
        Ok(grid::view(&self.state, caller, query).await?)
    }

    async fn save_grid(&self, caller: &Caller, input: GridInput) -> ApiResult<()> {
        Ok(grid::save(&self.state, caller, input).await?)
    }

    async fn page(&self, caller: &Caller, id: TargetId) -> ApiResult<TargetPage> {
        Ok(page::page(&self.state, caller, id).await?)
    }

    async fn of_person(&self, caller: &Caller, person: PersonId, period: String) -> ApiResult<PersonTargets> {
        Ok(read::of_person(&self.state, caller, person, &period).await?)
    }

    async fn of_people(
        &self,
        caller: &Caller,
        people: &[PersonId],
        period: Period,
    ) -> ApiResult<BTreeMap<PersonId, Vec<TargetLine>>> {
        Ok(read::of_people(&self.state, caller, people, period).await?)
    }

    async fn form(&self, caller: &Caller, fields: TargetFields) -> ApiResult<TargetFormView> {
        Ok(form::load(&self.state, caller, fields).await?)
    }

    async fn save(&self, caller: &Caller, fields: TargetFields, is_draft: bool) -> ApiResult<TargetId> {
        Ok(save::save(&self.state, caller, fields, is_draft).await?)
    }

    async fn step(&self, caller: &Caller, id: TargetId, version: i64, step: Step) -> ApiResult<()> {
        Ok(steps::step(&self.state, caller, id, version, step).await?)
    }

    async fn objectives(&self, caller: &Caller) -> ApiResult<ObjectiveTree> {
        Ok(objectives::tree(&self.state, caller).await?)
    }

    async fn create_objective(&self, caller: &Caller, fields: ObjectiveFields) -> ApiResult<ObjectiveId> {
        Ok(objectives::create(&self.state, caller, fields).await?)
    }

    async fn archive_objective(&self, caller: &Caller, id: ObjectiveId) -> ApiResult<()> {
        Ok(objectives::archive(&self.state, caller, id).await?)
    }
}

impl Services {
    /// Brings the file of a yearly grid in; it lies on disk while it is read, as every file does.
    ///
    /// # Errors
    /// What is wrong with the file or with single cells of it; then nothing was written.
    pub async fn save_target_grid_file(&self, caller: &Caller, query: GridQuery, bytes: &[u8]) -> ServiceResult<()> {
        let folder = self.state.data_dir.join("uploads");
        tokio::fs::create_dir_all(&folder).await.map_err(anyhow::Error::from)?;
        let path = folder.join(format!("{}.csv", crate::id::next()));
        tokio::fs::write(&path, bytes).await.map_err(anyhow::Error::from)?;
        let done = grid::save_file(&self.state, caller, query, &path).await;
        if let Err(error) = tokio::fs::remove_file(&path).await {
            tracing::error!(path = %path.display(), %error, "a file that was read stays behind");
        }
        done
    }
}

//! SMART targets: rights, form and check, agreement, standing. Objectives answer through the same port.

mod around;
mod change;
mod check;
mod form;
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
    ObjectiveFields, ObjectiveTree, PersonTargets, TargetFields, TargetFilter, TargetFormView, TargetLine, TargetList,
    TargetPage,
};
use async_trait::async_trait;
use domain::{ObjectiveId, Period, PersonId, TargetId};

use super::{Services, objectives};
pub(super) use around::{may_see_objective, owner};
pub(super) use rights::{exists, relation, who_name};

#[async_trait]
impl TargetsPort for Services {
    async fn list(&self, caller: &Caller, filter: TargetFilter) -> ApiResult<TargetList> {
        Ok(read::list(&self.state, caller, filter).await?)
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

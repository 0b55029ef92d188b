//! Server functions and port of this feature: SMART targets, their agreement, and the objectives above them.

use std::collections::HashMap;

use async_trait::async_trait;
use domain::ids::{ObjectiveId, PersonId, TargetId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

pub use super::data::*;
use crate::error::ApiError;
use crate::error::ApiResult;
use crate::port::{Caller, redirect, request};
use crate::route::Route;

/// Targets that the caller may see.
#[server(prefix = "/api", endpoint = "targets/list", input = Json)]
pub async fn list_targets(
    /// Which ones.
    filter: TargetFilter,
) -> Result<TargetList, ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.list(&caller, filter).await
}

/// One target with its standing, history and what the caller may do.
#[server(prefix = "/api", endpoint = "targets/page", input = Json)]
pub async fn get_target(
    /// Which one.
    id: TargetId,
) -> Result<TargetPage, ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.page(&caller, id).await
}

/// The targets of a person in a period.
#[server(prefix = "/api", endpoint = "targets/person", input = Json)]
pub async fn list_person_targets(
    /// Whose.
    person: PersonId,
    /// Name of the period, as in the address.
    period: String,
) -> Result<PersonTargets, ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.of_person(&caller, person, period).await
}

/// The form as far as it is filled in, with the SMART check, the history and the linter's remarks. Saves nothing.
#[server(prefix = "/api", endpoint = "targets/form", input = Json)]
pub async fn target_form(
    /// What was typed.
    fields: TargetFields,
) -> Result<TargetFormView, ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.form(&caller, fields).await
}

/// The yearly grid of a KPI's targets by person and month.
#[server(prefix = "/api", endpoint = "targets/grid", input = Json)]
pub async fn target_grid(
    /// Which one.
    query: GridQuery,
) -> Result<GridView, ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.grid(&caller, query).await
}

/// Saves what was changed in the yearly grid: all of it or nothing.
#[server(prefix = "/api", endpoint = "targets/save_grid")]
pub async fn save_target_grid(
    /// The year.
    #[server(default)]
    year: String,
    /// KPI of the catalogue.
    #[server(default)]
    kpi: String,
    /// The team whose people are shown.
    #[server(default)]
    team: String,
    /// How many people stand on the pages before.
    #[server(default)]
    skip: String,
    /// What stands in the cells.
    #[server(default)]
    cells: HashMap<String, String>,
    /// What stood in them before.
    #[server(default)]
    before: HashMap<String, String>,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    let query = GridQuery { year, kpi, team, skip };
    let back = Route::TargetGrid.url().q("year", &query.year).q("kpi", &query.kpi).q("team", &query.team);
    let back = back.q("skip", &query.skip).href();
    ports.targets.save_grid(&caller, GridInput { query, cells, before }).await?;
    crate::ui::flash::flash("targets.grid.saved");
    redirect(&back);
    Ok(())
}

/// Saves a new or changed target. `intent` is `draft` or `propose`.
#[server(prefix = "/api", endpoint = "targets/save")]
pub async fn save_target(
    /// `draft` or `propose`.
    #[server(default)]
    intent: String,
    /// What was typed.
    #[server(flatten)]
    fields: TargetFields,
) -> Result<TargetId, ApiError> {
    let (caller, ports) = request().await?;
    let is_draft = match intent.as_str() {
        "draft" => true,
        "propose" => false,
        _ => return Err(ApiError::field("intent", "error.choose")),
    };
    let id = ports.targets.save(&caller, fields, is_draft).await?;
    crate::ui::flash::flash("targets.flash.saved");
    redirect(&Route::Target(id).href());
    Ok(id)
}

/// Sends a draft to the person.
#[server(prefix = "/api", endpoint = "targets/propose")]
pub async fn propose_target(
    /// Which one.
    id: TargetId,
    /// The version that the caller saw.
    version: i64,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.step(&caller, id, version, Step::Propose).await?;
    crate::ui::flash::flash("targets.flash.proposed");
    redirect(&Route::Target(id).href());
    Ok(())
}

/// The person's answer: `agree`, or `counter` with another value and why.
#[server(prefix = "/api", endpoint = "targets/answer")]
pub async fn answer_target(
    /// Which one.
    id: TargetId,
    /// The version that the caller saw.
    version: i64,
    /// `agree` or `counter`.
    #[server(default)]
    answer: String,
    /// The value proposed instead, as typed.
    #[server(default)]
    counter_value: String,
    /// What is said with it.
    #[server(default)]
    comment: String,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    let step = match answer.as_str() {
        "agree" => Step::Agree { comment },
        "counter" => Step::Counter { value: counter_value, comment },
        _ => return Err(ApiError::field("answer", "error.choose")),
    };
    ports.targets.step(&caller, id, version, step).await?;
    crate::ui::flash::flash("targets.flash.answered");
    redirect(&Route::Target(id).href());
    Ok(())
}

/// Accepts the person's counter-proposal.
#[server(prefix = "/api", endpoint = "targets/settle")]
pub async fn settle_target(
    /// Which one.
    id: TargetId,
    /// The version that the caller saw.
    version: i64,
    /// What is said with it.
    #[server(default)]
    comment: String,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.step(&caller, id, version, Step::Settle { comment }).await?;
    crate::ui::flash::flash("targets.flash.agreed");
    redirect(&Route::Target(id).href());
    Ok(())
}

/// Writes down that a person who does not sign in agreed.
#[server(prefix = "/api", endpoint = "targets/record")]
pub async fn record_agreement(
    /// Which one.
    id: TargetId,
    /// The version that the caller saw.
    version: i64,
    /// What is said with it.
    #[server(default)]
    comment: String,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.step(&caller, id, version, Step::Record { comment }).await?;
    crate::ui::flash::flash("targets.flash.agreed");
    redirect(&Route::Target(id).href());
    Ok(())
}

/// Cancels a target, with the reason.
#[server(prefix = "/api", endpoint = "targets/cancel")]
pub async fn cancel_target(
    /// Which one.
    id: TargetId,
    /// The version that the caller saw.
    version: i64,
    /// Why.
    #[server(default)]
    reason: String,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.step(&caller, id, version, Step::Cancel { reason }).await?;
    crate::ui::flash::flash("targets.flash.cancelled");
    redirect(&Route::Target(id).href());
    Ok(())
}

/// The tree of objectives.
#[server(prefix = "/api", endpoint = "objectives/list", input = Json)]
pub async fn list_objectives() -> Result<ObjectiveTree, ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.objectives(&caller).await
}

/// Makes an objective.
#[server(prefix = "/api", endpoint = "objectives/create")]
pub async fn create_objective(
    /// What was typed.
    #[server(flatten)]
    fields: ObjectiveFields,
) -> Result<ObjectiveId, ApiError> {
    let (caller, ports) = request().await?;
    let id = ports.targets.create_objective(&caller, fields).await?;
    crate::ui::flash::flash("objectives.flash.created");
    Ok(id)
}

/// Archives an objective; its targets keep it.
#[server(prefix = "/api", endpoint = "objectives/archive")]
pub async fn archive_objective(
    /// Which one.
    id: ObjectiveId,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    ports.targets.archive_objective(&caller, id).await?;
    crate::ui::flash::flash("objectives.flash.archived");
    Ok(())
}

/// One step in the life of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Draft to proposal.
    Propose,
    /// The person agrees.
    Agree {
        /// What they say.
        comment: String,
    },
    /// The person proposes another value.
    Counter {
        /// The value as typed.
        value: String,
        /// Why.
        comment: String,
    },
    /// Who set it accepts the counter-proposal.
    Settle {
        /// What they say.
        comment: String,
    },
    /// Who set it writes down that the person agreed.
    Record {
        /// When and how.
        comment: String,
    },
    /// It is cancelled.
    Cancel {
        /// Why.
        reason: String,
    },
}

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait TargetsPort: Send + Sync {
    /// Targets that the caller may see.
    async fn list(&self, caller: &Caller, filter: TargetFilter) -> ApiResult<TargetList>;
    /// The yearly grid of a KPI.
    async fn grid(&self, caller: &Caller, query: GridQuery) -> ApiResult<GridView>;
    /// Saves what was changed in it.
    async fn save_grid(&self, caller: &Caller, input: GridInput) -> ApiResult<()>;
    /// One target.
    async fn page(&self, caller: &Caller, id: TargetId) -> ApiResult<TargetPage>;
    /// The targets of a person in a period.
    async fn of_person(&self, caller: &Caller, person: PersonId, period: String) -> ApiResult<PersonTargets>;
    /// The targets of many people in a period, read at once; for the team board. Leaves out whom the caller may not see.
    async fn of_people(
        &self,
        caller: &Caller,
        people: &[PersonId],
        period: domain::Period,
    ) -> ApiResult<std::collections::BTreeMap<PersonId, Vec<TargetLine>>>;
    /// The form and its check.
    async fn form(&self, caller: &Caller, fields: TargetFields) -> ApiResult<TargetFormView>;
    /// Saves a new or changed target; a draft is not shown to the person yet.
    async fn save(&self, caller: &Caller, fields: TargetFields, is_draft: bool) -> ApiResult<TargetId>;
    /// Takes one step in the target's life.
    async fn step(&self, caller: &Caller, id: TargetId, version: i64, step: Step) -> ApiResult<()>;
    /// The tree of objectives.
    async fn objectives(&self, caller: &Caller) -> ApiResult<ObjectiveTree>;
    /// Makes an objective.
    async fn create_objective(&self, caller: &Caller, fields: ObjectiveFields) -> ApiResult<ObjectiveId>;
    /// Archives an objective.
    async fn archive_objective(&self, caller: &Caller, id: ObjectiveId) -> ApiResult<()>;
}

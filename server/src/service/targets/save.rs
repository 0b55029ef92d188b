//! Saving a new or changed target. A second tab's change is never overwritten unseen.

use app::caller::Caller;
use app::targets::data::TargetFields;
use app::{ApiError, FieldError};
use domain::policy::Action;
use domain::target::{Partial, Status, Target, Who};
use domain::{ObjectiveId, TargetId};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::around;
use super::change::{self, FieldChange};
use super::form::{find, is_closed, who_of};
use super::model::{self, Stored};
use super::reading::{Reading, read, remark};
use super::rights::{self, may_change};
use super::told::tell;
use crate::authz::Denied;
use crate::entity::{objective, target};
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::desk::Desk;
use crate::service::organisation::{Actor, record};
use crate::state::AppState;

/// Longest title of an objective made together with a target.
const MOST_TITLE: usize = 200;
/// A target longer than this is a wish; and parts by hand would become too many.
const MOST_DAYS: i32 = 1830;

pub(super) async fn save(
    state: &AppState,
    caller: &Caller,
    fields: TargetFields,
    is_draft: bool,
) -> ServiceResult<TargetId> {
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let stored = match fields.id.trim() {
        "" => None,
        id => Some(find(&txn, &desk, id.parse().map_err(|_| Denied::NotFound)?).await?),
    };
    if let Some(stored) = &stored {
        if !may_change(&desk, stored) {
            return Err(Denied::Forbidden.into());
        }
        if is_closed(&desk, stored) {
            return Err(ServiceError::field("", "targets.error.closed"));
        }
        if fields.version.trim() != stored.row.version.to_string() {
            return Err(conflict(&txn, &desk, stored, &fields).await?.into());
        }
    }
    // A personal goal stays one; of a new one the form says so.
    let personal = stored.as_ref().map_or(fields.personal == "1", |s| s.target.is_personal);
    if let Some(who) = who_of(&fields) {
        rights::require_set(&desk, who, personal)?;
    }
    let reading = read(&desk, &fields, personal);
    let objective_new = fields.objective_new.trim();
    let (mut target, parts) = finish(&desk, reading, objective_new)?;
    target.objective = objective(&txn, &desk, &target, objective_new).await?;
    let id = match stored {
        None => create(&txn, &desk, &target, parts, is_draft).await?,
        Some(stored) => update(&txn, &desk, stored, &target, parts, &fields.reason, is_draft).await?,
    };
    txn.commit().await?;
    Ok(TargetId::new(id))
}

/// The target, or every remark at once.
fn finish(desk: &Desk, reading: Reading, objective_new: &str) -> ServiceResult<(Target, Vec<i64>)> {
    let Reading { draft, partial, mut errors, parts, .. } = reading;
    if objective_new.chars().count() > MOST_TITLE {
        errors.push(FieldError::new("objective_new", "targets.error.objective_title"));
    }
    let long = partial.period.is_some_and(|p| p.days() > MOST_DAYS);
    if long {
        errors.push(FieldError::new("period", "targets.error.period_too_long"));
    }
    match draft.parse(&desk.frame.calendar, desk.locale(), &|id| desk.definition(id)) {
        Ok(target) if errors.is_empty() => Ok((target, parts)),
        Ok(_) => Err(errors.into()),
        Err(all) => {
            for error in all {
                let error = remark(error, desk.locale());
                if !errors.contains(&error) {
                    errors.push(error);
                }
            }
            Err(errors.into())
        }
    }
}

/// The objective that was chosen, or the one made together with the target.
async fn objective(
    txn: &DatabaseTransaction,
    desk: &Desk,
    target: &Target,
    title: &str,
) -> ServiceResult<Option<ObjectiveId>> {
    if !title.is_empty() {
        let relation = rights::relation(&desk.access, target.who);
        if !target.is_personal {
            desk.access.require(Action::SetObjective, relation)?;
        }
        let (team_id, person_id) = match target.who {
            Who::Organisation => (None, None),
            Who::Team(id) => (Some(id.get()), None),
            Who::Person(id) => (None, Some(id.get())),
        };
        let perspective = desk.definition(&target.metric).and_then(|m| m.perspective).map_or("financial", |p| p.code());
        let id = crate::id::next();
        let row = objective::Model {
            org_id: desk.org(),
            id,
            title: title.to_owned(),
            why: String::new(),
            level: target.who.level().to_owned(),
            team_id,
            person_id,
            // The objective that was chosen beside it stands above the new one, where it can.
            parent_id: None,
            horizon: "short".to_owned(),
            perspective: perspective.to_owned(),
            created_by: Some(desk.caller.user_id.get()),
            created_at: desk.now.0,
            archived_at: None,
        };
        query::objective::insert(txn, row).await?;
        return Ok(Some(ObjectiveId::new(id)));
    }
    let Some(id) = target.objective else { return Ok(None) };
    let row = query::objective::by_id(txn, desk.org(), id.get()).await?;
    match row.filter(|o| around::may_see_objective(desk, o)) {
        Some(_) => Ok(Some(id)),
        None => Err(ServiceError::field("objective", "targets.error.objective")),
    }
}

/// Which status a proposal gets: nobody answers for a team, and a personal goal needs no agreement.
fn proposed(target: &Target) -> Status {
    match target.who {
        Who::Person(_) if !target.is_personal => Status::Proposed,
        Who::Person(_) | Who::Team(_) | Who::Organisation => Status::Agreed,
    }
}

async fn create(
    txn: &DatabaseTransaction,
    desk: &Desk,
    target: &Target,
    parts: Vec<i64>,
    is_draft: bool,
) -> ServiceResult<i64> {
    let id = crate::id::next();
    let status = if is_draft && !target.is_personal { Status::Draft } else { proposed(target) };
    let mut row = target::Model {
        org_id: desk.org(),
        id,
        metric: String::new(),
        level: String::new(),
        team_id: None,
        person_id: None,
        from_day: 0,
        to_day: 0,
        direction: String::new(),
        baseline_micros: None,
        value_micros: 0,
        stretch_micros: None,
        currency: None,
        distribution: String::new(),
        parts: String::new(),
        objective_id: None,
        why: String::new(),
        guardrail_metric: None,
        guardrail_direction: None,
        guardrail_micros: None,
        weight: 0,
        is_personal: false,
        status: status.code().to_owned(),
        version: 1,
        created_by: Some(desk.caller.user_id.get()),
        created_at: desk.now.0,
        updated_at: desk.now.0,
    };
    model::write(&mut row, target, parts, desk)?;
    query::target::insert(txn, row).await?;
    let all: Vec<FieldChange> = change::flat(target)
        .into_iter()
        .filter(|(_, to)| !to.is_empty())
        .map(|(field, to)| FieldChange { field: field.to_owned(), from: String::new(), to })
        .collect();
    change::write(txn, desk, id, "created", &all, "").await?;
    if status == Status::Proposed {
        change::write(txn, desk, id, "proposed", &[], "").await?;
    }
    audit(txn, desk, "target.create", id).await?;
    tell(txn, desk, id, None).await?;
    Ok(id)
}

async fn update(
    txn: &DatabaseTransaction,
    desk: &Desk,
    stored: Stored,
    target: &Target,
    parts: Vec<i64>,
    reason: &str,
    is_draft: bool,
) -> ServiceResult<i64> {
    let id = stored.row.id;
    let mut changes = change::between(&stored.target, target);
    let parts_changed = parts != stored.parts;
    let status = match stored.status {
        Status::Draft if is_draft => Status::Draft,
        Status::Draft => proposed(target),
        // What was agreed is agreed again when what is asked changes.
        _ if change::is_of_substance(&changes) || parts_changed => proposed(target),
        same => same,
    };
    if status != stored.status {
        changes.push(FieldChange {
            field: "status".to_owned(),
            from: stored.status.code().to_owned(),
            to: status.code().to_owned(),
        });
    }
    if changes.is_empty() && !parts_changed {
        return Ok(id);
    }
    let mut row = stored.row;
    row.status = status.code().to_owned();
    model::write(&mut row, target, parts, desk)?;
    if !query::target::update(txn, row, desk.now).await? {
        return Err(ApiError::Conflict(Vec::new()).into());
    }
    change::write(txn, desk, id, "changed", &changes, reason).await?;
    audit(txn, desk, "target.change", id).await?;
    tell(txn, desk, id, Some(stored.status)).await?;
    Ok(id)
}

/// What is stored now, where it differs from what was typed, in the reader's words; with the version that a
/// decision to save all the same has to name, who changed it and when.
pub(super) async fn conflict(
    txn: &DatabaseTransaction,
    desk: &Desk,
    stored: &Stored,
    typed: &TargetFields,
) -> ServiceResult<ApiError> {
    let partial: Partial = read(desk, typed, stored.target.is_personal).partial;
    let theirs = change::flat(&stored.target);
    let ours = partial.finish().ok().map(|t| change::flat(&t)).unwrap_or_default();
    let titles = change::titles(txn, desk).await?;
    let mut pairs = vec![("version".to_owned(), stored.row.version.to_string())];
    let latest = query::target::changes(txn, desk.org(), stored.row.id).await?.into_iter().next();
    if let Some(latest) = latest {
        let names = query::note::user_names(txn, latest.user_id).await?;
        pairs.push(("_who".to_owned(), names.into_values().next().unwrap_or_default()));
        pairs.push(("_when".to_owned(), change::moment(desk, latest.at)));
    }
    for (field, code) in theirs {
        let same = ours.iter().any(|(name, value)| *name == field && *value == code);
        if !same {
            pairs.push((field.to_owned(), change::in_words(desk, &stored.target, &titles, field, &code)));
        }
    }
    Ok(ApiError::Conflict(pairs))
}

/// Writes the deed into the audit log.
///
/// # Errors
/// When the database refuses.
pub(super) async fn audit(txn: &DatabaseTransaction, desk: &Desk, action: &str, id: i64) -> ServiceResult<()> {
    let actor = Actor { org_id: desk.org(), user_id: Some(desk.caller.user_id.get()), via: "web" };
    record(txn, actor, action, ("target", Some(id)), json!({}), desk.now).await
}

//! The steps in a target's life: proposed, agreed, answered, settled, cancelled.

use app::caller::Caller;
use app::targets::api::Step;
use app::targets::data::TargetFields;
use domain::policy::{Action, Relation};
use domain::target::{Status, TargetDraft, Who};
use domain::{Micros, TargetId};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::change::{self, FieldChange};
use super::form::{find, is_closed};
use super::model::Stored;
use super::reading::remark;
use super::rights::{may_change, relation, sets};
use super::save::{audit, conflict};
use super::told::tell;
use crate::authz::Denied;
use crate::error::{ServiceError, ServiceResult};
use crate::query;
use crate::service::desk::Desk;
use crate::state::AppState;

/// A counter-proposal that waits: who made it, the value, the comment.
#[derive(Clone, Debug)]
pub(super) struct Counter {
    /// Who.
    pub user: Option<i64>,
    /// The value proposed instead.
    pub value: Micros,
    /// Why.
    pub comment: String,
}

/// The counter-proposal to a target, if the latest change is one.
///
/// # Errors
/// When the database refuses.
pub(super) async fn counter(db: &impl ConnectionTrait, stored: &Stored) -> ServiceResult<Option<Counter>> {
    if stored.status != Status::Proposed {
        return Ok(None);
    }
    let all = query::target::changes(db, stored.row.org_id, stored.row.id).await?;
    let Some(latest) = all.into_iter().find(|c| c.kind != "commented").filter(|c| c.kind == "countered") else {
        return Ok(None);
    };
    let fields: Vec<FieldChange> = serde_json::from_str(&latest.changes).unwrap_or_default();
    let value = fields.iter().find(|f| f.field == "value").and_then(|f| f.to.parse().ok());
    Ok(value.map(|v| Counter { user: latest.user_id, value: Micros(v), comment: latest.comment }))
}

/// Whether the person answers this target themselves.
pub(super) fn answers(desk: &Desk, stored: &Stored) -> bool {
    stored.status == Status::Proposed
        && !stored.target.is_personal
        && relation(&desk.access, stored.target.who) == Relation::Own
        && desk.access.allows(Action::AnswerTarget, Relation::Own)
}

/// Whether the caller may write down the agreement of a person who does not sign in.
///
/// # Errors
/// When the database refuses.
pub(super) async fn records(db: &impl ConnectionTrait, desk: &Desk, stored: &Stored) -> ServiceResult<bool> {
    let Who::Person(person) = stored.target.who else { return Ok(false) };
    if stored.status != Status::Proposed || !sets(&desk.access, stored.target.who) {
        return Ok(false);
    }
    Ok(query::note::user_of_person(db, desk.org(), person.get()).await?.is_none())
}

pub(super) async fn step(
    state: &AppState,
    caller: &Caller,
    id: TargetId,
    version: i64,
    step: Step,
) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let stored = find(&txn, &desk, id.get()).await?;
    require(&txn, &desk, &stored, &step).await?;
    if stored.row.version != version {
        let typed = super::model::fields(&stored, &desk);
        return Err(conflict(&txn, &desk, &stored, &TargetFields { version: version.to_string(), ..typed })
            .await?
            .into());
    }
    if is_closed(&desk, &stored) {
        return Err(ServiceError::field("", "targets.error.closed"));
    }
    take(&txn, &desk, stored, step).await?;
    txn.commit().await?;
    Ok(())
}

/// Whether the caller may take a step at all, whatever state the target is in.
async fn require(txn: &DatabaseTransaction, desk: &Desk, stored: &Stored, step: &Step) -> ServiceResult<()> {
    let own = relation(&desk.access, stored.target.who) == Relation::Own && !stored.target.is_personal;
    let allowed = match step {
        Step::Agree { .. } | Step::Counter { .. } => own && desk.access.allows(Action::AnswerTarget, Relation::Own),
        Step::Propose | Step::Settle { .. } | Step::Cancel { .. } => may_change(desk, stored),
        Step::Record { .. } => records(txn, desk, stored).await?,
    };
    if allowed { Ok(()) } else { Err(Denied::Forbidden.into()) }
}

fn wrong_step() -> ServiceError {
    ServiceError::field("", "targets.error.step")
}

fn needed(field: &str, text: &str) -> ServiceResult<()> {
    let key = if field == "reason" { "targets.error.reason" } else { "targets.error.comment" };
    if text.trim().is_empty() { Err(ServiceError::field(field, key)) } else { Ok(()) }
}

async fn take(txn: &DatabaseTransaction, desk: &Desk, stored: Stored, step: Step) -> ServiceResult<()> {
    let is_proposed = stored.status == Status::Proposed;
    match step {
        Step::Propose if stored.status == Status::Draft => {
            let next = if matches!(stored.target.who, Who::Person(_)) { Status::Proposed } else { Status::Agreed };
            set(txn, desk, stored, next, None, "proposed", "").await
        }
        Step::Agree { comment } if is_proposed => {
            set(txn, desk, stored, Status::Agreed, None, "agreed", &comment).await
        }
        Step::Record { comment } if is_proposed => {
            needed("comment", &comment)?;
            set(txn, desk, stored, Status::Agreed, None, "agreed", &comment).await
        }
        Step::Counter { value, comment } if is_proposed => {
            let value = counter_value(desk, &stored, &value)?;
            needed("comment", &comment)?;
            countered(txn, desk, stored, value, &comment).await
        }
        Step::Settle { comment } if is_proposed => {
            let counter = counter(txn, &stored).await?.ok_or_else(wrong_step)?;
            set(txn, desk, stored, Status::Agreed, Some(counter.value), "agreed", &comment).await
        }
        Step::Cancel { reason } => {
            needed("reason", &reason)?;
            set(txn, desk, stored, Status::Cancelled, None, "cancelled", &reason).await
        }
        Step::Propose | Step::Agree { .. } | Step::Record { .. } | Step::Counter { .. } | Step::Settle { .. } => {
            Err(wrong_step())
        }
    }
}

/// Reads the value of a counter-proposal as strictly as any other.
fn counter_value(desk: &Desk, stored: &Stored, text: &str) -> ServiceResult<Micros> {
    let draft = TargetDraft { metric: stored.target.metric.clone(), value: text.to_owned(), ..Default::default() };
    let (partial, errors) = draft.read(&desk.frame.calendar, desk.locale(), &|id| desk.definition(id));
    let errors: Vec<_> = errors
        .into_iter()
        .map(|mut e| {
            "counter_value".clone_into(&mut e.field);
            remark(e, desk.locale())
        })
        .collect();
    match partial.value {
        Some(value) if errors.is_empty() => Ok(value),
        None if errors.is_empty() => Err(ServiceError::field("counter_value", "targets.error.required")),
        _ => Err(errors.into()),
    }
}

/// Writes a new status, and a new value where one was agreed, with the change that says so.
async fn set(
    txn: &DatabaseTransaction,
    desk: &Desk,
    stored: Stored,
    status: Status,
    value: Option<Micros>,
    kind: &str,
    comment: &str,
) -> ServiceResult<()> {
    let id = stored.row.id;
    let mut row = stored.row;
    let mut changes = Vec::new();
    if let Some(value) = value.filter(|v| v.0 != row.value_micros) {
        let (from, to) = (row.value_micros.to_string(), value.0.to_string());
        changes.push(FieldChange { field: "value".to_owned(), from, to });
        row.value_micros = value.0;
    }
    changes.push(FieldChange { field: "status".to_owned(), from: row.status, to: status.code().to_owned() });
    row.status = status.code().to_owned();
    if !query::target::update(txn, row, desk.now).await? {
        return Err(app::ApiError::Conflict(Vec::new()).into());
    }
    change::write(txn, desk, id, kind, &changes, comment).await?;
    audit(txn, desk, &format!("target.{kind}"), id).await?;
    tell(txn, desk, id, Some(stored.status)).await
}

/// Writes a counter-proposal: the target stays as it is until whoever set it decides.
async fn countered(
    txn: &DatabaseTransaction,
    desk: &Desk,
    stored: Stored,
    value: Micros,
    comment: &str,
) -> ServiceResult<()> {
    let id = stored.row.id;
    let (from, to) = (stored.row.value_micros.to_string(), value.0.to_string());
    if !query::target::update(txn, stored.row, desk.now).await? {
        return Err(app::ApiError::Conflict(Vec::new()).into());
    }
    let changes = [FieldChange { field: "value".to_owned(), from, to }];
    change::write(txn, desk, id, "countered", &changes, comment).await?;
    audit(txn, desk, "target.countered", id).await
}

//! Writing, answering and withdrawing notes.

use app::FieldError;
use app::caller::Caller;
use app::notes::api::NoteFields;
use domain::note::{MAX_EVIDENCE, NoteDraft, Snapshot};
use domain::policy::Action;
use domain::{Micros, NoteId, PersonId};
use sea_orm::ActiveValue::Set;
use serde_json::json;

use super::read::{may_read, may_reply};
use crate::authz::{Denied, find_person};
use crate::entity::note;
use crate::error::{ServiceError, ServiceResult};
use crate::kpi::Who;
use crate::query;
use crate::service::desk::Desk;
use crate::service::organisation::{Actor, record};
use crate::state::AppState;

fn remark(error: domain::field::FieldError) -> FieldError {
    let key = format!("notes.error.{}.{}", error.field, error.code);
    FieldError { field: error.field, key, args: error.args }
}

/// The words of a reply.
fn words(text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldError::new("text", "notes.error.evidence.required"));
    }
    if text.chars().count() > MAX_EVIDENCE {
        return Err(FieldError::new("text", "notes.error.evidence.too_long").arg("max", MAX_EVIDENCE));
    }
    Ok(text.to_owned())
}

pub(super) async fn add(state: &AppState, caller: &Caller, fields: NoteFields) -> ServiceResult<NoteId> {
    let person: PersonId = fields.person.parse().map_err(|_| Denied::NotFound)?;
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let subject = find_person(&txn, &desk.access, person, Action::WriteNote).await?;
    let draft = NoteDraft {
        kind: fields.kind,
        evidence: fields.evidence,
        rubric: fields.rubric,
        visibility: fields.visibility,
        metric: fields.metric,
        period: fields.period,
    };
    let draft = draft.parse(&desk.frame.calendar).map_err(|all| all.into_iter().map(remark).collect::<Vec<_>>())?;
    let period = match draft.period.or_else(|| desk.period("")) {
        Some(period) => period,
        None => return Err(ServiceError::field("period", "notes.error.period.period_syntax")),
    };
    let snapshot = match draft.metric {
        None => None,
        Some(metric) => {
            let target = query::target::value_of(&txn, desk.org(), person.get(), metric.id, period).await?;
            let target = target.map(|micros| Micros(micros).to_ratio());
            let answer = desk.value(&txn, metric.id, Who::person(person), period).await?;
            let as_of = desk.caller.today.min(period.last());
            let snapshot = Snapshot::of(metric, period, &answer, target, desk.frame.currency, Some(as_of));
            Some(serde_json::to_string(&snapshot)?)
        }
    };
    let id = crate::id::next();
    let row = note::ActiveModel {
        org_id: Set(desk.org()),
        id: Set(id),
        person_id: Set(Some(subject.id)),
        team_id: Set(None),
        author_id: Set(caller.user_id.get()),
        kind: Set(draft.kind.code().to_owned()),
        evidence: Set(draft.evidence),
        rubric: Set(draft.rubric.map(|r| i16::from(r.get()))),
        visibility: Set(draft.visibility.code().to_owned()),
        metric: Set(draft.metric.map(|m| m.id.to_owned())),
        from_day: Set(Some(period.from().day_number())),
        to_day: Set(Some(period.to().day_number())),
        snapshot: Set(snapshot),
        reply_to: Set(None),
        created_at: Set(desk.now.0),
        updated_at: Set(desk.now.0),
        withdrawn_at: Set(None),
    };
    query::note::insert(&txn, row).await?;
    audit(&txn, &desk, "note.add", id).await?;
    txn.commit().await?;
    Ok(NoteId::new(id))
}

pub(super) async fn reply(state: &AppState, caller: &Caller, note: NoteId, text: &str) -> ServiceResult<NoteId> {
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let first = query::note::by_id(&txn, desk.org(), note.get()).await?.filter(|n| n.reply_to.is_none());
    let first = first.filter(|n| may_read(&desk.access, &desk.frame, n)).ok_or(Denied::NotFound)?;
    if !may_reply(&desk.access, &desk.frame, &first) {
        return Err(Denied::Forbidden.into());
    }
    let evidence = words(text)?;
    let id = crate::id::next();
    let row = note::ActiveModel {
        org_id: Set(desk.org()),
        id: Set(id),
        person_id: Set(first.person_id),
        team_id: Set(first.team_id),
        author_id: Set(caller.user_id.get()),
        kind: Set(first.kind),
        evidence: Set(evidence),
        rubric: Set(None),
        // Who may read a note may read what is answered to it.
        visibility: Set(first.visibility),
        metric: Set(None),
        from_day: Set(first.from_day),
        to_day: Set(first.to_day),
        snapshot: Set(None),
        reply_to: Set(Some(first.id)),
        created_at: Set(desk.now.0),
        updated_at: Set(desk.now.0),
        withdrawn_at: Set(None),
    };
    query::note::insert(&txn, row).await?;
    audit(&txn, &desk, "note.reply", id).await?;
    txn.commit().await?;
    Ok(NoteId::new(id))
}

pub(super) async fn withdraw(state: &AppState, caller: &Caller, note: NoteId) -> ServiceResult<()> {
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let found = query::note::by_id(&txn, desk.org(), note.get()).await?;
    let found = found.filter(|n| may_read(&desk.access, &desk.frame, n)).ok_or(Denied::NotFound)?;
    if found.author_id != caller.user_id.get() {
        return Err(ServiceError::Denied(Denied::Forbidden));
    }
    query::note::withdraw(&txn, desk.org(), note.get(), desk.now).await?;
    audit(&txn, &desk, "note.withdraw", note.get()).await?;
    txn.commit().await?;
    Ok(())
}

/// That something was written is in the audit log; what was written is not.
async fn audit(txn: &sea_orm::DatabaseTransaction, desk: &Desk, action: &str, id: i64) -> ServiceResult<()> {
    let actor = Actor { org_id: desk.org(), user_id: Some(desk.caller.user_id.get()), via: "web" };
    record(txn, actor, action, ("note", Some(id)), json!({}), desk.now).await
}

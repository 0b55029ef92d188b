//! Writing, answering and withdrawing notes.

use app::FieldError;
use app::caller::Caller;
use app::notes::api::NoteFields;
use domain::metric::{Metric, catalogue};
use domain::policy::{Action, Visibility};
use domain::{NoteId, Period, PersonId};
use sea_orm::ActiveValue::Set;
use sea_orm::TransactionTrait as _;
use serde_json::json;

use super::read::{may_read, may_reply};
use super::snapshot::Snapshot;
use crate::authz::{Denied, find_person};
use crate::entity::note;
use crate::error::{ServiceError, ServiceResult};
use crate::kpi::Who;
use crate::query;
use crate::service::desk::Desk;
use crate::service::organisation::{Actor, record};
use crate::state::AppState;

/// Kinds that a note can be of.
const KINDS: [&str; 8] = [
    "relationship",
    "service_quality",
    "collaboration",
    "ethics",
    "learning",
    "context",
    "recognition",
    "best_practice",
];

/// A note is read in a column beside figures; a longer story belongs elsewhere.
const MOST_CHARACTERS: usize = 4000;

/// A note whose fields have been read.
struct Draft {
    kind: String,
    evidence: String,
    rubric: Option<i16>,
    visibility: Visibility,
    metric: Option<&'static Metric>,
    period: Period,
}

fn words(field: &str, text: &str) -> Result<String, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldError::new(field, "notes.error.evidence"));
    }
    if text.chars().count() > MOST_CHARACTERS {
        return Err(FieldError::new(field, "notes.error.evidence_long").arg("max", MOST_CHARACTERS));
    }
    Ok(text.to_owned())
}

/// Reads the fields, with a remark for each that cannot be read.
fn read(desk: &Desk, fields: &NoteFields) -> ServiceResult<Draft> {
    let mut errors = Vec::new();
    let kind = fields.kind.trim().to_owned();
    if !KINDS.contains(&kind.as_str()) {
        errors.push(FieldError::new("kind", "notes.error.kind"));
    }
    let evidence = words("evidence", &fields.evidence).unwrap_or_else(|e| {
        errors.push(e);
        String::new()
    });
    let rubric = match fields.rubric.trim() {
        "" => None,
        text => {
            let answer = text.parse::<i16>().ok().filter(|n| (1..=5).contains(n));
            if answer.is_none() {
                errors.push(FieldError::new("rubric", "notes.error.rubric"));
            }
            answer
        }
    };
    let visibility = Visibility::from_code(fields.visibility.trim());
    if visibility.is_none() {
        errors.push(FieldError::new("visibility", "notes.error.visibility"));
    }
    let metric = match fields.metric.trim() {
        "" => None,
        id => {
            let found = catalogue::find(id);
            if found.is_none() {
                errors.push(FieldError::new("metric", "notes.error.metric"));
            }
            found
        }
    };
    let period = desk.period(&fields.period);
    if period.is_none() {
        errors.push(FieldError::new("period", "notes.error.period"));
    }
    match (visibility, period) {
        (Some(visibility), Some(period)) if errors.is_empty() => {
            Ok(Draft { kind, evidence, rubric, visibility, metric, period })
        }
        _ => Err(errors.into()),
    }
}

pub(super) async fn add(state: &AppState, caller: &Caller, fields: NoteFields) -> ServiceResult<NoteId> {
    let person: PersonId = fields.person.parse().map_err(|_| Denied::NotFound)?;
    let txn = crate::db::write_txn(&state.db).await?;
    let desk = Desk::open(state, &txn, caller).await?;
    let subject = find_person(&txn, &desk.access, person, Action::WriteNote).await?;
    let draft = read(&desk, &fields)?;
    let snapshot = match draft.metric {
        None => None,
        Some(metric) => {
            let target = query::target::value_of(&txn, desk.org(), person.get(), metric.id, draft.period).await?;
            let target = target.and_then(|micros| domain::Ratio::new(i128::from(micros), 1_000_000));
            let who = Who::person(person);
            Some(Snapshot::take(&txn, &desk, metric, who, draft.period, target).await?.json()?)
        }
    };
    let id = crate::id::next();
    let row = note::ActiveModel {
        org_id: Set(desk.org()),
        id: Set(id),
        person_id: Set(Some(subject.id)),
        team_id: Set(None),
        author_id: Set(caller.user_id.get()),
        kind: Set(draft.kind),
        evidence: Set(draft.evidence),
        rubric: Set(draft.rubric),
        visibility: Set(draft.visibility.code().to_owned()),
        metric: Set(draft.metric.map(|m| m.id.to_owned())),
        from_day: Set(Some(draft.period.from().day_number())),
        to_day: Set(Some(draft.period.to().day_number())),
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
    let evidence = words("text", text)?;
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

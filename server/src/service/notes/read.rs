//! Which notes a reader may read.

use std::collections::BTreeMap;

use app::caller::Caller;
use app::notes::api::{NoteItem, NoteReply, NotesQuery, NotesView};
use domain::note::Snapshot;
use domain::policy::{Action, NoteReader, Relation, Visibility, may_read_note};
use domain::{NoteId, Period, PersonId};

use super::words::line;
use crate::authz::{Access, Denied};
use crate::entity::note;
use crate::error::{ServiceError, ServiceResult};
use crate::kpi::Frame;
use crate::query;
use crate::service::desk::Desk;
use crate::state::AppState;

/// What the caller is to a note. The role plays no part: an admin is nobody special here.
pub(super) fn reader(access: &Access, frame: &Frame, note: &note::Model) -> NoteReader {
    let subject = note.person_id.map(PersonId::new);
    if note.author_id == access.caller.user_id.get() {
        NoteReader::Author
    } else if subject.is_some() && subject == access.caller.person_id {
        NoteReader::Subject
    } else if subject.is_some_and(|p| access.below.contains(&p)) {
        NoteReader::Chain
    } else if subject.is_some_and(|p| is_teammate(access, frame, p)) {
        NoteReader::Teammate
    } else {
        NoteReader::Other
    }
}

/// Whether a person is today in a team that the caller is in.
fn is_teammate(access: &Access, frame: &Frame, person: PersonId) -> bool {
    let team = frame.stay_at(person, access.caller.today.day_number()).and_then(|stay| stay.team);
    team.is_some_and(|t| access.own_teams.contains(&t))
}

/// Whether the caller may read a note.
pub(super) fn may_read(access: &Access, frame: &Frame, note: &note::Model) -> bool {
    let Some(visibility) = Visibility::from_code(&note.visibility) else { return false };
    may_read_note(visibility, reader(access, frame, note)).is_yes()
}

/// The person, if the caller may know of them: they see their figures, or are in their team.
///
/// # Errors
/// Not found otherwise.
fn known_person(desk: &Desk, person: PersonId) -> ServiceResult<Relation> {
    let relation = desk.access.relation_to_person(person);
    let exists = desk.frame.people.contains_key(&person);
    let known = desk.access.allows(Action::SeeNumbers, relation)
        || desk.access.below.contains(&person)
        || is_teammate(&desk.access, &desk.frame, person);
    if exists && known { Ok(relation) } else { Err(Denied::NotFound.into()) }
}

pub(super) async fn list(state: &AppState, caller: &Caller, query: NotesQuery) -> ServiceResult<NotesView> {
    let desk = Desk::read(state, caller).await?;
    let relation = known_person(&desk, query.person)?;
    let period =
        desk.period(&query.period).ok_or_else(|| ServiceError::field("period", "notes.error.period.period_syntax"))?;
    let mut notes = query::note::on_people(&state.db, desk.org(), &[query.person.get()], period).await?;
    notes.retain(|note| may_read(&desk.access, &desk.frame, note));
    let ids: Vec<i64> = notes.iter().map(|n| n.id).collect();
    let replies = query::note::replies_to(&state.db, desk.org(), &ids).await?;
    let authors = notes.iter().chain(&replies).map(|n| n.author_id);
    let names = query::note::user_names(&state.db, authors).await?;
    let subject_user = query::note::user_of_person(&state.db, desk.org(), query.person.get()).await?;
    let mut answers: BTreeMap<i64, Vec<NoteReply>> = BTreeMap::new();
    for reply in replies.into_iter().filter(|r| r.withdrawn_at.is_none()) {
        let Some(to) = reply.reply_to else { continue };
        answers.entry(to).or_default().push(NoteReply {
            id: NoteId::new(reply.id),
            author: names.get(&reply.author_id).cloned().unwrap_or_default(),
            is_mine: reply.author_id == caller.user_id.get(),
            text: reply.evidence,
            written: desk.day(reply.created_at),
        });
    }
    let items = notes.into_iter().map(|note| {
        let snapshot = note.snapshot.as_deref().and_then(|json| serde_json::from_str::<Snapshot>(json).ok());
        NoteItem {
            id: NoteId::new(note.id),
            author: names.get(&note.author_id).cloned().unwrap_or_default(),
            is_mine: note.author_id == caller.user_id.get(),
            is_by_subject: Some(note.author_id) == subject_user,
            may_reply: may_reply(&desk.access, &desk.frame, &note),
            rubric: note.rubric.and_then(|r| u8::try_from(r).ok()),
            snapshot: snapshot.map(|s| line(&desk, &s)),
            written: desk.day(note.created_at),
            is_withdrawn: note.withdrawn_at.is_some(),
            replies: answers.remove(&note.id).unwrap_or_default(),
            kind: note.kind,
            evidence: note.evidence,
            visibility: note.visibility,
        }
    });
    Ok(NotesView {
        person: query.person,
        person_name: desk.frame.person_name(query.person).unwrap_or_default().to_owned(),
        period: period.name(&desk.frame.calendar),
        period_label: desk.period_label(period),
        notes: items.collect(),
        may_write: desk.access.allows(Action::WriteNote, relation),
        is_self: relation == Relation::Own,
        metrics: desk.metrics(),
    })
}

/// The right of reply: the note's author, whom it is about, and their managers; never somebody who may not read it.
pub(super) fn may_reply(access: &Access, frame: &Frame, note: &note::Model) -> bool {
    let party = matches!(reader(access, frame, note), NoteReader::Author | NoteReader::Subject | NoteReader::Chain);
    party && note.withdrawn_at.is_none() && may_read(access, frame, note)
}

pub(super) async fn counts(
    state: &AppState,
    caller: &Caller,
    people: &[PersonId],
    period: Period,
) -> ServiceResult<Vec<(PersonId, u32)>> {
    let desk = Desk::read(state, caller).await?;
    let ids: Vec<i64> = people.iter().map(|p| p.get()).collect();
    let notes = query::note::on_people(&state.db, desk.org(), &ids, period).await?;
    let mut counts: BTreeMap<PersonId, u32> = people.iter().map(|p| (*p, 0)).collect();
    for note in notes.iter().filter(|n| n.withdrawn_at.is_none() && may_read(&desk.access, &desk.frame, n)) {
        if let Some(count) = note.person_id.and_then(|p| counts.get_mut(&PersonId::new(p))) {
            *count += 1;
        }
    }
    Ok(counts.into_iter().collect())
}

//! Data, server functions and port of this feature: notes beside the figures, and the replies to them.

use async_trait::async_trait;
use domain::ids::{NoteId, PersonId};
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};

use crate::error::ApiError;
use crate::error::ApiResult;
use crate::port::{Caller, request};

/// Whose notes, and of which period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesQuery {
    /// Whom they are about.
    pub person: PersonId,
    /// Name of the period, as in the address; empty for the current quarter.
    pub period: String,
}

/// The notes a reader may read, and what they may add.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NotesView {
    /// Whom they are about.
    pub person: PersonId,
    /// Their name.
    pub person_name: String,
    /// Name of the period, as in the address.
    pub period: String,
    /// The period in words.
    pub period_label: String,
    /// Newest first.
    pub notes: Vec<NoteItem>,
    /// Whether the reader may add a note.
    pub may_write: bool,
    /// Whether the reader is the person.
    pub is_self: bool,
    /// Metrics a note can speak of, as (id, name).
    pub metrics: Vec<(String, String)>,
}

/// One note as its reader sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteItem {
    /// The note.
    pub id: NoteId,
    /// Who wrote it.
    pub author: String,
    /// Whether the reader wrote it.
    pub is_mine: bool,
    /// Whether the person it is about wrote it.
    pub is_by_subject: bool,
    /// Kind, a code with its words under `notes.kind`.
    pub kind: String,
    /// What was seen.
    pub evidence: String,
    /// Answer of 1 to 5, with its words under `notes.rubric`.
    pub rubric: Option<u8>,
    /// Who may read it, with its words under `notes.visibility`.
    pub visibility: String,
    /// The figure at the moment of writing, in one line.
    pub snapshot: Option<String>,
    /// The day it was written.
    pub written: String,
    /// Whether its author withdrew it; the evidence is then empty.
    pub is_withdrawn: bool,
    /// Whether the reader may reply.
    pub may_reply: bool,
    /// Answers, oldest first.
    pub replies: Vec<NoteReply>,
}

/// An answer to a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NoteReply {
    /// The answer, itself a note.
    pub id: NoteId,
    /// Who wrote it.
    pub author: String,
    /// Whether the reader wrote it.
    pub is_mine: bool,
    /// What was said.
    pub text: String,
    /// The day it was written.
    pub written: String,
}

/// A new note as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteFields {
    /// Whom it is about.
    pub person: String,
    /// Period it speaks of, by name.
    pub period: String,
    /// Kind.
    pub kind: String,
    /// What was seen.
    pub evidence: String,
    /// 1 to 5, or empty.
    pub rubric: String,
    /// Who may read it.
    pub visibility: String,
    /// Metric it speaks of, or empty.
    pub metric: String,
}

/// The notes on a person in a period that the caller may read, newest first.
#[server(prefix = "/api", endpoint = "notes/list", input = Json)]
pub async fn list_notes(
    /// Whose and of which period.
    query: NotesQuery,
) -> Result<NotesView, ApiError> {
    let (caller, ports) = request().await?;
    ports.notes.list(&caller, query).await
}

/// Adds a note; the figure it speaks of is stored with it. Needs `WriteNote` on the person.
#[server(prefix = "/api", endpoint = "notes/add")]
pub async fn add_note(
    /// What was typed.
    #[server(flatten)]
    fields: NoteFields,
) -> Result<NoteId, ApiError> {
    let (caller, ports) = request().await?;
    let id = ports.notes.add(&caller, fields).await?;
    crate::ui::flash::flash("notes.flash.added");
    Ok(id)
}

/// Answers a note: the right of its author, of the person and of their managers.
#[server(prefix = "/api", endpoint = "notes/reply")]
pub async fn reply_to_note(
    /// Which note.
    note: NoteId,
    /// What is said.
    #[server(default)]
    text: String,
) -> Result<NoteId, ApiError> {
    let (caller, ports) = request().await?;
    let id = ports.notes.reply(&caller, note, text).await?;
    crate::ui::flash::flash("notes.flash.replied");
    Ok(id)
}

/// Withdraws one's own note: its words go, that it was there stays.
#[server(prefix = "/api", endpoint = "notes/withdraw")]
pub async fn withdraw_note(
    /// Which note.
    note: NoteId,
) -> Result<(), ApiError> {
    let (caller, ports) = request().await?;
    ports.notes.withdraw(&caller, note).await?;
    crate::ui::flash::flash("notes.flash.withdrawn");
    Ok(())
}

/// What the server does for this feature; each method is one use case.
#[async_trait]
pub trait NotesPort: Send + Sync {
    /// The notes on a person in a period that the caller may read.
    async fn list(&self, caller: &Caller, query: NotesQuery) -> ApiResult<NotesView>;
    /// Adds a note with its snapshot.
    async fn add(&self, caller: &Caller, fields: NoteFields) -> ApiResult<NoteId>;
    /// Answers a note.
    async fn reply(&self, caller: &Caller, note: NoteId, text: String) -> ApiResult<NoteId>;
    /// Withdraws the caller's own note.
    async fn withdraw(&self, caller: &Caller, note: NoteId) -> ApiResult<()>;
    /// How many notes the caller may read on each of these people in a period; for the team board.
    async fn counts(
        &self,
        caller: &Caller,
        people: &[PersonId],
        period: domain::Period,
    ) -> ApiResult<Vec<(PersonId, u32)>>;
}

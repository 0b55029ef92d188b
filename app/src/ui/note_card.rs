//! The words beside the numbers: one note with its evidence, its snapshot and its replies.

use leptos::prelude::*;

/// A note as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NoteView {
    /// Who wrote it.
    pub author: String,
    /// When, formatted.
    pub when: String,
    /// What kind of note, e.g. "Relationship · 4 of 5".
    pub kind: String,
    /// The words.
    pub text: String,
    /// What it rests on, if said.
    pub evidence: String,
    /// The figure as it stood then, e.g. "61 %, n 44, 12 May".
    pub snapshot: String,
    /// Who may read it, if that is worth saying.
    pub visibility: String,
}

/// One note; children are replies and the form to reply.
#[component]
pub fn NoteCard(
    /// The note.
    note: NoteView,
    /// Replies and what else hangs below.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let full = |text: &String| !text.is_empty();
    view! {
        <article class="note">
            <header class="note-head">
                <span class="note-author">{note.author}</span>
                <span class="soft">{note.when}</span>
                {Some(note.visibility).filter(full).map(|v| view! { <span class="tag">{v}</span> })}
            </header>
            {Some(note.kind).filter(full).map(|kind| view! { <p class="note-kind">{kind}</p> })}
            <p class="note-text">{note.text}</p>
            {Some(note.evidence).filter(full).map(|text| view! { <blockquote class="note-evidence">{text}</blockquote> })}
            {Some(note.snapshot).filter(full).map(|text| view! { <p class="note-snapshot soft">{text}</p> })}
            {children.map(|children| view! { <div class="note-replies">{children()}</div> })}
        </article>
    }
}

//! One note with its replies.

use leptos::prelude::*;

use super::api::{NoteItem, NoteReply, ReplyToNote, WithdrawNote};
use crate::form::FormState;
use crate::i18n::{Texts, use_locale};
use crate::page::page_data;
use crate::ui::{Form, Hidden, NoteCard, NoteView, Submit, TextArea, to};

fn card(l: Texts, note: &NoteItem) -> NoteView {
    let author_key = if note.is_by_subject { "notes.own" } else { "notes.by_manager" };
    let mut kind = l.t(&format!("notes.kind.{}", note.kind));
    if let Some(rubric) = note.rubric {
        let words = l.t(&format!("notes.rubric.{rubric}"));
        kind = format!("{kind} · {}", l.tf("notes.rubric_of", &[("words", &words), ("n", &rubric)]));
    }
    let text = if note.is_withdrawn { l.t("notes.withdrawn") } else { note.evidence.clone() };
    NoteView {
        author: l.tf(author_key, &[("author", &note.author)]),
        when: note.written.clone(),
        kind,
        text,
        evidence: String::new(),
        snapshot: note
            .snapshot
            .as_ref()
            .map(|figure| l.tf("notes.snapshot", &[("figure", figure)]))
            .unwrap_or_default(),
        visibility: l.t(&format!("notes.readers.{}", note.visibility)),
    }
}

/// Whether the form with this action and id is the one that came back with an error: then it stays open.
pub(super) fn came_back(action: &str, id: &str) -> bool {
    page_data().form.is_some_and(|FormState { action: a, id: i, .. }| a == action && i == id)
}

/// See the module.
#[component]
pub(super) fn NoteEntry(note: NoteItem) -> impl IntoView {
    let l = use_locale();
    let id = note.id.to_string();
    let view = card(l, &note);
    let replies = note.replies.iter().cloned().map(|reply| view! { <Reply reply/> }).collect_view();
    let reply_form = (note.may_reply && !note.is_withdrawn).then(|| {
        let form = format!("reply-{id}");
        let open = came_back("/api/notes/reply", &form);
        let id = id.clone();
        view! {
            <details class="note-more" open=open>
                <summary>{l.t("notes.reply")}</summary>
                <Form action={to::<ReplyToNote>()} id=form>
                    <Hidden name="note" value=id/>
                    <TextArea name="text" label=l.tf("notes.reply_to", &[("author", &note.author)]) rows=3/>
                    <Submit label=l.t("notes.reply_send") kind="secondary"/>
                </Form>
            </details>
        }
    });
    let withdraw = (note.is_mine && !note.is_withdrawn).then(|| view! { <Withdraw id/> });
    view! {
        <NoteCard note=view>
            {replies}
            {reply_form}
            {withdraw}
        </NoteCard>
    }
}

#[component]
fn Reply(reply: NoteReply) -> impl IntoView {
    let withdraw = reply.is_mine.then(|| view! { <Withdraw id=reply.id.to_string()/> });
    view! {
        <div class="note-reply">
            <p class="note-head">
                <span class="note-author">"↳ "{reply.author}</span>
                " "
                <span class="soft">{reply.written}</span>
            </p>
            <p class="note-text">{reply.text}</p>
            {withdraw}
        </div>
    }
}

#[component]
fn Withdraw(id: String) -> impl IntoView {
    let l = use_locale();
    let form = format!("withdraw-{id}");
    view! {
        <details class="note-more">
            <summary>{l.t("notes.withdraw")}</summary>
            <Form action={to::<WithdrawNote>()} id=form>
                <Hidden name="note" value=id/>
                <p class="field-hint">{l.t("notes.withdraw_help")}</p>
                <Submit label=l.t("notes.withdraw_confirm") kind="danger"/>
            </Form>
        </details>
    }
}

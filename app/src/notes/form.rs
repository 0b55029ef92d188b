//! The form for a new note.

use domain::policy::Visibility;
use leptos::prelude::*;

use super::api::{AddNote, NotesView};
use super::item::came_back;
use crate::i18n::use_locale;
use crate::ui::{Choice, Form, Hidden, RadioGroup, Select, Submit, TextArea, to};

/// Kinds of note, in the order in which they are offered.
const KINDS: [&str; 8] = [
    "relationship",
    "service_quality",
    "collaboration",
    "learning",
    "recognition",
    "best_practice",
    "context",
    "ethics",
];

/// See the module. Closed until asked for, open when it came back with a remark.
#[component]
pub(super) fn NoteForm(view: NotesView) -> impl IntoView {
    let l = use_locale();
    let summary = l.t(if view.is_self { "notes.add_self" } else { "notes.add" });
    let kinds = KINDS.iter().map(|kind| Choice::new(kind, l.t(&format!("notes.kind.{kind}")))).collect::<Vec<_>>();
    let mut rubric = vec![Choice::new("", l.t("notes.form.rubric_none"))];
    rubric.extend((1..=5).map(|n| Choice::new(n, format!("{n}: {}", l.t(&format!("notes.rubric.{n}"))))));
    let readers = Visibility::ALL
        .into_iter()
        // About oneself there is nothing to keep from oneself.
        .filter(|v| !(view.is_self && *v == Visibility::Chain))
        .map(|v| {
            let own = if view.is_self { "self_" } else { "" };
            Choice::new(v.code(), l.t(&format!("notes.visibility.{own}{}", v.code())))
        })
        .collect::<Vec<_>>();
    let mut metrics = vec![Choice::new("", l.t("notes.form.metric_none"))];
    metrics.extend(view.metrics.into_iter().map(|(id, name)| Choice::new(id, name)));
    view! {
        <details class="note-add" open=came_back("/api/notes/add", "note")>
            <summary class="button secondary">{summary}</summary>
            <Form action={to::<AddNote>()} id="note">
                <Hidden name="person" value=view.person.to_string()/>
                <Hidden name="period" value=view.period/>
                <Select name="kind" label=l.t("notes.form.kind") options=kinds/>
                <TextArea name="evidence" label=l.t("notes.form.evidence") hint=l.t("notes.form.evidence_hint") rows=4/>
                <Select name="rubric" label=l.t("notes.form.rubric") options=rubric optional=true/>
                <Select name="metric" label=l.t("notes.form.metric") hint=l.t("notes.form.metric_hint") options=metrics optional=true/>
                <RadioGroup name="visibility" label=l.t("notes.form.visibility") options=readers value="shared"/>
                <Submit label=l.t("notes.form.save")/>
            </Form>
        </details>
    }
}

//! The notes on a person in a period: the words column of the scorecard.

use domain::ids::PersonId;
use leptos::prelude::*;

use super::api::{NotesQuery, NotesView, list_notes};
use super::form::NoteForm;
use super::item::NoteEntry;
use crate::i18n::use_locale;
use crate::ui::{EmptyState, loaded_block};

/// See the module.
#[component]
pub fn NotesPanel(
    /// Whom the notes are about.
    person: PersonId,
    /// Name of the period, as in the address.
    period: String,
) -> impl IntoView {
    view! {
        <section class="notes" aria-labelledby="notes-title">
            {loaded_block(list_notes(NotesQuery { person, period }), move |view| view! { <Notes view/> })}
        </section>
    }
}

#[component]
fn Notes(view: NotesView) -> impl IntoView {
    let l = use_locale();
    let title = l.tf("notes.title_period", &[("period", &view.period_label)]);
    let is_empty = view.notes.is_empty();
    let items = view.notes.iter().cloned().map(|note| view! { <NoteEntry note/> }).collect_view();
    let form = view.may_write.then(|| view! { <NoteForm view=view.clone()/> });
    view! {
        <h2 id="notes-title" class="card-title">{title}</h2>
        {is_empty.then(|| view! { <EmptyState title=l.t("notes.empty") text=l.t("notes.empty_text")/> })}
        {items}
        {form}
    }
}

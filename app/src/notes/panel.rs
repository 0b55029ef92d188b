//! The notes on a person in a period: the words column of the scorecard.

use domain::ids::PersonId;
use leptos::prelude::*;

use super::api::{AddNote, NotesQuery, NotesView, ReplyToNote, WithdrawNote, list_notes};
use super::form::NoteForm;
use super::item::NoteEntry;
use crate::i18n::use_locale;
use crate::ui::{EmptyState, ErrorNote, Skeleton, saved};

/// The forms of the panel.
#[derive(Clone, Copy)]
pub(super) struct NoteActions {
    pub add: ServerAction<AddNote>,
    pub reply: ServerAction<ReplyToNote>,
    pub withdraw: ServerAction<WithdrawNote>,
}

/// See the module.
#[component]
pub fn NotesPanel(
    /// Whom the notes are about.
    #[prop(into)]
    person: Signal<PersonId>,
    /// Name of the period, as in the address.
    #[prop(into)]
    period: Signal<String>,
) -> impl IntoView {
    let actions = NoteActions { add: ServerAction::new(), reply: ServerAction::new(), withdraw: ServerAction::new() };
    let changed = (saved(actions.add), saved(actions.reply), saved(actions.withdraw));
    let notes = Resource::new(
        move || (person.get(), period.get(), changed.0.get(), changed.1.get(), changed.2.get()),
        |(person, period, ..)| list_notes(NotesQuery { person, period }),
    );
    view! {
        <section class="notes" aria-labelledby="notes-title">
            <Transition fallback=|| view! { <Skeleton lines=6/> }>
                {move || Suspend::new(async move {
                    match notes.await {
                        Ok(view) => view! { <Notes view actions/> }.into_any(),
                        Err(error) => view! { <ErrorNote error/> }.into_any(),
                    }
                })}
            </Transition>
        </section>
    }
}

#[component]
fn Notes(view: NotesView, actions: NoteActions) -> impl IntoView {
    let l = use_locale();
    let title = l.tf("notes.title_period", &[("period", &view.period_label)]);
    let is_empty = view.notes.is_empty();
    let items = view.notes.iter().cloned().map(|note| view! { <NoteEntry note actions/> }).collect_view();
    let form = view.may_write.then(|| view! { <NoteForm view=view.clone() action=actions.add/> });
    view! {
        <h2 id="notes-title" class="card-title">{title}</h2>
        {is_empty.then(|| view! { <EmptyState title=l.t("notes.empty") text=l.t("notes.empty_text")/> })}
        {items}
        {form}
    }
}

//! The targets of a person in a period: the first block of the scorecard.

use domain::ids::PersonId;
use leptos::prelude::*;

use super::api::list_person_targets;
use super::data::PersonTargets;
use super::line::TargetEntry;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::{ButtonLink, Card, EmptyState, loaded_block};

/// See the module.
#[component]
pub fn TargetsPanel(
    /// Whose.
    person: PersonId,
    /// Name of the period, as in the address.
    period: String,
) -> impl IntoView {
    loaded_block(list_person_targets(person, period), move |view| view! { <Panel view/> })
}

#[component]
fn Panel(view: PersonTargets) -> impl IntoView {
    let l = use_locale();
    let add = (view.may_set || view.is_self).then(|| {
        let label = l.t(if view.may_set { "targets.new" } else { "targets.new_personal" });
        let href = Route::TargetNew.url().q("who", format!("person:{}", view.person)).q("period", &view.period).href();
        (label, href)
    });
    let action = {
        let add = add.clone();
        move || add.clone().map(|(label, href)| view! { <ButtonLink href label kind="link"/> })
    };
    let is_empty = view.lines.is_empty();
    let lines = view.lines.into_iter().map(|line| view! { <TargetEntry line/> }).collect_view();
    view! {
        <Card title=l.t("targets.title") action class="targets">
            {is_empty
                .then(|| {
                    view! {
                        <EmptyState title=l.t("targets.none_title") text=l.t("targets.none_text")>
                            {add.map(|(label, href)| view! { <ButtonLink href label/> })}
                        </EmptyState>
                    }
                })}
            {lines}
        </Card>
    }
}

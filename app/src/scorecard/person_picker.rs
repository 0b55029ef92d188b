//! Goes from one person's scorecard to another's in the same period.

use domain::ids::PersonId;
use leptos::prelude::*;

use super::api::Pick;
use crate::i18n::use_locale;

/// See the module. Not shown to who may open one scorecard only.
#[component]
pub fn PersonPicker(
    /// People whose scorecard may be opened, by name.
    people: Vec<Pick>,
    /// Whose is open.
    current: PersonId,
    /// The period to stay in.
    period: String,
) -> impl IntoView {
    let l = use_locale();
    let current = current.to_string();
    (people.len() > 1).then(|| {
        view! {
            <form class="picker" method="get" data-auto="" action="/scorecard">
                <input type="hidden" name="period" value=period/>
                <label class="visually-hidden" for="pick-person">{l.t("scorecard.person")}</label>
                <select class="input" id="pick-person" name="person">
                    {people
                        .into_iter()
                        .map(|p| view! { <option selected=p.value == current value=p.value>{p.label}</option> })
                        .collect_view()}
                </select>
                <noscript>
                    <button class="button secondary" type="submit">{l.t("ui.show")}</button>
                </noscript>
            </form>
        }
    })
}

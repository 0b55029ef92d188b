//! Goes from one team's board to another's in the same period.

use leptos::prelude::*;

use super::api::Pick;
use crate::i18n::use_locale;
use crate::route::Route;

/// See the module. Not shown to who may open one board only.
#[component]
pub fn TeamPicker(
    /// Teams whose board may be opened, as a tree written with indents.
    teams: Vec<Pick>,
    /// Which is open; empty is everything.
    current: String,
    /// The period to stay in.
    period: String,
) -> impl IntoView {
    let l = use_locale();
    (teams.len() > 1).then(|| {
        view! {
            <form class="picker" method="get" data-auto="" action=Route::Teams.href()>
                <input type="hidden" name="period" value=period/>
                <label class="visually-hidden" for="pick-team">{l.t("ui.team")}</label>
                <select class="input" id="pick-team" name="team">
                    {teams
                        .into_iter()
                        .map(|t| view! { <option selected=t.value == current value=t.value>{t.label}</option> })
                        .collect_view()}
                </select>
                <noscript>
                    <button class="button secondary" type="submit">{l.t("ui.show")}</button>
                </noscript>
            </form>
        }
    })
}

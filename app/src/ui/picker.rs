//! Pickers in the page head. They are GET forms: the choice is in the URL, and they work without
//! JavaScript; with it, choosing is enough (`data-auto`).

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::ui::address::here;
use crate::ui::field::Choice;
use crate::ui::icon::{Glyph, Icon};

/// Chooses one value of the query; the page starts again at its first row.
#[component]
pub fn QueryPicker(
    /// Name in the query.
    #[prop(into)]
    name: String,
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    options: Vec<Choice>,
    /// What is chosen now.
    #[prop(into)]
    current: String,
) -> impl IntoView {
    let l = use_locale();
    let id = format!("pick-{name}");
    let url = here().q("page", "").q("dialog", "").q(&name, "");
    let hidden =
        url.pairs().iter().map(|(n, v)| view! { <input type="hidden" name=n.clone() value=v.clone()/> }).collect_view();
    view! {
        <form class="picker" method="get" data-auto="">
            {hidden}
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <select class="input" id=id name=name>
                {options
                    .into_iter()
                    .map(|o| view! { <option selected=o.value == current value=o.value>{o.label}</option> })
                    .collect_view()}
            </select>
            <noscript>
                <button class="button secondary" type="submit">{l.t("ui.show")}</button>
            </noscript>
        </form>
    }
}

/// Chooses the period: one back, a list, one ahead. Values are period codes such as `2017Q2`.
#[component]
pub fn PeriodPicker(
    /// Periods to choose from, newest first.
    options: Vec<Choice>,
    /// The period shown.
    #[prop(into)]
    current: String,
    /// The period before it, if there is one.
    #[prop(optional_no_strip, into)]
    previous: Option<String>,
    /// The period after it, if there is one.
    #[prop(optional_no_strip, into)]
    next: Option<String>,
) -> impl IntoView {
    let l = use_locale();
    let step = move |to: Option<String>, label: String, glyph: Glyph| match to {
        Some(period) => {
            let href = here().q("page", "").q("period", &period).href();
            view! { <a class="button secondary square" href=href aria-label=label><Icon glyph/></a> }.into_any()
        }
        None => {
            view! { <span class="button secondary square disabled" aria-hidden="true"><Icon glyph/></span> }.into_any()
        }
    };
    view! {
        <div class="picker-group">
            {step(previous, l.t("ui.period_previous"), Glyph::Left)}
            <QueryPicker name="period" label=l.t("ui.period") options current/>
            {step(next, l.t("ui.period_next"), Glyph::Right)}
        </div>
    }
}

//! Pickers in the page head. They are GET forms: the choice is in the URL, and they work without
//! JavaScript; with it, choosing is enough.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use leptos_router::params::ParamsMap;

use crate::i18n::use_locale;
use crate::route::Url;
use crate::ui::field::Choice;
use crate::ui::icon::{Glyph, Icon};

/// The current address, to change one part of its query: `let url = use_url();` and then
/// `href=move || url().q("page", 2).href()`, which follows navigation.
pub fn use_url() -> impl Fn() -> Url + Copy + Send + Sync + 'static {
    let location = use_location();
    let (path, query) = (location.pathname, location.query);
    move || url_of(&path.read(), &query.read())
}

/// The current address, for code that already runs inside a closure or a `Suspend`.
pub fn current_url() -> Url {
    use_url()()
}

/// An address from its parts.
pub fn url_of(path: &str, query: &ParamsMap) -> Url {
    Url::from_parts(path, query.clone().into_iter().map(|(n, v)| (n.to_string(), v)))
}

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
    let url = use_url();
    let id = format!("pick-{name}");
    let own = name.clone();
    let hidden = move || {
        let url = url().q("page", "").q("dialog", "").q(&own, "");
        let fields = url.pairs().iter();
        fields.map(|(n, v)| view! { <input type="hidden" name=n.clone() value=v.clone()/> }).collect_view()
    };
    let navigate = use_navigate();
    let key = name.clone();
    let on_change = move |event| {
        let to = untrack(url).q("page", "").q("dialog", "").q(&key, event_target_value(&event)).href();
        navigate(&to, NavigateOptions { scroll: false, ..Default::default() });
    };
    view! {
        <form class="picker" method="get">
            {hidden}
            <label class="visually-hidden" for=id.clone()>{label}</label>
            <select class="input" id=id name=name on:change=on_change>
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
    let url = use_url();
    let step = move |to: Option<String>, label: String, glyph: Glyph| match to {
        Some(period) => {
            let href = move || url().q("page", "").q("period", &period).href();
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

/// Chooses the team.
#[component]
pub fn TeamPicker(
    /// Teams the reader sees, as a tree written with indents.
    options: Vec<Choice>,
    /// The team shown.
    #[prop(into)]
    current: String,
) -> impl IntoView {
    let l = use_locale();
    view! { <QueryPicker name="team" label=l.t("ui.team") options current/> }
}

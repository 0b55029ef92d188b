//! Sentences that say what the numbers mean, with the way to where they come from.

use leptos::prelude::*;

use crate::i18n::use_locale;

/// One sentence above the numbers.
#[component]
pub fn Sentence(
    /// The sentence.
    #[prop(into)]
    text: String,
    /// Address of the explanation, if there is one.
    #[prop(optional_no_strip, into)]
    explain: Option<String>,
) -> impl IntoView {
    let l = use_locale();
    view! {
        <p class="sentence">
            {text}
            {explain.map(|href| view! { " " <a href=href>{l.t("ui.explain_why")}</a> })}
        </p>
    }
}

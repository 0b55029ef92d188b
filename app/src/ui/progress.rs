//! How far a long piece of work is.

use leptos::prelude::*;

/// A bar with words; without a known `max` it only says that work goes on.
#[component]
pub fn Progress(
    /// What is being done.
    #[prop(into)]
    label: Signal<String>,
    /// How much is done.
    #[prop(into)]
    value: Signal<i64>,
    /// How much there is.
    #[prop(into)]
    max: Signal<Option<i64>>,
) -> impl IntoView {
    view! {
        <label class="progress">
            <span>{move || label.get()}</span>
            <progress value=move || max.get().map(|_| value.get().to_string()) max=move || max.get().map(|m| m.max(1).to_string())></progress>
        </label>
    }
}

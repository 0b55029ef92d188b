//! What stands where nothing is yet: what the page will show, and the one next step.

use leptos::prelude::*;

/// See the module; children are the next step, usually one `ButtonLink`.
#[component]
pub fn EmptyState(
    /// In a few words.
    #[prop(into)]
    title: String,
    /// What will be seen here and why it is not there yet.
    #[prop(into)]
    text: String,
    /// The next step.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty-title">{title}</p>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty-action">{children()}</div> })}
        </div>
    }
}

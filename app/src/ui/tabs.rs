//! Tabs are links: the URL says which one is open.

use leptos::prelude::*;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Its word.
    pub label: String,
    /// Address of the page with this tab open.
    pub href: String,
    /// Whether it is open now.
    pub current: bool,
}

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What the tabs are about, for screen readers.
    #[prop(into)]
    label: String,
    /// The tabs.
    tabs: Vec<Tab>,
) -> impl IntoView {
    let items = tabs
        .into_iter()
        .map(|tab| view! { <li><a class="tab" href=tab.href aria-current=tab.current.then_some("page")>{tab.label}</a></li> })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            <ul>{items}</ul>
        </nav>
    }
}

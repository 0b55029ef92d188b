//! The developers' page with every component in every state; empty in release builds.

use leptos::prelude::*;

use crate::ui::error_view::NotFound;

/// See the module.
#[component]
pub fn DevUi() -> impl IntoView {
    if cfg!(debug_assertions) { ().into_any() } else { NotFound().into_any() }
}

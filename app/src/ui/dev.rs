//! The developers' page with every component in every state; a missing page in release builds.
//!
//! Its sample texts are data, not texts of the product, so they are not in the locale files.

use leptos::prelude::*;

#[cfg(debug_assertions)]
mod forms;
#[cfg(debug_assertions)]
mod gallery;
#[cfg(debug_assertions)]
mod pictures;

/// See the module.
#[component]
pub fn DevUi() -> impl IntoView {
    #[cfg(debug_assertions)]
    return view! { <gallery::Gallery/> };
    #[cfg(not(debug_assertions))]
    return view! { <crate::ui::NotFound/> };
}

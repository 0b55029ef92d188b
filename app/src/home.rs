//! Where a reader lands: their own scorecard, or the teams they lead.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::page::use_caller;
use crate::route::Route;

/// Sends the reader on to the page that matters most to them.
#[component]
pub fn HomePage() -> impl IntoView {
    let target = match use_caller() {
        None => Route::Login,
        Some(caller) => caller.person_id.map_or(Route::Teams, Route::Scorecard),
    };
    view! { <Redirect path=target.href()/> }
}

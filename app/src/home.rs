//! Where a reader lands: their own scorecard, or the teams they lead.

use leptos::prelude::*;
use leptos_router::components::Redirect;

use crate::caller::{Caller, Role};
use crate::page::use_caller;
use crate::route::Route;

/// Sends the reader on to the page that matters most to them.
#[component]
pub fn HomePage() -> impl IntoView {
    let target = match use_caller() {
        None => Route::Login,
        // Who sells looks at their own figures first, who leads at their teams'.
        Some(Caller { role: Role::Rep, person_id: Some(person), .. }) => Route::Scorecard(person),
        Some(_) => Route::Teams,
    };
    view! { <Redirect path=target.href()/> }
}

//! The short message after a form succeeded ("Target saved").
//!
//! A server function calls [`flash`] with a text key; it travels in a cookie that lives a minute, so
//! that it survives the redirect after the post. The next page shows it once.

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::page::page_data;

/// Name of the cookie.
pub const COOKIE: &str = "flash";

/// Leaves a message for the next page; called by server functions.
pub fn flash(key: &str) {
    crate::port::set_cookie(&format!("{COOKIE}={key}; Path=/; Max-Age=60; SameSite=Lax"));
}

/// Shows the message that the form before left.
#[component]
pub fn Flash() -> impl IntoView {
    let l = use_locale();
    let text = page_data().flash.map(|key| {
        crate::port::set_cookie(&format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax"));
        l.get(&key)
    });
    view! {
        <div class="flash-area" role="status" aria-live="polite">
            {text.flatten().map(|text| view! { <p class="flash">{text}</p> })}
        </div>
    }
}

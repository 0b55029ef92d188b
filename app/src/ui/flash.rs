//! The short message after a form succeeded ("Target saved").
//!
//! A server function calls [`flash`] with a text key; it travels in a cookie that lives a minute, so
//! that it survives the redirect after a plain form post. The next page shows it once.

use leptos::prelude::*;

use crate::i18n::use_locale;

/// Name of the cookie.
pub const COOKIE: &str = "flash";

/// The message to show now, as a text key.
#[derive(Clone, Copy)]
struct Message(RwSignal<Option<String>>);

/// Leaves a message for the next page; called by server functions.
#[cfg(feature = "ssr")]
pub fn flash(key: &str) {
    crate::port::set_cookie(&format!("{COOKIE}={key}; Path=/; Max-Age=60; SameSite=Lax"));
}

/// Provides the message that came with the page; called once by `App`.
pub fn provide_flash() {
    let first = crate::page::page_data().flash;
    #[cfg(feature = "ssr")]
    if first.is_some() {
        crate::port::set_cookie(&format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax"));
    }
    provide_context(Message(RwSignal::new(first)));
}

/// Takes the message that a call from the browser left; forms call it when they succeed.
pub fn take_flash() {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::JsCast;
        let Some(Message(message)) = use_context::<Message>() else { return };
        let Some(html) = document().dyn_ref::<web_sys::HtmlDocument>().cloned() else { return };
        let all = html.cookie().unwrap_or_default();
        let found = all.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == COOKIE);
        if let Some((_, key)) = found.filter(|(_, key)| !key.is_empty()) {
            message.set(Some(key.to_owned()));
            // A cookie that cannot be cleared expires by itself within a minute.
            let _ = html.set_cookie(&format!("{COOKIE}=; Path=/; Max-Age=0; SameSite=Lax"));
        }
    }
}

/// Shows the message; part of the layout, so that it outlives a navigation.
#[component]
pub fn Flash() -> impl IntoView {
    let l = use_locale();
    let message = use_context::<Message>();
    let text = move || message.and_then(|m| m.0.get()).and_then(|key| l.get(&key));
    view! {
        <div class="flash-area" role="status" aria-live="polite">
            {move || text().map(|text| view! { <p class="flash">{text}</p> })}
        </div>
    }
}

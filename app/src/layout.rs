//! The frame around every page: skip link, navigation, message, main.

use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_location;

use crate::i18n::use_locale;
use crate::page::use_caller;
use crate::route::Route;
use crate::ui::flash::Flash;

/// See the module. Sends whoever is not signed in to sign in, and back afterwards.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let l = use_locale();
    let caller = use_caller();
    #[cfg(feature = "ssr")]
    if caller.is_none() {
        send_to_login();
    }
    let _ = use_location();
    view! {
        <a class="skip" href="#main">{l.t("ui.skip")}</a>
        <div class="frame">
            {caller.map(|_| view! { <nav class="nav" aria-label=l.t("nav.label")><A href=Route::Home.href()>{l.t("nav.home")}</A></nav> })}
            <main id="main" class="main" tabindex="-1">
                <Flash/>
                {children()}
            </main>
        </div>
    }
}

#[cfg(feature = "ssr")]
fn send_to_login() {
    let Some(parts) = crate::port::parts() else { return };
    if !Route::is_public(parts.uri.path()) {
        let back = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        let back = if back == "/" { "" } else { back };
        crate::port::redirect(&Route::Login.url().q("next", back).href());
    }
}

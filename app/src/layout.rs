//! The frame around every page: skip link, navigation, message, main.

pub mod nav;
pub mod preferences;

use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use crate::i18n::use_locale;
use crate::page::use_caller;
#[cfg(feature = "ssr")]
use crate::route::Route;
use crate::ui::flash::{Flash, take_flash};
use crate::ui::form::FirstPage;
use nav::Nav;
use preferences::Preferences;

/// See the module. Sends whoever is not signed in to sign in, and back afterwards.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let l = use_locale();
    let caller = use_caller();
    #[cfg(feature = "ssr")]
    if caller.is_none() {
        send_to_login();
    }
    let with_nav = caller.is_some();
    let main = NodeRef::<html::Main>::new();
    follow_navigation(main);
    view! {
        <a class="skip" href="#main" rel="external">{l.t("ui.skip")}</a>
        <div class="frame" class:with-nav=with_nav>
            {caller.map(|caller| view! { <Nav caller/> })}
            <main id="main" class="main" tabindex="-1" node_ref=main>
                {(!with_nav).then(|| view! { <p class="door-brand">{l.t("ui.product")}</p> })}
                <Flash/>
                {children()}
                <footer class="page-foot">
                    <Preferences inline=true signed_in=with_nav/>
                </footer>
            </main>
        </div>
    }
}

/// After a navigation inside the browser: the focus goes to the new page, a waiting message is shown,
/// and a form that had come back is forgotten.
fn follow_navigation(main: NodeRef<html::Main>) {
    let first = StoredValue::new(true);
    provide_context(FirstPage(first));
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            first.set_value(false);
            take_flash();
            if let Some(main) = main.get_untracked() {
                // Focus is a courtesy; a browser that refuses loses nothing.
                let _ = main.focus();
            }
        }
        now
    });
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

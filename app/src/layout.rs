//! The frame around every page: skip link, navigation, message, main.

pub mod nav;
pub mod preferences;
pub mod shortcuts;

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::page::{page_data, use_caller};
use crate::route::Route;
use crate::ui::flash::Flash;
use nav::Nav;
use preferences::Preferences;

/// See the module. Sends whoever is not signed in to sign in, and back afterwards.
#[component]
pub fn Layout(children: Children) -> impl IntoView {
    let l = use_locale();
    let caller = use_caller();
    // Who sent a form finds what was typed (`ErrorView`); everybody else goes to sign in.
    if caller.is_none() && page_data().form.is_none() {
        send_to_login();
    }
    let with_nav = caller.is_some();
    let data_version = caller.as_ref().map(|c| c.data_version);
    view! {
        <a class="skip" href="#main" rel="external">{l.t("ui.skip")}</a>
        <div class="frame" class:with-nav=with_nav>
            {caller.map(|caller| view! { <Nav caller/> })}
            <main id="main" class="main" tabindex="-1" data-live-data=data_version>
                {(!with_nav).then(|| view! { <p class="door-brand">{l.t("ui.product")}</p> })}
                <Flash/>
                <Sayings/>
                {children()}
                <footer class="page-foot">
                    <Preferences inline=true signed_in=with_nav/>
                </footer>
            </main>
        </div>
    }
}

fn send_to_login() {
    let Some(parts) = crate::port::parts() else { return };
    if !Route::is_public(parts.uri.path()) {
        let back = parts.uri.path_and_query().map_or("/", |p| p.as_str());
        let back = if back == "/" { "" } else { back };
        crate::port::redirect(&Route::Login.url().q("next", back).href());
    }
}

/// What the browser says by itself when a form could not be sent; see `browser::fetch`.
#[component]
fn Sayings() -> impl IntoView {
    let l = use_locale();
    view! {
        <template id="say-unreachable">
            <div class="form-summary" role="alert" tabindex="-1" data-said="">
                <p class="form-summary-title">{l.t("error.transport")}</p>
                <p>{l.t("error.transport_help")}</p>
            </div>
        </template>
        <template id="say-signed-out">
            <div class="form-summary" role="alert" tabindex="-1" data-said="">
                <p class="form-summary-title">{l.t("error.unauthenticated")}</p>
                <p>
                    <a href=Route::Login.href() target="_blank">{l.t("ui.sign_in_again")}</a>
                </p>
            </div>
        </template>
    }
}

//! The HTML document around the app; rendered on the server only.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::app::App;
#[cfg(feature = "ssr")]
use crate::page::to_script;
use crate::page::{ELEMENT_ID, page_data};

/// The document with head, data for the browser, scripts and the app.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let data = page_data();
    #[cfg(feature = "ssr")]
    let script = to_script(&data);
    #[cfg(not(feature = "ssr"))]
    let script = String::new();
    view! {
        <!DOCTYPE html>
        <html lang=crate::i18n::code(data.locale) data-theme=data.theme.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <HashedStylesheet id="leptos" options=options.clone()/>
                <script defer src="/chart.js" nonce=use_nonce()></script>
                <HydrationScripts options/>
                <MetaTags/>
            </head>
            <body>
                <App/>
                <script type="application/json" id=ELEMENT_ID inner_html=script></script>
            </body>
        </html>
    }
}

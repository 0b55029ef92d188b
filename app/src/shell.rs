//! The HTML document around the app; rendered on the server only.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::app::App;
use crate::assets::AssetPaths;
use crate::page::page_data;

/// The document with head, scripts and the app. The server gives [`AssetPaths`]
/// and the policy's nonce as context.
pub fn shell() -> impl IntoView {
    let data = page_data();
    let assets = use_context::<AssetPaths>().unwrap_or_default();
    let start = assets.start_script();
    view! {
        <!DOCTYPE html>
        <html lang=crate::i18n::code(data.locale) data-theme=data.theme.code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="stylesheet" href=assets.css/>
                <link rel="modulepreload" href=assets.js/>
                <link rel="preload" href=assets.wasm r#as="fetch" type="application/wasm" crossorigin=""/>
                <script defer src=assets.chart_js data-echarts=assets.echarts nonce=use_nonce()></script>
                <script type="module" nonce=use_nonce() inner_html=start></script>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

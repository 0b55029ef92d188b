//! Maatstaf's screens: Leptos components, server functions, and the ports that the server implements.
//!
//! Each feature is a file and a folder of the same name: `api.rs` holds its data, server functions and
//! port trait, the other files its pages. `ui` holds components without server calls. Nothing here
//! knows the database: server functions call a port of [`port::Ports`], which `server` fills.

// Views are types, and a form inside a page inside the frame is a deep one.
#![recursion_limit = "1024"]

rust_i18n::i18n!("locales", fallback = "en");

pub mod app;
pub mod assets;
pub mod caller;
pub mod error;
pub mod form;
pub mod home;
pub mod i18n;
pub mod layout;
pub mod page;
#[cfg(feature = "ssr")]
pub mod port;
pub mod route;
pub mod shell;
pub mod ui;

pub mod account;
pub mod imports;
pub mod notes;
pub mod people;
pub mod scorecard;
pub mod targets;

pub use crate::app::App;
pub use crate::error::{ApiError, ApiResult, FieldError};
pub use crate::shell::shell;

/// Takes over the page that the server rendered; the browser calls it once the WebAssembly is there.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(App);
}

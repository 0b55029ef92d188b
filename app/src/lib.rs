//! Maatstaf's screens: Leptos components, server functions, and the ports that the server implements.
//!
//! Each feature is a file and a folder of the same name: `api.rs` holds its data, server functions and
//! port trait, the other files its pages. `ui` holds components without server calls. Nothing here
//! knows the database: server functions call a port of [`port::Ports`], which `server` fills.
//!
//! The screens are rendered by the server (feature `ssr`). What runs in the browser is the module `browser` alone
//! (feature `hydrate`): it follows links and forms without a new document.

// Views are types, and a form inside a page inside the frame is a deep one.
#![recursion_limit = "1024"]

#[cfg(feature = "hydrate")]
mod browser;

#[cfg(feature = "ssr")]
rust_i18n::i18n!("locales", fallback = "en");

#[cfg(feature = "ssr")]
pub mod app;
#[cfg(feature = "ssr")]
pub mod assets;
#[cfg(feature = "ssr")]
pub mod caller;
#[cfg(feature = "ssr")]
pub mod error;
#[cfg(feature = "ssr")]
pub mod form;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
pub mod layout;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod port;
#[cfg(feature = "ssr")]
pub mod route;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod ui;

#[cfg(feature = "ssr")]
pub mod account;
#[cfg(feature = "ssr")]
pub mod analysis;
#[cfg(feature = "ssr")]
pub mod catalogue;
#[cfg(feature = "ssr")]
pub mod completeness;
#[cfg(feature = "ssr")]
pub mod facts;
#[cfg(feature = "ssr")]
pub mod imports;
#[cfg(feature = "ssr")]
pub mod notes;
#[cfg(feature = "ssr")]
pub mod people;
#[cfg(feature = "ssr")]
pub mod scorecard;
#[cfg(feature = "ssr")]
pub mod settings;
#[cfg(feature = "ssr")]
pub mod targets;
#[cfg(feature = "ssr")]
pub mod tokens;
#[cfg(feature = "ssr")]
pub mod webhooks;

#[cfg(feature = "ssr")]
pub use crate::app::App;
#[cfg(feature = "ssr")]
pub use crate::error::{ApiError, ApiResult, FieldError};
#[cfg(feature = "ssr")]
pub use crate::shell::shell;

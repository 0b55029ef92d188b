//! What a page knows before it asks anything: who looks, in which language and theme, and the form
//! that came back. Made from the request on the server; the shell writes it into the page, and the
//! browser reads it from there, so that both render the same.

use crate::i18n::Locale;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::caller::Caller;
use crate::form::FormState;

/// Element that carries the data from the server to the browser.
pub const ELEMENT_ID: &str = "page-data";

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system is set.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Value of the cookie and of `<html data-theme>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the cookie's value; anything unknown is the system's choice.
    pub fn parse(text: &str) -> Self {
        match text {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// See the module.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageData {
    /// Who looks, if signed in.
    pub caller: Option<Caller>,
    /// Language of the page.
    pub locale: Locale,
    /// Theme of the page.
    pub theme: Theme,
    /// A form that was posted without JavaScript and came back.
    pub form: Option<FormState>,
    /// Text key of a message left by the form before.
    pub flash: Option<String>,
}

/// The page's data; provided once by `App`.
pub fn page_data() -> PageData {
    use_context::<PageData>().unwrap_or_else(provide_page_data)
}

/// Who looks at the page, if signed in.
pub fn use_caller() -> Option<Caller> {
    page_data().caller
}

/// Reads the data (from the request on the server, from the document in the browser) and provides it.
pub fn provide_page_data() -> PageData {
    let data = load();
    provide_context(data.clone());
    data
}

#[cfg(feature = "ssr")]
fn load() -> PageData {
    let parts = crate::port::parts();
    let caller = crate::port::caller();
    let cookie = |name: &str| parts.as_ref().and_then(|p| cookie(p, name));
    let locale = caller
        .as_ref()
        .map(|c| c.locale)
        .or_else(|| cookie("lang").and_then(|v| parse_locale(&v)))
        .or_else(|| parts.as_ref().and_then(accepted_locale))
        .unwrap_or(Locale::En);
    PageData {
        locale,
        theme: cookie("theme").map_or(Theme::System, |v| Theme::parse(&v)),
        form: parts.as_ref().and_then(|p| p.extensions.get::<FormState>().cloned()),
        flash: cookie(crate::ui::flash::COOKIE).filter(|key| !key.is_empty()),
        caller,
    }
}

/// The value of a cookie of the request.
#[cfg(feature = "ssr")]
pub fn cookie(parts: &axum::http::request::Parts, name: &str) -> Option<String> {
    let all = parts.headers.get_all(axum::http::header::COOKIE);
    all.iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(n, _)| *n == name)
        .map(|(_, v)| v.to_owned())
}

/// The language a code stands for, if we speak it.
pub fn parse_locale(code: &str) -> Option<Locale> {
    Locale::from_code(code)
}

/// The first of the browser's languages that we speak; browsers list them by preference.
#[cfg(feature = "ssr")]
pub fn accepted_locale(parts: &axum::http::request::Parts) -> Option<Locale> {
    let header = parts.headers.get(axum::http::header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    header.split(',').find_map(|part| parse_locale(part.split(';').next().unwrap_or_default()))
}

#[cfg(all(feature = "hydrate", not(feature = "ssr")))]
fn load() -> PageData {
    document()
        .get_element_by_id(ELEMENT_ID)
        .and_then(|e| e.text_content())
        .and_then(|text| serde_json::from_str(&text).ok())
        .unwrap_or_else(empty)
}

#[cfg(not(any(feature = "hydrate", feature = "ssr")))]
fn load() -> PageData {
    empty()
}

#[cfg(not(feature = "ssr"))]
fn empty() -> PageData {
    PageData { caller: None, locale: Locale::En, theme: Theme::System, form: None, flash: None }
}

/// The data as text that is safe inside a `<script>` element.
#[cfg(feature = "ssr")]
pub fn to_script(data: &PageData) -> String {
    serde_json::to_string(data).unwrap_or_default().replace('<', "\\u003c")
}

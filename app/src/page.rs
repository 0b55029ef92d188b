//! What a page knows before it asks anything: who looks, in which language and theme, and the form
//! that came back.

use crate::i18n::Locale;
use leptos::prelude::*;

use crate::caller::Caller;
use crate::form::FormState;

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, PartialEq)]
pub struct PageData {
    /// Who looks, if signed in.
    pub caller: Option<Caller>,
    /// Language of the page.
    pub locale: Locale,
    /// Theme of the page.
    pub theme: Theme,
    /// Whether single keys are shortcuts: some people steer by voice, and words are keys.
    pub keys: bool,
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

/// Reads the data from the request and provides it.
pub fn provide_page_data() -> PageData {
    let data = load();
    provide_context(data.clone());
    data
}

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
        keys: cookie("keys").is_none_or(|v| v != "off"),
        theme: cookie("theme").map_or(Theme::System, |v| Theme::parse(&v)),
        form: parts.as_ref().and_then(|p| p.extensions.get::<FormState>().cloned()),
        flash: cookie(crate::ui::flash::COOKIE).filter(|key| !key.is_empty()),
        caller,
    }
}

/// The value of a cookie of the request.
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
pub fn accepted_locale(parts: &axum::http::request::Parts) -> Option<Locale> {
    let header = parts.headers.get(axum::http::header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    header.split(',').find_map(|part| parse_locale(part.split(';').next().unwrap_or_default()))
}

//! Texts in the reader's language.
//!
//! The language is fixed for one page load, so these are plain functions and no signals. Keys may be
//! made at run time (`metric.win_rate.name`): metrics are data, so their texts are too. A missing key
//! shows the key, and a test fails on every literal key that no locale file has.

use std::borrow::Cow;

pub use domain::format::Locale;

/// The reader's language with the functions that look texts up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Texts(Locale);

/// Texts in the language of the page being rendered.
pub fn use_locale() -> Texts {
    Texts(crate::page::page_data().locale)
}

/// The two-letter code of a language, as in `<html lang>` and the cookie.
pub fn code(locale: Locale) -> &'static str {
    locale.code()
}

impl Texts {
    /// Texts of one language; for code that is not inside a page.
    pub fn of(locale: Locale) -> Self {
        Self(locale)
    }

    /// The language itself, for `domain::format`.
    pub fn locale(self) -> Locale {
        self.0
    }

    /// The text of a key; the key itself when there is none.
    pub fn t(self, key: &str) -> String {
        self.lookup(key).map_or_else(|| key.to_owned(), Cow::into_owned)
    }

    /// The text of a key, if there is one.
    pub fn get(self, key: &str) -> Option<String> {
        self.lookup(key).map(Cow::into_owned)
    }

    /// The text of a key with its `%{name}` placeholders filled.
    pub fn tf(self, key: &str, args: &[(&str, &dyn std::fmt::Display)]) -> String {
        let mut text = self.t(key);
        for (name, value) in args {
            text = text.replace(&format!("%{{{name}}}"), &value.to_string());
        }
        text
    }

    /// The text for a count: `key.one` or `key.other`, with `%{n}` filled.
    pub fn tn(self, key: &str, n: i64, args: &[(&str, &dyn std::fmt::Display)]) -> String {
        let form = if n == 1 { "one" } else { "other" };
        self.tf(&format!("{key}.{form}"), args).replace("%{n}", &n.to_string())
    }

    /// The text of a field remark.
    pub fn remark(self, error: &crate::error::FieldError) -> String {
        error.args.iter().fold(self.t(&error.key), |text, (name, value)| text.replace(&format!("%{{{name}}}"), value))
    }

    fn lookup(self, key: &str) -> Option<Cow<'static, str>> {
        crate::_rust_i18n_try_translate(code(self.0), key)
    }
}

//! Texts that only the server says, in the reader's language.

use std::fmt::Display;

use domain::Locale;

/// The reader's language with the functions that look texts up.
#[derive(Clone, Copy, Debug)]
pub struct Words(pub Locale);

impl Words {
    /// The text of a key, here or among the screens' texts; the key itself when there is none.
    pub fn t(self, key: &str) -> String {
        match crate::_rust_i18n_try_translate(self.0.code(), key) {
            Some(text) => text.into_owned(),
            None => app::i18n::Texts::of(self.0).t(key),
        }
    }

    /// The text of a key with its `%{name}` placeholders filled.
    pub fn tf(self, key: &str, args: &[(&str, &dyn Display)]) -> String {
        args.iter().fold(self.t(key), |text, (name, value)| text.replace(&format!("%{{{name}}}"), &value.to_string()))
    }

    /// The text for a count: `key.one` or `key.other`, with `%{n}` filled.
    pub fn tn(self, key: &str, n: i64, args: &[(&str, &dyn Display)]) -> String {
        let form = if n == 1 { "one" } else { "other" };
        let count = domain::format::count(self.0, n);
        self.tf(&format!("{key}.{form}"), args).replace("%{n}", &count)
    }
}

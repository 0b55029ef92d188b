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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use serde_json::Value;

    #[test]
    fn every_column_and_own_value_of_an_import_has_a_text() {
        use crate::import::Kind;
        use crate::import::kind::Type;

        for locale in [super::Locale::En, super::Locale::Nl] {
            let said = |key: String| {
                let text = super::Words(locale).t(&key);
                assert!(text != key && !text.is_empty(), "{key} has no text in {locale:?}");
            };
            for kind in Kind::ALL {
                for column in kind.columns() {
                    said(format!("imports.ours.{}.{}", kind.name(), column.name));
                    let choices = match column.ty {
                        Type::Choice(all) => all,
                        Type::Flag => &["true", "false"],
                        _ => &[],
                    };
                    for choice in choices {
                        said(format!("imports.choice.{}.{choice}", column.name));
                    }
                }
            }
        }
    }

    fn flatten(prefix: &str, value: &Value, into: &mut BTreeMap<String, Vec<String>>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                    flatten(&key, value, into);
                }
            }
            Value::String(text) => {
                let mut names: Vec<String> =
                    text.split("%{").skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
                names.sort_unstable();
                names.dedup();
                into.insert(prefix.to_owned(), names);
            }
            _ => (),
        }
    }

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
        let mut files = 0;
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let Some(stem) = name.strip_suffix(".en.json") else { continue };
            let texts = |language: &str| {
                let text = std::fs::read_to_string(folder.join(format!("{stem}.{language}.json"))).unwrap();
                let mut all = BTreeMap::new();
                flatten("", &serde_json::from_str(&text).unwrap(), &mut all);
                all
            };
            assert_eq!(texts("en"), texts("nl"), "{stem}");
            files += 1;
        }
        assert!(files > 0);
    }
}

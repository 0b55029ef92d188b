//! The locale files against each other and against the code.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

type Texts = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn flatten(prefix: &str, value: &Value, into: &mut Texts) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
                flatten(&key, value, into);
            }
        }
        Value::String(text) => {
            let before = into.insert(prefix.to_owned(), text.clone());
            assert!(before.is_none(), "{prefix} stands in two files");
        }
        _ => panic!("{prefix} is no text"),
    }
}

fn texts(language: &str) -> Texts {
    let mut all = Texts::new();
    for entry in fs::read_dir(root().join("locales")).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().ends_with(&format!(".{language}.json")) {
            let json: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            flatten("", &json, &mut all);
        }
    }
    all
}

fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<_> = text.split("%{").skip(1).filter_map(|rest| rest.split('}').next()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

/// Keys written out as the first argument of `call` in the code.
fn literal_keys<'a>(code: &'a str, call: &str) -> Vec<&'a str> {
    code.match_indices(call)
        .filter_map(|(at, _)| code[at + call.len()..].trim_start().strip_prefix('"')?.split('"').next())
        .collect()
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let (en, nl) = (texts("en"), texts("nl"));
    let lacks = |a: &Texts, b: &Texts| a.keys().filter(|k| !b.contains_key(*k)).cloned().collect::<Vec<_>>();
    assert_eq!(lacks(&en, &nl), Vec::<String>::new(), "not in Dutch");
    assert_eq!(lacks(&nl, &en), Vec::<String>::new(), "not in English");
    for (key, text) in &en {
        assert!(!text.trim().is_empty() && !nl[key].trim().is_empty(), "{key} is empty");
        assert_eq!(placeholders(text), placeholders(&nl[key]), "placeholders of {key}");
    }
}

#[test]
fn every_key_in_the_code_has_a_text() {
    let en = texts("en");
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut missing = Vec::new();
    for file in files {
        let code = fs::read_to_string(&file).unwrap();
        for call in [".t(", ".tf("] {
            missing.extend(literal_keys(&code, call).into_iter().filter(|k| !en.contains_key(*k)).map(str::to_owned));
        }
        let forms = literal_keys(&code, ".tn(").into_iter().flat_map(|k| [format!("{k}.one"), format!("{k}.other")]);
        missing.extend(forms.filter(|k| !en.contains_key(k)));
    }
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn errors_and_states_have_texts() {
    let en = texts("en");
    for state in app::ui::State::ALL {
        assert!(en.contains_key(&format!("state.{}", state.key())));
    }
    use app::ApiError::*;
    let errors = [
        Unauthenticated,
        Forbidden,
        NotFound,
        Invalid(vec![]),
        Conflict(vec![]),
        TooMany(1),
        Unavailable,
        Internal(String::new()),
        Transport,
    ];
    for error in errors {
        assert!(en.contains_key(error.key()), "{}", error.key());
    }
}

#[test]
fn texts_are_found_by_key_and_filled() {
    let l = app::i18n::Texts::of(app::i18n::Locale::Nl);
    assert_eq!(l.t("ui.sign_in"), "Inloggen");
    assert_eq!(l.t("no.such_key"), "no.such_key");
    assert_eq!(l.tf("error.reference", &[("id", &7)]), "Kenmerk: 7");
}

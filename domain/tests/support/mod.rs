//! Shared by the tests: printed documents and the words of the locale files.
#![allow(dead_code, clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Compares a printed document with the one in the repository; `UPDATE=1` writes it.
pub fn golden(path: &str, printed: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, printed).unwrap();
    }
    let stored = fs::read_to_string(&file).unwrap_or_default();
    assert!(stored == printed, "{path} is out of date: run UPDATE=1 cargo test -p domain");
}

/// Where the numbers of worked examples come from, in Dutch by the English words of the catalogue.
pub struct Sources(Value);

impl Sources {
    pub fn read() -> Self {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/support/examples.nl.json");
        Self(serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap())
    }

    pub fn nl(&self, source: &str) -> &str {
        self.0[source].as_str().unwrap_or_else(|| panic!("examples.nl.json: nothing for {source:?}"))
    }

    /// All English words.
    pub fn all(&self) -> impl Iterator<Item = &String> {
        self.0.as_object().unwrap().keys()
    }
}

/// Names from the screens' locale files, explanations from the server's.
pub struct Words(Vec<(&'static str, Value)>);

impl Words {
    pub fn read() -> Self {
        let read = |dir: &str, lang: &'static str| {
            let path = root().join(format!("{dir}/locales/metric.{lang}.json"));
            let text = fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
            (lang, serde_json::from_str(&text).unwrap())
        };
        Self(vec![read("app", "en"), read("app", "nl"), read("server", "en"), read("server", "nl")])
    }

    fn get(&self, lang: &str, id: &str, key: &str) -> &str {
        let mut found = self.0.iter().filter(|(l, _)| *l == lang).filter_map(|(_, v)| v["metric"][id][key].as_str());
        let text = found.next().unwrap_or_else(|| panic!("no words for metric.{id}.{key} in {lang}"));
        assert!(!text.trim().is_empty(), "metric.{id}.{key} is empty in {lang}");
        text
    }

    pub fn name(&self, lang: &str, id: &str) -> &str {
        let _ = self.get(lang, id, "short");
        self.get(lang, id, "name")
    }

    pub fn explain(&self, lang: &str, id: &str) -> &str {
        self.get(lang, id, "explain")
    }

    pub fn nothing(&self, lang: &str, id: &str) -> &str {
        self.get(lang, id, "nothing")
    }
}

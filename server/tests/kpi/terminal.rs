//! The program as people start it, on a database of its own.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{self, TestDb};

/// A database and a folder, on the first day of 2026.
pub struct Terminal {
    pub url: String,
    folder: TempDir,
    db: TestDb,
}

impl Terminal {
    /// One for each database, empty. SQLite is a file: the program is started anew each time.
    pub async fn on_each(test: &str) -> Vec<Self> {
        let of = |db: TestDb| {
            let folder = tempfile::tempdir().unwrap();
            let in_file = format!("sqlite://{}", folder.path().join("t.sqlite").display());
            let url = if db.url.starts_with("sqlite") { in_file } else { db.url.clone() };
            Self { url, folder, db }
        };
        support::databases(test).await.into_iter().map(of).collect()
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Removes the database.
    pub async fn drop(self) {
        self.db.drop().await;
    }

    /// Writes a file into the folder.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder().join(name), text).unwrap();
    }

    /// Starts the program.
    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_maatstaf"))
            .args(arguments)
            .current_dir(self.folder())
            .env("DATABASE_URL", &self.url)
            .env("MAATSTAF_DATA", self.folder())
            .env("MAATSTAF_TODAY", "2026-01-01")
            .output()
            .unwrap()
    }

    /// What it prints when all goes well.
    #[track_caller]
    pub fn text(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let (out, err) =
            (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr).into_owned());
        assert!(output.status.success(), "{arguments:?}: {out}{err}");
        out
    }

    /// The same, read as JSON.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&self.text(arguments)).unwrap()
    }

    /// What it refuses, and says so.
    #[track_caller]
    pub fn refused(&self, arguments: &[&str], words: &[&str]) {
        let output = self.run(arguments);
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{err}");
        for word in words {
            assert!(err.contains(word), "no “{word}” in {err}");
        }
    }

    /// Makes an organisation.
    pub fn create(&self, slug: &str, template: &str, currency: &str) {
        let create = ["org", "create", "--name", slug, "--slug", slug, "--template", template, "--currency", currency];
        self.text(&[&create[..], &["--owner", "owner@example.com"]].concat());
    }
}

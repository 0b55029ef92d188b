//! What is asked of an import, what it tells while it runs, and what it reports.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64};

use app::i18n::Locale;
use serde::Serialize;

use super::fault::Fault;
use super::kind::Kind;
use super::mapping::Mapping;
use super::rejected::Originals;
use super::source::Limits;

/// Rejected rows that a report keeps; beyond that they are only counted.
pub const KEPT: usize = 100_000;
/// Rejected rows that a page lists; their file has all that are kept.
pub const LISTED: usize = 1_000;
/// Unknown people that a report names.
pub const NAMED: usize = 200;

/// What may happen to facts by their own key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Only new ones.
    Create,
    /// Only known ones.
    Update,
    /// Both.
    #[default]
    Upsert,
}

impl Mode {
    /// Name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Create => "create",
            Mode::Update => "update",
            Mode::Upsert => "upsert",
        }
    }

    /// The mode of a name.
    pub fn parse(name: &str) -> Option<Self> {
        [Mode::Create, Mode::Update, Mode::Upsert].into_iter().find(|m| m.name() == name)
    }
}

/// Who imports.
#[derive(Clone, Debug)]
pub struct Who {
    /// The user; none for the command line.
    pub user_id: Option<i64>,
    /// How: web, cli or api.
    pub via: &'static str,
    /// The people whose facts they may change; none means everybody's.
    pub people: Option<HashSet<i64>>,
}

/// The organisation that the facts belong to.
#[derive(Clone, Debug)]
pub struct Org {
    /// Identifier.
    pub id: i64,
    /// Reporting currency.
    pub currency: String,
}

/// One import.
#[derive(Clone, Debug)]
pub struct Request {
    /// Organisation.
    pub org: Org,
    /// Kind of fact.
    pub kind: Kind,
    /// The file.
    pub path: PathBuf,
    /// Its name as it was given.
    pub file_name: String,
    /// Whose columns are whose.
    pub mapping: Mapping,
    /// Where the second file of a join is looked for.
    pub beside: PathBuf,
    /// What may happen to facts.
    pub mode: Mode,
    /// Whether valid rows go in though others are rejected.
    pub accept_valid: bool,
    /// Whether to count without writing.
    pub dry_run: bool,
    /// Who imports.
    pub who: Who,
    /// Language of messages.
    pub locale: Locale,
    /// The row of an import that was begun in the wizard.
    pub import_id: Option<i64>,
    /// Bounds.
    pub limits: Limits,
    /// Where progress is told and a stop is asked for.
    pub progress: Arc<Progress>,
}

/// How far an import is.
#[derive(Debug, Default)]
pub struct Progress {
    /// Rows handled.
    pub rows: AtomicU64,
    /// Bytes of the file read.
    pub bytes: AtomicU64,
    /// Bytes of the file.
    pub total_bytes: AtomicU64,
    /// Asks the import to stop.
    pub cancel: AtomicBool,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejected {
    /// Physical line of the file.
    pub line: Option<u64>,
    /// Column.
    pub column: Option<String>,
    /// Stable code.
    pub code: &'static str,
    /// The sentence for people.
    pub message: String,
    /// Details of the sentence, for another language.
    #[serde(skip)]
    pub args: Vec<(&'static str, String)>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The import in the history; none of a dry run.
    pub import_id: Option<i64>,
    /// Rows of the file, without blank ones.
    pub rows: u64,
    /// Facts created.
    pub created: u64,
    /// Facts changed.
    pub updated: u64,
    /// Facts that were the same already.
    pub unchanged: u64,
    /// Rows left out by a rule.
    pub skipped: u64,
    /// Rows refused, by line.
    pub rejected: Vec<Rejected>,
    /// How many rows were refused, where more than are listed.
    pub rejected_total: u64,
    /// Whether it was a dry run.
    pub dry_run: bool,
    /// Whether anything was kept in the database.
    pub written: bool,
    /// People created on the way.
    pub people_created: u64,
    /// People that the file names and nobody knows.
    pub unknown_people: Vec<String>,
    /// Amounts that had more than six decimals and were rounded half-even.
    pub rounded: u64,
    /// Amounts in a currency that has no rate.
    pub unconverted: u64,
    /// Whether the file as a whole was refused.
    pub refused: bool,
    /// The encoding in which the text was read; none of a workbook.
    pub encoding: Option<&'static str>,
    /// The rejected rows as they stand in the file, for the history.
    #[serde(skip)]
    pub originals: Originals,
}

impl Report {
    /// Notes a refused row.
    pub fn reject(&mut self, fault: &Fault, locale: Locale) {
        self.rejected_total += 1;
        if self.rejected.len() < KEPT {
            self.rejected.push(Rejected {
                line: fault.line,
                column: fault.column.clone(),
                code: fault.code.as_str(),
                message: fault.message(locale),
                args: fault.args.clone(),
            });
        }
    }

    /// Notes a person that nobody knows.
    pub fn unknown(&mut self, name: &str) {
        if self.unknown_people.len() < NAMED && !self.unknown_people.iter().any(|n| n == name) {
            self.unknown_people.push(name.to_owned());
        }
    }

    /// The report as the history keeps it: with the first rejected rows.
    ///
    /// # Errors
    /// Never in practice: nothing in a report cannot be written as JSON.
    pub fn for_history(mut self) -> serde_json::Result<String> {
        self.rejected.sort_by_key(|r| r.line);
        self.rejected.truncate(LISTED);
        serde_json::to_string(&self)
    }

    /// Forgets what was counted as done: the transaction was given up.
    pub(super) fn undone(&mut self) {
        (self.created, self.updated, self.unchanged, self.people_created) = (0, 0, 0, 0);
        self.written = false;
    }
}

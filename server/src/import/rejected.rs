//! The rejected rows as they stand in the file, kept with the report so that they can be had back as a file.
//!
//! They are read once more when the report is complete: a row can be refused long after its batch has gone.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::report::{Rejected, Request};
use super::table::Table;
use super::text::say;

/// Bytes of cells that are kept.
const BYTES: usize = 4 << 20;

/// The rejected rows of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Originals {
    /// Names of the file's columns.
    pub header: Vec<String>,
    /// The rows, by line.
    pub rows: Vec<Original>,
}

/// One rejected row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Original {
    /// Its line.
    pub line: Option<u64>,
    /// The column that is wrong.
    pub column: Option<String>,
    /// What is wrong.
    pub code: String,
    /// Details for the sentence, so that it can be said in any language.
    pub args: Vec<(String, String)>,
    /// Its cells; none where the fault is not about a row.
    pub cells: Vec<String>,
}

impl Original {
    /// Why the row was rejected, in a language.
    pub fn message(&self, locale: app::i18n::Locale) -> String {
        say(locale, &format!("import.fault.{}", self.code), &self.args)
    }
}

/// Finds the rejected rows in the file; as many as are kept.
pub(super) fn collect(request: &Request, rejected: &[Rejected]) -> Originals {
    let mut found = Originals::default();
    let mut wanted: HashMap<u64, Vec<String>> = rejected.iter().filter_map(|r| Some((r.line?, Vec::new()))).collect();
    // A file that cannot be read to its end gives the rows before that; its fault is in the report already.
    let complete = read(request, &mut wanted, &mut found.header).is_ok();
    tracing::debug!(complete, rows = rejected.len(), "rejected rows read again");
    let mut left = BYTES;
    for row in rejected {
        let cells = row.line.and_then(|line| wanted.remove(&line)).unwrap_or_default();
        let size = cells.iter().map(|cell| cell.len() + 8).sum::<usize>() + 200;
        let Some(rest) = left.checked_sub(size) else { break };
        left = rest;
        let args = row.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        found.rows.push(Original {
            line: row.line,
            column: row.column.clone(),
            code: row.code.to_owned(),
            args: args.collect(),
            cells,
        });
    }
    found
}

fn read(request: &Request, wanted: &mut HashMap<u64, Vec<String>>, header: &mut Vec<String>) -> Result<(), Fault> {
    let Some(last) = wanted.keys().max().copied() else { return Ok(()) };
    let table = Table::open(&request.path, &request.mapping, &request.beside, &request.limits)?;
    table.own_header().clone_into(header);
    let mut rows = table.rows()?;
    let mut left = BYTES;
    while rows.read()?.is_some() {
        let record = rows.record();
        if let Some(cells) = wanted.get_mut(&record.line()) {
            let Some(rest) = left.checked_sub(record.iter().map(str::len).sum()) else { break };
            left = rest;
            *cells = record.iter().map(str::to_owned).collect();
        }
        if record.line() >= last {
            break;
        }
    }
    Ok(())
}

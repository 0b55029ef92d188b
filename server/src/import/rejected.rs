//! The rejected rows as they stand in the file, kept beside the report so that they can be had back as a file.
//!
//! They are read once more when the report is complete: a row can be refused long after its batch has gone.

use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::report::{Rejected, Request};
use super::table::Table;
use super::text::say;

/// Bytes of cells that are kept.
const BYTES: usize = 16 << 20;
/// Rows, and bytes of cells, that are kept together.
const PIECE: (usize, usize) = (500, 1 << 20);

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

impl Originals {
    /// The rows piece by piece, each as JSON with the names of the columns.
    ///
    /// # Errors
    /// Never in practice: nothing in a row cannot be written as JSON.
    pub fn pieces(&self) -> serde_json::Result<Vec<String>> {
        let mut pieces = Vec::new();
        let mut rest = self.rows.as_slice();
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = rest.iter().take(PIECE.0).take_while(|row| {
                bytes += row.size();
                bytes <= PIECE.1
            });
            // A row that is longer than a piece is one of its own.
            let (piece, later) = rest.split_at(fits.count().max(1));
            let piece = Self { header: self.header.clone(), rows: piece.to_vec() };
            pieces.push(serde_json::to_string(&piece)?);
            rest = later;
        }
        Ok(pieces)
    }
}

impl Original {
    fn size(&self) -> usize {
        self.cells.iter().map(|cell| cell.len() + 8).sum::<usize>() + 200
    }
}

/// Finds the rejected rows in the file; as many as are kept. They are sorted by line.
pub(super) fn collect(request: &Request, rejected: &[Rejected]) -> Originals {
    let mut found = Originals::default();
    let rows = rejected.iter().map(|row| Original {
        line: row.line,
        column: row.column.clone(),
        code: row.code.to_owned(),
        args: row.args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        cells: Vec::new(),
    });
    found.rows = rows.collect();
    // A file that cannot be read to its end gives the rows before that; its fault is in the report already.
    let complete = read(request, &mut found).is_ok();
    tracing::debug!(complete, rows = rejected.len(), "rejected rows read again");
    let mut left = BYTES;
    let kept = found.rows.iter().take_while(|row| {
        let rest = left.checked_sub(row.size());
        left = rest.unwrap_or_default();
        rest.is_some()
    });
    let kept = kept.count();
    found.rows.truncate(kept);
    found
}

/// Reads the cells of the rows, which stand in the order of the file.
fn read(request: &Request, found: &mut Originals) -> Result<(), Fault> {
    let mut wanted = found.rows.iter_mut().filter(|row| row.line.is_some()).peekable();
    if wanted.peek().is_none() {
        return Ok(());
    }
    let table = Table::open(&request.path, &request.mapping, &request.beside, &request.limits)?;
    table.own_header().clone_into(&mut found.header);
    let mut rows = table.rows()?;
    let mut left = BYTES;
    while wanted.peek().is_some() && rows.read()?.is_some() {
        let record = rows.record();
        while wanted.next_if(|row| row.line < Some(record.line())).is_some() {}
        // A row may be refused for several reasons, each a line of the file of its own.
        while let Some(row) = wanted.next_if(|row| row.line == Some(record.line())) {
            let Some(rest) = left.checked_sub(record.iter().map(str::len).sum()) else { return Ok(()) };
            left = rest;
            row.cells = record.iter().map(str::to_owned).collect();
        }
    }
    Ok(())
}

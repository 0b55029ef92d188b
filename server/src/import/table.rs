//! A file that is known to be a table: its encoding, delimiter, names, and the second file beside it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::csv::{Dialect, Raw, Record, looks_like_data};
use super::fault::{Code, Fault};
use super::join::{Joined, ragged};
use super::mapping::Mapping;
use super::records::{Form, Records, so_far};
use super::source::{self, Limits, Probe};

/// Rows that are looked at to tell a title from the names.
const TOP: usize = 30;

/// A table on disk.
#[derive(Debug)]
pub struct Table {
    path: PathBuf,
    limits: Limits,
    probe: Probe,
    dialect: Dialect,
    joined: Option<Joined>,
    header: Vec<String>,
}

impl Table {
    /// Looks at a file. What the mapping says of encoding, delimiter and header row is taken; the rest is found out.
    /// The second file of a join is looked for in `beside`.
    pub fn open(path: &Path, mapping: &Mapping, beside: &Path, limits: &Limits) -> Result<Self, Fault> {
        let probe = source::probe(path, mapping.encoding.as_deref(), limits)?;
        let form = Form::find(path, &probe, mapping, limits)?;
        let (mut records, _) = Records::open(path, &probe, &form, limits)?;
        let dialect = Dialect::read_header(&mut records, form, mapping.header_row)?;
        // A row of names that holds what the mapping asks for is one, whatever it looks like.
        let named = !mapping.columns.is_empty()
            && mapping.columns.values().any(|theirs| dialect.header.iter().any(|h| h == theirs));
        // The same holds for one that was pointed out.
        if mapping.header_row.is_none() && !named && looks_like_data(&dialect.header) {
            return Err(Fault::new(Code::NoHeader).line(dialect.header_line));
        }
        let mut header = dialect.header.clone();
        let joined = match &mapping.join {
            None => None,
            Some(join) => {
                let joined = Joined::load(&beside.join(&join.file), join, &header, limits)?;
                header.extend_from_slice(joined.header());
                Some(joined)
            }
        };
        Ok(Self { path: path.to_owned(), limits: *limits, probe, dialect, joined, header })
    }

    /// Opens a file for the first time: where a title stands above the names, the row of the names is added to the mapping.
    ///
    /// # Errors
    /// When the file is no table.
    pub fn open_below_title(path: &Path, mapping: Mapping, limits: &Limits) -> Result<(Self, Mapping), Fault> {
        let table = Self::open(path, &mapping, path, limits)?;
        let below = if mapping.header_row.is_none() { table.below_title()? } else { None };
        let Some(row) = below else { return Ok((table, mapping)) };
        let mapping = Mapping { header_row: Some(row), ..mapping };
        Ok((Self::open(path, &mapping, path, limits)?, mapping))
    }

    /// The row of the names, if what was taken for it is a title: it fills at most half of what the rows below it fill.
    fn below_title(&self) -> Result<Option<u64>, Fault> {
        let filled = |record: &Record| record.iter().filter(|cell| !cell.trim().is_empty()).count();
        let (mut records, _) = Records::open(&self.path, &self.probe, &self.dialect.form, &self.limits)?;
        let (mut record, mut first) = (Record::default(), Vec::new());
        while first.len() < TOP && records.next(&mut record)? {
            let names: Vec<String> = record.iter().map(str::to_owned).collect();
            first.push((record.line(), filled(&record), looks_like_data(&names)));
        }
        let most = first.iter().map(|(_, filled, _)| *filled).max().unwrap_or_default();
        let is_title = first.first().is_some_and(|(_, filled, _)| filled * 2 <= most);
        let names = first.iter().find(|(_, filled, is_data)| *filled == most && !is_data);
        Ok(names.filter(|_| is_title).map(|(line, ..)| *line))
    }

    /// The names of all columns; those of a second file stand behind.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The names of the file's own columns.
    pub fn own_header(&self) -> &[String] {
        &self.dialect.header
    }

    /// How the file is written.
    pub fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// Hash, size and encoding.
    pub fn probe(&self) -> &Probe {
        &self.probe
    }

    /// Begins to read the rows.
    pub fn rows(&self) -> Result<Rows<'_>, Fault> {
        let (mut records, bytes) = Records::open(&self.path, &self.probe, &self.dialect.form, &self.limits)?;
        let mut record = Record::default();
        while record.line() < self.dialect.header_line {
            if !records.next(&mut record)? {
                break;
            }
        }
        Ok(Rows { table: self, records, record, bytes })
    }
}

/// The rows of a table, one after the other.
pub struct Rows<'t> {
    table: &'t Table,
    records: Records,
    record: Record,
    bytes: Arc<AtomicU64>,
}

impl Rows<'_> {
    /// The next row; the inner fault refuses only that row, the outer one the file.
    pub fn read(&mut self) -> Result<Option<Result<Raw<'_>, Fault>>, Fault> {
        if !self.records.next(&mut self.record)? {
            return Ok(None);
        }
        let width = self.table.dialect.header.len();
        if self.records.leaves_ends_out() {
            self.record.widen(width);
        }
        if self.record.len() != width {
            return Ok(Some(Err(ragged(&self.record, width))));
        }
        let joined = self.table.joined.as_ref().and_then(|j| j.find(&self.record));
        Ok(Some(Ok(Raw { record: &self.record, width, joined })))
    }

    /// The row that was read last, as it stands in the file.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Bytes of the file that were read.
    pub fn bytes(&self) -> u64 {
        so_far(&self.bytes, self.table.probe.bytes)
    }
}

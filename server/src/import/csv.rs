//! CSV as a stream of records, each with the physical line it begins on.
//!
//! A scanner of our own instead of the `csv` crate: a record needs its true line number although fields may hold line
//! breaks, a quotation mark that is never closed must be an error, and every length must be bounded before it is stored.

mod dialect;
mod raw;

use super::fault::{Code, Fault};
use super::source::{Limits, Source};
pub use dialect::{Dialect, looks_like_data, sniff_delimiter};
pub use raw::Raw;

/// What a cell is besides its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Nature {
    /// A text as somebody wrote it.
    #[default]
    Written,
    /// A number, a date or a truth value of a worksheet, in our own notation: nothing about it is in doubt.
    Exact,
    /// A formula that failed.
    Error,
}

/// One record; reused from row to row.
#[derive(Clone, Debug, Default)]
pub struct Record {
    line: u64,
    text: String,
    ends: Vec<usize>,
    /// Of a worksheet's cells; none of a text's.
    natures: Vec<Nature>,
}

impl Record {
    /// A record that was not read from a file.
    pub fn of<'a>(line: u64, fields: impl IntoIterator<Item = &'a str>) -> Self {
        let mut record = Self { line, ..Self::default() };
        for field in fields {
            record.text.push_str(field);
            record.ends.push(record.text.len());
        }
        record
    }

    /// An empty record, to be filled cell by cell.
    pub(super) fn on_line(line: u64) -> Self {
        Self { line, ..Self::default() }
    }

    /// Adds a cell of a worksheet; cells between the last one and its column are blank.
    pub(super) fn push_cell(
        &mut self,
        column: usize,
        text: &str,
        nature: Nature,
        limits: &Limits,
    ) -> Result<(), Fault> {
        let too = |code, limit| Err(Fault::new(code).line(self.line).with("limit", limit));
        if column >= limits.columns {
            return too(Code::TooManyColumns, limits.columns);
        }
        if text.len() > limits.field {
            return too(Code::FieldTooLong, limits.field);
        }
        if self.text.len() + text.len() > limits.record {
            return too(Code::RecordTooLong, limits.record);
        }
        self.widen(column);
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.natures.resize(column, Nature::Written);
        self.natures.push(nature);
        Ok(())
    }

    /// Adds blank cells up to a width.
    pub(super) fn widen(&mut self, width: usize) {
        if self.ends.len() < width {
            self.ends.resize(width, self.text.len());
        }
    }

    /// What a cell is.
    pub fn nature(&self, index: usize) -> Nature {
        self.natures.get(index).copied().unwrap_or_default()
    }

    /// Bytes of its text.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    /// The physical line the record begins on, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Number of fields.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A field as it stands in the file, quotes undone.
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { *self.ends.get(index - 1)? };
        self.text.get(start..end)
    }

    /// All fields.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|i| self.get(i))
    }

    /// Whether every field is blank: an empty line, or one of delimiters only.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    AfterQuote,
}

/// Cuts text into records, whatever pieces it comes in.
#[derive(Debug)]
pub(super) struct Scanner {
    delimiter: u8,
    limits: Limits,
    state: State,
    /// Line that the scanner stands on.
    line: u64,
    record_line: u64,
    quote_line: u64,
    after_cr: bool,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Scanner {
    pub(super) fn new(delimiter: u8, limits: Limits) -> Self {
        Self {
            delimiter,
            limits,
            state: State::FieldStart,
            line: 1,
            record_line: 1,
            quote_line: 1,
            after_cr: false,
            text: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Takes input; says how much was used and whether a record is complete.
    pub(super) fn feed(&mut self, input: &[u8]) -> Result<(usize, bool), Fault> {
        let mut at = 0;
        while let Some(&byte) = input.get(at) {
            let rest = input.get(at..).unwrap_or_default();
            match self.state {
                State::Quoted => {
                    let run = memchr::memchr3(b'"', b'\n', b'\r', rest).unwrap_or(rest.len());
                    self.push(rest.get(..run).unwrap_or_default())?;
                    at += run;
                    match rest.get(run) {
                        Some(b'"') => self.state = State::AfterQuote,
                        Some(&end) => {
                            self.count_line(end);
                            self.push(&[end])?;
                        }
                        None => continue,
                    }
                    at += 1;
                }
                State::FieldStart if byte == b'"' => {
                    self.after_cr = false;
                    self.mark_start();
                    self.quote_line = self.line;
                    self.state = State::Quoted;
                    at += 1;
                }
                State::AfterQuote if byte == b'"' => {
                    self.push(b"\"")?;
                    self.state = State::Quoted;
                    at += 1;
                }
                _ => {
                    let run = memchr::memchr3(self.delimiter, b'\n', b'\r', rest).unwrap_or(rest.len());
                    if run > 0 {
                        self.after_cr = false;
                        self.mark_start();
                        self.push(rest.get(..run).unwrap_or_default())?;
                        self.state = State::Plain;
                        at += run;
                        continue;
                    }
                    at += 1;
                    if byte == self.delimiter {
                        self.after_cr = false;
                        self.mark_start();
                        self.end_field()?;
                        continue;
                    }
                    let nothing = self.ends.is_empty() && self.text.is_empty() && self.state == State::FieldStart;
                    self.count_line(byte);
                    if nothing {
                        continue; // the second half of \r\n, or an empty line
                    }
                    self.end_field()?;
                    return Ok((at, true));
                }
            }
        }
        Ok((at, false))
    }

    /// Ends the input; says whether a last record without a line end is complete.
    pub(super) fn finish(&mut self) -> Result<bool, Fault> {
        if self.state == State::Quoted {
            return Err(Fault::new(Code::OpenQuote).line(self.quote_line));
        }
        if self.state == State::FieldStart && self.ends.is_empty() {
            return Ok(false);
        }
        self.end_field()?;
        Ok(true)
    }

    /// Moves the complete record out.
    pub(super) fn take(&mut self, record: &mut Record) -> Result<(), Fault> {
        record.line = self.record_line;
        let mut bytes = std::mem::take(&mut record.text).into_bytes();
        bytes.clear();
        std::mem::swap(&mut bytes, &mut self.text);
        record.text = String::from_utf8(bytes)
            .map_err(|_| Fault::new(Code::BadEncoding).line(self.record_line).with("encoding", "UTF-8"))?;
        std::mem::swap(&mut record.ends, &mut self.ends);
        self.text.clear();
        self.ends.clear();
        Ok(())
    }

    fn mark_start(&mut self) {
        if self.ends.is_empty() && self.text.is_empty() && self.state == State::FieldStart {
            self.record_line = self.line;
        }
    }

    fn count_line(&mut self, byte: u8) {
        if byte == b'\r' || !self.after_cr {
            self.line += 1;
        }
        self.after_cr = byte == b'\r';
    }

    fn push(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        if bytes.is_empty() {
            return Ok(());
        }
        if bytes != b"\r" {
            self.after_cr = false;
        }
        let start = self.ends.last().copied().unwrap_or(0);
        if self.text.len() - start + bytes.len() > self.limits.field {
            return Err(Fault::new(Code::FieldTooLong).line(self.record_line).with("limit", self.limits.field));
        }
        if self.text.len() + bytes.len() > self.limits.record {
            return Err(Fault::new(Code::RecordTooLong).line(self.record_line).with("limit", self.limits.record));
        }
        self.text.extend_from_slice(bytes);
        Ok(())
    }

    fn end_field(&mut self) -> Result<(), Fault> {
        if self.ends.len() >= self.limits.columns {
            return Err(Fault::new(Code::TooManyColumns).line(self.record_line).with("limit", self.limits.columns));
        }
        self.ends.push(self.text.len());
        self.state = State::FieldStart;
        Ok(())
    }
}

/// A CSV file, record by record; blank records are passed over.
pub struct Reader {
    source: Source,
    scanner: Scanner,
    piece: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Reader {
    /// Reads a source whose delimiter is known.
    pub fn new(source: Source, delimiter: u8, limits: Limits) -> Self {
        Self { source, scanner: Scanner::new(delimiter, limits), piece: Vec::new(), at: 0, ended: false }
    }

    /// The next record that is not blank; `false` at the end.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, Fault> {
        while self.next_any(record)? {
            if !record.is_blank() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn next_any(&mut self, record: &mut Record) -> Result<bool, Fault> {
        loop {
            let input = self.piece.get(self.at..).unwrap_or_default();
            let (used, complete) = self.scanner.feed(input)?;
            self.at += used;
            if complete {
                self.scanner.take(record)?;
                return Ok(true);
            }
            if self.ended {
                return Ok(false);
            }
            self.source.fill(&mut self.piece)?;
            self.at = 0;
            if let Some(zero) = memchr::memchr(0, &self.piece) {
                let before = self.piece.get(..zero).unwrap_or_default();
                let lines = before.iter().filter(|b| **b == b'\n').count() as u64;
                return Err(Fault::new(Code::NulByte).line(self.scanner.line + lines));
            }
            if self.piece.is_empty() {
                self.ended = true;
                if self.scanner.finish()? {
                    self.scanner.take(record)?;
                    return Ok(true);
                }
                return Ok(false);
            }
        }
    }
}

#[cfg(test)]
mod tests;

//! Tables as files: CSV in the reader's notation, and XLSX with typed cells.
//!
//! [`stream`] writes on a thread of its own while the rows still come in, so that memory stays bounded whatever their
//! number. What the file is about stands above its table.

mod csv;
mod xlsx;

use std::io::{self, Write};

use axum::body::Bytes;
use domain::{Date, Locale};
use tokio::sync::mpsc::{Receiver, Sender};

pub use csv::{unmarked, write_names, write_rows};

/// Rows of one file; more than a spreadsheet can hold is of no use.
pub const MOST: usize = 1_000_000;
/// Bytes that go out at once.
const PIECE: usize = 64 * 1024;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text.
    Csv,
    /// Workbook.
    Xlsx,
}

impl Format {
    /// The format of a name in an address.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// Ending of the file's name.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Type of the file's content.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Blank,
    /// A text; it is never run as a formula.
    Text(String),
    /// An exact number, plain: `-1234.50`.
    Number(String),
    /// A day.
    Date(Date),
}

impl Cell {
    /// A text, or nothing.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// A plain number, or nothing.
    pub fn number(plain: Option<String>) -> Self {
        plain.map_or(Self::Blank, Self::Number)
    }

    /// A whole number.
    pub fn count(n: i64) -> Self {
        Self::Number(n.to_string())
    }

    /// A day, or nothing.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Blank, Self::Date)
    }
}

/// What stands above and around the rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Name of the file without its ending, and of the sheet.
    pub name: String,
    /// What the table is about: organisation, filters, period, definitions, time.
    pub about: Vec<(String, Cell)>,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Said in the last row when there are more rows than go in.
    pub cut: String,
}

/// Rows on their way to a file.
#[derive(Debug)]
pub enum Piece {
    /// More rows.
    Rows(Vec<Vec<Cell>>),
    /// These were all.
    End,
    /// There are more rows than go in.
    Cut,
}

/// Sends what is written on its way, piece by piece.
struct Pipe {
    out: Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.piece));
        self.out.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// Writes a file while its rows come in; call it where blocking is allowed. A file that cannot be completed ends with
/// an error instead of an end.
pub fn stream(
    format: Format,
    locale: Locale,
    head: &Head,
    mut pieces: Receiver<Piece>,
    out: Sender<io::Result<Bytes>>,
) {
    let mut pipe = Pipe { out: out.clone(), piece: Vec::new() };
    let mut rows = Rows { pieces: &mut pieces, is_cut: false };
    let written = match format {
        Format::Csv => csv::write(&mut pipe, locale, head, &mut rows),
        Format::Xlsx => xlsx::write(&mut pipe, head, &mut rows),
    };
    if let Err(error) = written.and_then(|()| pipe.flush()) {
        // Nobody listening means that the download was given up.
        let _ = out.blocking_send(Err(error));
    }
}

/// The rows as they come in.
struct Rows<'a> {
    pieces: &'a mut Receiver<Piece>,
    /// Whether rows were left out.
    is_cut: bool,
}

impl Rows<'_> {
    /// The next rows; none at the end.
    fn next(&mut self) -> io::Result<Option<Vec<Vec<Cell>>>> {
        match self.pieces.blocking_recv() {
            Some(Piece::Rows(rows)) => Ok(Some(rows)),
            Some(Piece::Cut) => {
                self.is_cut = true;
                Ok(None)
            }
            Some(Piece::End) => Ok(None),
            // Without an end the file must not look complete.
            None => Err(io::Error::other("the rows could not be read to their end")),
        }
    }
}

#[cfg(test)]
mod tests;

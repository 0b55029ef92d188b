//! A worksheet of an `.xlsx` workbook as the records that the CSV reader gives; their line is the row of the sheet.
//!
//! The reader of cells borrows its workbook, so a thread owns both and hands rows over, a bounded number ahead of who
//! reads. Before that, [`bounds`] looks at every part of the archive: what is read here is known to be small enough.

mod bounds;
mod cell;

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use calamine::{DataRef, Reader as _, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::csv::Record;
use super::fault::{Code, Fault};
use super::source::Limits;

/// Rows that are handed over at once.
const ROWS: usize = 256;
/// Bytes of text that are handed over at once.
const BYTES: usize = 1 << 20;

/// Whether a file begins as a zip archive does, which a workbook is; leaves it at its start.
pub(super) fn is_zip(file: &mut File) -> std::io::Result<bool> {
    let mut magic = Vec::with_capacity(4);
    file.by_ref().take(4).read_to_end(&mut magic)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(magic == *b"PK\x03\x04")
}

/// Checks a workbook's bounds and gives the name of the worksheet to read: the wanted one, else the first with data.
pub(super) fn find(path: &Path, wanted: Option<&str>, limits: &Limits) -> Result<String, Fault> {
    bounds::check(path, limits)?;
    let mut book = open(path, Arc::default())?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<Sheet> = sheets.cloned().collect();
    if let Some(wanted) = wanted {
        let known = || sheets.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join(", ");
        let unknown = || Fault::new(Code::UnknownSheet).with("name", wanted).with("known", known());
        return sheets.iter().map(|sheet| &sheet.name).find(|name| *name == wanted).cloned().ok_or_else(unknown);
    }
    // What is hidden is taken only when it is named.
    for Sheet { name, .. } in sheets.into_iter().filter(|sheet| sheet.visible == SheetVisible::Visible) {
        let mut cells = book.worksheet_cells_reader(&name).map_err(bad)?;
        while let Some(cell) = cells.next_cell().map_err(bad)? {
            if !matches!(cell.get_value(), DataRef::Empty) {
                return Ok(name);
            }
        }
    }
    Err(Fault::new(Code::EmptyFile))
}

/// The names of the worksheets of a workbook that [`find`] has checked.
pub fn names(path: &Path) -> Result<Vec<String>, Fault> {
    let book = open(path, Arc::default())?;
    let sheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    Ok(sheets.map(|sheet| sheet.name.clone()).collect())
}

/// Counts the bytes of the file that were read, for a progress bar.
struct Counting {
    file: BufReader<File>,
    read: Arc<AtomicU64>,
}

impl Read for Counting {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buf)?;
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl Seek for Counting {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.file.seek(to)
    }
}

fn open(path: &Path, read: Arc<AtomicU64>) -> Result<Xlsx<Counting>, Fault> {
    let file = File::open(path).map_err(|error| Fault::new(Code::Unreadable).with("reason", error.kind()))?;
    Xlsx::new(Counting { file: BufReader::new(file), read }).map_err(bad)
}

fn bad(error: XlsxError) -> Fault {
    Fault::new(Code::BadSheet).with("reason", error)
}

/// Full rows, or what is wrong with the file; no rows are the end.
type Message = Result<Vec<Record>, Fault>;

/// A worksheet, record by record; blank rows are passed over.
pub struct Reader {
    rows: Receiver<Message>,
    ready: std::vec::IntoIter<Record>,
    ended: bool,
}

impl Reader {
    /// Begins to read a worksheet of a workbook that [`find`] has checked.
    pub(super) fn open(path: &Path, name: &str, limits: Limits, read: Arc<AtomicU64>) -> Self {
        let (out, rows) = sync_channel(2);
        let (path, name) = (path.to_owned(), name.to_owned());
        std::thread::spawn(move || {
            let mut batch = Batch { out: &out, rows: Vec::new(), bytes: 0 };
            let end = send_rows(&path, &name, &limits, read, &mut batch).map(|()| Vec::new());
            // What stands before a fault is good.
            batch.flush();
            // Nobody listening means that enough was read.
            let _ = out.send(end);
        });
        Self { rows, ready: Vec::new().into_iter(), ended: false }
    }

    /// The next record that is not blank; `false` at the end.
    pub(super) fn next(&mut self, record: &mut Record) -> Result<bool, Fault> {
        loop {
            if let Some(row) = self.ready.next() {
                *record = row;
                if record.is_blank() {
                    continue;
                }
                return Ok(true);
            }
            if self.ended {
                return Ok(false);
            }
            // A thread that ends without a word came to grief on the file.
            let gone = |_| Fault::new(Code::BadSheet).with("reason", "?");
            let rows = self.rows.recv().map_err(gone)??;
            self.ended = rows.is_empty();
            self.ready = rows.into_iter();
        }
    }
}

/// Rows on their way out.
struct Batch<'a> {
    out: &'a SyncSender<Message>,
    rows: Vec<Record>,
    bytes: usize,
}

impl Batch<'_> {
    /// Takes a row; `false` if nobody listens any more.
    fn take(&mut self, row: Record) -> bool {
        self.bytes += row.bytes();
        self.rows.push(row);
        (self.rows.len() < ROWS && self.bytes < BYTES) || self.flush()
    }

    fn flush(&mut self) -> bool {
        self.bytes = 0;
        self.rows.is_empty() || self.out.send(Ok(std::mem::take(&mut self.rows))).is_ok()
    }
}

fn send_rows(
    path: &Path,
    name: &str,
    limits: &Limits,
    read: Arc<AtomicU64>,
    batch: &mut Batch<'_>,
) -> Result<(), Fault> {
    let mut book = open(path, read)?;
    let mut cells = book.worksheet_cells_reader(name).map_err(bad)?;
    let mut row = Record::on_line(0);
    // A text that stands once in the file can be shown by every cell.
    let mut left = limits.sheets;
    while let Some(found) = cells.next_cell().map_err(bad)? {
        let (line, column) = found.get_position();
        let (line, column) = (u64::from(line) + 1, column as usize);
        let Some((text, nature)) = cell::text(found.get_value()) else { continue };
        if line != row.line() {
            let full = std::mem::replace(&mut row, Record::on_line(line));
            if !full.is_empty() && !batch.take(full) {
                return Ok(());
            }
        }
        if column < row.len() {
            return Err(Fault::new(Code::BadSheet).line(line).with("reason", "order of cells"));
        }
        left = left.checked_sub(text.len() as u64).ok_or_else(|| Fault::new(Code::Bomb).line(line))?;
        row.push_cell(column, &text, nature, limits)?;
    }
    if !row.is_empty() {
        batch.take(row);
    }
    Ok(())
}

#[cfg(test)]
mod tests;

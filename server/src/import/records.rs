//! The records of a file, whether it is text or a workbook: whoever reads rows need not know.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::csv::{self, Record, sniff_delimiter};
use super::fault::{Code, Fault};
use super::mapping::Mapping;
use super::sheet;
use super::source::{self, Limits, Probe};

/// Where the records of a file stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// In text, with this byte between fields.
    Text(u8),
    /// In the worksheet of this name.
    Sheet(String),
}

impl Form {
    /// What the mapping says; the rest is found out.
    ///
    /// # Errors
    /// When a workbook grows beyond its bounds, is damaged, or lacks the sheet.
    pub fn find(path: &Path, probe: &Probe, mapping: &Mapping, limits: &Limits) -> Result<Self, Fault> {
        if probe.zip {
            return sheet::find(path, mapping.sheet.as_deref(), limits).map(Form::Sheet);
        }
        Ok(Form::Text(match mapping.delimiter {
            Some(given) => u8::try_from(given).map_err(|_| Fault::new(Code::BadMapping).with("reason", "delimiter"))?,
            None => sniff_delimiter(&mut source::open(path, probe, limits)?, limits)?,
        }))
    }
}

/// The records of a file, one after the other; blank ones are passed over.
pub enum Records {
    /// From text.
    Text(Box<csv::Reader>),
    /// From a worksheet.
    Sheet(sheet::Reader),
}

impl Records {
    /// Begins to read; the second value counts the bytes of the file that were read.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn open(path: &Path, probe: &Probe, form: &Form, limits: &Limits) -> Result<(Self, Arc<AtomicU64>), Fault> {
        match form {
            Form::Text(delimiter) => {
                let source = source::open(path, probe, limits)?;
                let read = source.progress();
                Ok((Records::Text(Box::new(csv::Reader::new(source, *delimiter, *limits))), read))
            }
            Form::Sheet(name) => {
                let read = Arc::new(AtomicU64::new(0));
                let reader = sheet::Reader::open(path, name, *limits, Arc::clone(&read));
                Ok((Records::Sheet(reader), read))
            }
        }
    }

    /// The next record that is not blank; `false` at the end.
    ///
    /// # Errors
    /// When the rest of the file cannot be read.
    pub fn next(&mut self, record: &mut Record) -> Result<bool, Fault> {
        match self {
            Records::Text(reader) => reader.next(record),
            Records::Sheet(reader) => reader.next(record),
        }
    }

    /// Whether cells behind the last that is filled are missing instead of blank, as in a worksheet.
    pub fn leaves_ends_out(&self) -> bool {
        matches!(self, Records::Sheet(_))
    }
}

/// What was counted so far, at most the whole.
pub fn so_far(read: &AtomicU64, whole: u64) -> u64 {
    read.load(Ordering::Relaxed).min(whole)
}

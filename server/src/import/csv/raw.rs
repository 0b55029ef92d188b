//! A row with what a joined file adds to it.

use super::{Nature, Record};

/// One row of the file; columns of a joined file stand behind its own.
#[derive(Clone, Copy, Debug)]
pub struct Raw<'a> {
    /// The record of the main file.
    pub record: &'a Record,
    /// Columns of the main file.
    pub width: usize,
    /// Fields of the joined row, if there is one.
    pub joined: Option<&'a [Box<str>]>,
}

impl<'a> Raw<'a> {
    /// A row without a second file.
    pub fn plain(record: &'a Record) -> Self {
        Self { record, width: record.len(), joined: None }
    }

    /// A cell, trimmed; blank where there is none.
    pub fn get(&self, index: usize) -> &'a str {
        let cell = match index.checked_sub(self.width) {
            None => self.record.get(index),
            Some(behind) => self.joined.and_then(|row| row.get(behind)).map(AsRef::as_ref),
        };
        cell.unwrap_or_default().trim()
    }
    /// What a cell is; one of a joined row is as it was written.
    pub fn nature(&self, index: usize) -> Nature {
        if index < self.width { self.record.nature(index) } else { Nature::Written }
    }
}

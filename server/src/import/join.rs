//! The second file of a mapping: its rows in memory, found by key, within a bound.

use std::collections::HashMap;
use std::path::Path;

use super::csv::{Dialect, Record};
use super::fault::{Code, Fault};
use super::mapping::{Join, Mapping, find_column};
use super::records::{Form, Records};
use super::source::{self, Limits};

/// The rows of a second file.
#[derive(Debug)]
pub struct Joined {
    header: Vec<String>,
    rows: HashMap<Box<str>, Vec<Box<str>>>,
    /// Where the key stands in the main file.
    key: usize,
}

impl Joined {
    /// Reads the second file. Its key must be unique, for otherwise the answer would depend on the order of rows.
    pub fn load(path: &Path, join: &Join, main: &[String], limits: &Limits) -> Result<Self, Fault> {
        let absent = |known: &[String]| {
            Fault::new(Code::ColumnNotInFile).column("join").with("name", &join.on).with("known", known.join(", "))
        };
        let key = find_column(main, &join.on)?.ok_or_else(|| absent(main))?;
        let at_file = |fault: Fault| Fault { column: Some(join.file.clone()), ..fault };
        let probe = source::probe(path, None, limits).map_err(at_file)?;
        let form = Form::find(path, &probe, &Mapping::default(), limits).map_err(at_file)?;
        let (mut records, _) = Records::open(path, &probe, &form, limits)?;
        let dialect = Dialect::read_header(&mut records, form, None).map_err(at_file)?;
        let theirs = find_column(&dialect.header, &join.on)?.ok_or_else(|| absent(&dialect.header))?;
        let others: Vec<usize> = (0..dialect.header.len()).filter(|i| *i != theirs).collect();
        let header = others.iter().filter_map(|i| dialect.header.get(*i).cloned()).collect();
        let mut rows: HashMap<Box<str>, Vec<Box<str>>> = HashMap::new();
        let (mut record, mut held) = (Record::default(), 0usize);
        while records.next(&mut record).map_err(at_file)? {
            if records.leaves_ends_out() {
                record.widen(dialect.header.len());
            }
            if record.len() != dialect.header.len() {
                return Err(at_file(ragged(&record, dialect.header.len())));
            }
            let name = record.get(theirs).unwrap_or_default().trim();
            if name.is_empty() {
                continue;
            }
            let row: Vec<Box<str>> = others.iter().map(|i| record.get(*i).unwrap_or_default().into()).collect();
            held += name.len() + 96 + row.iter().map(|cell| cell.len() + 24).sum::<usize>();
            if held > limits.join {
                return Err(Fault::new(Code::JoinTooLarge).column(&join.file).with("limit", limits.join >> 20));
            }
            match rows.get(name) {
                Some(known) if *known != row => {
                    return Err(at_file(Fault::new(Code::JoinDuplicate).line(record.line()).with("key", name)));
                }
                Some(_) => {}
                None => {
                    rows.insert(name.into(), row);
                }
            }
        }
        Ok(Self { header, rows, key })
    }

    /// The names that it adds to those of the main file.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The row that belongs to a record of the main file.
    pub fn find(&self, record: &Record) -> Option<&[Box<str>]> {
        self.rows.get(record.get(self.key)?.trim()).map(Vec::as_slice)
    }
}

/// The fault of a row with another number of fields than there are names.
pub(super) fn ragged(record: &Record, expected: usize) -> Fault {
    Fault::new(Code::Ragged).line(record.line()).with("expected", expected).with("actual", record.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::csv::{Raw, Reader};
    use crate::import::source::Source;

    fn load(text: &str, limits: &Limits) -> Result<Joined, Fault> {
        let file = tempfile::NamedTempFile::new().expect("temporary file");
        std::fs::write(file.path(), text).expect("written");
        let join = Join { file: "second.csv".into(), on: "Order ID".into() };
        Joined::load(file.path(), &join, &["amount".to_owned(), "OrderID".to_owned()], limits)
    }

    #[test]
    fn columns_of_the_second_file_stand_behind_the_first() {
        let joined = load("OrderID;City\nB-1;Pune\nB-1;Pune\nB-2;Delhi\n;\n", &Limits::default()).expect("loads");
        assert_eq!(joined.header(), ["City".to_owned()]);
        let mut reader = Reader::new(Source::from_bytes(b"12,B-2\n7,B-9\n".to_vec()), b',', Limits::default());
        let mut record = Record::default();
        reader.next(&mut record).expect("readable");
        let raw = Raw { record: &record, width: 2, joined: joined.find(&record) };
        assert_eq!((raw.get(0), raw.get(2), raw.get(3)), ("12", "Delhi", ""));
        reader.next(&mut record).expect("readable");
        assert_eq!(joined.find(&record), None);
    }

    #[test]
    fn what_would_depend_on_the_order_or_burst_is_refused() {
        let fault = load("OrderID,City\nB-1,Pune\nB-1,Delhi\n", &Limits::default()).expect_err("contradiction");
        assert_eq!((fault.code, fault.line), (Code::JoinDuplicate, Some(3)));
        let small = Limits { join: 100, ..Limits::default() };
        assert_eq!(load("OrderID,City\nB-1,Pune\n", &small).map_err(|f| f.code).err(), Some(Code::JoinTooLarge));
        assert_eq!(load("Other,City\nB-1,Pune\n", &small).map_err(|f| f.code).err(), Some(Code::ColumnNotInFile));
    }
}

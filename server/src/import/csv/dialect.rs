//! How a particular file is written: its delimiter or sheet, and where its column names stand.

use super::{Record, Scanner};
use crate::import::fault::{Code, Fault};
use crate::import::records::{Form, Records};
use crate::import::source::{Limits, Source};

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Rows that are looked at to find the delimiter.
const SAMPLE_ROWS: usize = 200;

/// The way a file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What its records are cut from.
    pub form: Form,
    /// Physical line of the column names.
    pub header_line: u64,
    /// The column names, trimmed.
    pub header: Vec<String>,
}

impl Dialect {
    /// Reads up to and with the header; the reader then stands before the first row.
    pub fn read_header(records: &mut Records, form: Form, at_line: Option<u64>) -> Result<Self, Fault> {
        let mut record = Record::default();
        loop {
            if !records.next(&mut record)? {
                return Err(Fault::new(Code::EmptyFile));
            }
            if at_line.is_none_or(|line| record.line() >= line) {
                break;
            }
        }
        let header = record.iter().map(|name| name.trim().to_owned()).collect();
        Ok(Self { form, header_line: record.line(), header })
    }
}

/// The delimiter that cuts the sample into rows of one width; a comma where nothing does.
pub fn sniff_delimiter(source: &mut Source, limits: &Limits) -> Result<u8, Fault> {
    let (mut sample, mut piece) = (Vec::new(), Vec::new());
    while sample.len() < 64 * 1024 {
        source.fill(&mut piece)?;
        if piece.is_empty() {
            break;
        }
        sample.extend_from_slice(&piece);
    }
    let best = DELIMITERS.into_iter().map(|d| (score(&sample, d, limits), d)).max_by_key(|(score, d)| {
        // Between equals the more usual delimiter wins.
        (*score, usize::MAX - DELIMITERS.iter().position(|x| x == d).unwrap_or(0))
    });
    Ok(best.filter(|((agree, _), _)| *agree > 0).map_or(b',', |(_, d)| d))
}

/// How many per mille of the rows have the commonest width, and that width; nothing for a width of one.
fn score(sample: &[u8], delimiter: u8, limits: &Limits) -> (usize, usize) {
    let mut scanner = Scanner::new(delimiter, *limits);
    let mut record = Record::default();
    let mut widths: Vec<usize> = Vec::new();
    let mut at = 0;
    while widths.len() < SAMPLE_ROWS {
        let Ok((used, complete)) = scanner.feed(sample.get(at..).unwrap_or_default()) else { return (0, 0) };
        at += used;
        let whole = complete || (widths.is_empty() && scanner.finish().unwrap_or(false));
        if !whole || scanner.take(&mut record).is_err() {
            break;
        }
        if !record.is_blank() {
            widths.push(record.len());
        }
    }
    let count = |w: usize| widths.iter().filter(|x| **x == w).count();
    let Some(width) = widths.iter().copied().filter(|w| *w > 1).max_by_key(|w| (count(*w), *w)) else { return (0, 0) };
    (count(width) * 1000 / widths.len(), width)
}

/// Whether a row of supposed names looks like data: it holds a number, a date or an e-mail address.
pub fn looks_like_data(header: &[String]) -> bool {
    header.iter().any(|cell| {
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
        let address = cell.contains('@') && cell.contains('.') && !cell.contains(' ');
        (digits > 0 && letters == 0) || address
    })
}

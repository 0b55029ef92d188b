//! Rows that a program sends, as a file for the one pipeline: what holds for a file holds for them.

use std::io::Write;

use domain::read::{Order, Sign};

use super::Mapping;
use super::fault::{Code, Fault};

/// Rows of a batch at most.
pub const MAX_ROWS: usize = 5_000;

/// Rows with our column names; a blank cell is an empty text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Our names of the columns, as the program wrote them.
    pub columns: Vec<String>,
    /// Cells of each row, in the order of the columns.
    pub rows: Vec<Vec<String>>,
}

/// Where each row begins in the file that was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(Vec<u64>);

impl Lines {
    /// The place in the batch, from 0, of a physical line; none for the line of names.
    pub fn row(&self, line: u64) -> Option<u64> {
        let begun = self.0.partition_point(|start| *start <= line);
        begun.checked_sub(1).map(|row| row as u64)
    }
}

impl Batch {
    /// Writes the rows as a file. Cells are trimmed, as the pipeline does with every file.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, out: &mut impl Write) -> std::io::Result<Lines> {
        let mut line = 1 + record(out, &self.columns)?;
        let mut lines = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            lines.push(line);
            line += record(out, row)?;
        }
        out.flush()?;
        Ok(Lines(lines))
    }

    /// The mapping of that file: our own names, dates year first, a decimal point.
    ///
    /// # Errors
    /// When a column is none of the kind's.
    pub fn mapping(&self, kind: super::Kind) -> Result<Mapping, Fault> {
        // A name with a sign of the file's own in it could not be found again.
        if let Some(name) = self.columns.iter().find(|name| name.trim().is_empty() || name.trim() != name.as_str()) {
            let known = kind.columns().iter().map(|c| c.name).collect::<Vec<_>>().join(", ");
            let mut fault = Fault::new(Code::UnknownColumn).column(name.as_str()).with("name", name);
            fault.args.push(("known", known));
            return Err(fault);
        }
        Ok(Mapping {
            kind: Some(kind.name().to_owned()),
            columns: self.columns.iter().map(|name| (name.clone(), name.clone())).collect(),
            date_order: Some(Order::Ymd),
            decimal: Some(Sign::Dot),
            delimiter: Some(','),
            encoding: Some("utf-8".to_owned()),
            header_row: Some(1),
            ..Mapping::default()
        })
    }
}

/// Writes one record, every field in quotation marks; gives the number of its physical lines.
fn record(out: &mut impl Write, fields: &[String]) -> std::io::Result<u64> {
    let mut lines = 1;
    for (i, field) in fields.iter().enumerate() {
        let field = field.trim();
        lines += breaks(field);
        write!(out, "{}\"{}\"", if i == 0 { "" } else { "," }, field.replace('"', "\"\""))?;
    }
    out.write_all(b"\n")?;
    Ok(lines)
}

/// Line ends in a text: `\n`, `\r`, or both together as one.
fn breaks(text: &str) -> u64 {
    let both = text.matches("\r\n").count();
    (text.matches(['\n', '\r']).count() - both) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[&str]) -> Vec<String> {
        all.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn rows_are_found_by_their_lines_even_where_cells_hold_line_ends() {
        let batch = Batch {
            columns: texts(&["a", "b"]),
            rows: vec![texts(&["1", "x"]), texts(&["2", "p\nq\r\nr\rs"]), texts(&["3", "say \"hi\", you\n"])],
        };
        let mut file = Vec::new();
        let lines = batch.write(&mut file).unwrap();
        let text = String::from_utf8(file).unwrap();
        assert_eq!(text, "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"p\nq\r\nr\rs\"\n\"3\",\"say \"\"hi\"\", you\"\n");
        let rows: Vec<Option<u64>> = (1..=7).map(|line| lines.row(line)).collect();
        assert_eq!(rows, [None, Some(0), Some(1), Some(1), Some(1), Some(1), Some(2)]);
    }
}

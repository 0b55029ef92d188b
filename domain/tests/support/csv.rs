//! Reads data sets that lie beside the project.
#![allow(dead_code, clippy::unwrap_used)]

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use serde_json::Value;

/// The folder with data sets; none on a machine that has only the project.
pub fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.parent()?.join("shared");
    let shared = std::env::var_os("MAATSTAF_SHARED").map_or(beside, PathBuf::from);
    if shared.join("expected").is_dir() {
        Some(shared)
    } else {
        println!("left out: there are no data sets in {}", shared.display());
        None
    }
}

/// The results that were computed independently.
pub fn expected(shared: &Path, name: &str) -> Value {
    let text = std::fs::read_to_string(shared.join("expected").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A CSV file with a header, gzip or not, read row by row.
pub struct Table {
    columns: HashMap<String, usize>,
    reader: csv::Reader<Box<dyn Read>>,
    row: csv::StringRecord,
}

impl Table {
    pub fn open(path: &Path) -> Self {
        let file = File::open(path).unwrap();
        let zipped = path.extension().is_some_and(|e| e == "gz");
        let read: Box<dyn Read> = if zipped { Box::new(GzDecoder::new(file)) } else { Box::new(file) };
        let mut reader = csv::Reader::from_reader(read);
        let header = reader.headers().unwrap();
        let columns =
            header.iter().enumerate().map(|(i, c)| (c.trim_start_matches('\u{feff}').to_owned(), i)).collect();
        Self { columns, reader, row: csv::StringRecord::new() }
    }

    /// Goes on to the next row, if there is one.
    pub fn next(&mut self) -> bool {
        self.reader.read_record(&mut self.row).unwrap()
    }

    /// A field of this row.
    pub fn get(&self, column: &str) -> &str {
        let at = self.columns.get(column).unwrap_or_else(|| panic!("no column {column}"));
        self.row.get(*at).unwrap()
    }

    /// This row as it stands.
    pub fn row(&self) -> &csv::StringRecord {
        &self.row
    }
}

//! Workbooks: what their cells become, and what is refused.

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use tempfile::NamedTempFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::import::bind::Bound;
use crate::import::csv::Nature;
use crate::import::detect;
use crate::import::kind::Kind;
use crate::import::mapping::Mapping;
use crate::import::records::Form;
use crate::import::table::Table;

/// A workbook with one sheet.
fn book(fill: impl FnOnce(&mut Worksheet)) -> NamedTempFile {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    saved(book)
}

fn saved(mut book: Workbook) -> NamedTempFile {
    let file = NamedTempFile::new().expect("temporary file");
    book.save(file.path()).expect("written");
    file
}

fn texts(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0u16..).zip(cells) {
        if !text.is_empty() {
            sheet.write_string(row, column, *text).expect("a cell");
        }
    }
}

fn table(file: &NamedTempFile, mapping: &str) -> Result<Table, Fault> {
    let mapping = Mapping::parse(mapping).expect("mapping");
    Table::open(file.path(), &mapping, file.path(), &Limits::default())
}

fn rows(table: &Table) -> Vec<(u64, Vec<String>)> {
    let mut rows = table.rows().expect("readable");
    let mut all = Vec::new();
    while let Some(row) = rows.read().expect("readable") {
        let row = row.expect("as wide as the names");
        all.push((row.record.line(), (0..row.width).map(|i| row.get(i).to_owned()).collect()));
    }
    all
}

#[test]
fn cells_come_as_they_were_meant() {
    let file = book(|sheet| {
        texts(sheet, 0, &["id", "day", "at", "amount", "ok", "note"]);
        let day = Format::new().set_num_format("dd-mm-yyyy");
        let moment = Format::new().set_num_format("dd-mm-yyyy hh:mm");
        texts(sheet, 1, &["007"]);
        let date = ExcelDateTime::from_ymd(2018, 4, 1).expect("a day");
        sheet.write_datetime_with_format(1, 1, &date, &day).expect("a cell");
        let at = ExcelDateTime::from_ymd(2018, 4, 1).expect("a day").and_hms(8, 26, 0).expect("a time");
        sheet.write_datetime_with_format(1, 2, &at, &moment).expect("a cell");
        sheet.write_number(1, 3, 0.1 + 0.2).expect("a cell");
        sheet.write_boolean(1, 4, true).expect("a cell");
        texts(sheet, 4, &["17850.0"]);
        sheet.write_number(4, 3, 17850.0).expect("a cell");
        texts(sheet, 4, &["", "", "", "", "", "two\nlines"]);
        sheet.write_number(6, 0, 17850.0).expect("a cell");
        sheet.write_number(6, 3, -1234.5).expect("a cell");
    });
    let table = table(&file, "").expect("a table");
    let row = |line: u64, cells: [&str; 6]| (line, cells.map(str::to_owned).to_vec());
    assert_eq!(
        rows(&table),
        [
            row(2, ["007", "2018-04-01", "2018-04-01 08:26:00", "0.3", "true", ""]),
            // The line is the row of the sheet, whatever is blank before it or broken within.
            row(5, ["17850.0", "", "", "17850", "", "two\nlines"]),
            row(7, ["17850", "", "", "-1234.5", "", ""]),
        ]
    );
}

#[test]
fn a_number_of_a_sheet_is_not_ambiguous_but_a_text_is() {
    let file = book(|sheet| {
        texts(sheet, 0, &["date", "currency", "rate"]);
        texts(sheet, 1, &["2018-04-01", "USD"]);
        sheet.write_number(1, 2, 1.234).expect("a cell");
    });
    let mapping = "[columns]\ndate = \"date\"\ncurrency = \"currency\"\nrate = \"rate\"";
    for (decimal, text) in [("", None), ("decimal = \",\"\n", None), ("", Some("1.234"))] {
        let file = match text {
            None => &file,
            Some(text) => &book(|sheet| {
                texts(sheet, 0, &["date", "currency", "rate"]);
                texts(sheet, 1, &["2018-04-01", "USD", text]);
            }),
        };
        let mapping = format!("{decimal}{mapping}");
        let table = table(file, &mapping).expect("a table");
        let mapping = Mapping::parse(&mapping).expect("mapping");
        let mut bound = Bound::new(Kind::Rates, &mapping, table.header()).expect("fits");
        let found = detect::detect(&table, &mapping, bound.rules_mut(), |_| true).expect("readable");
        detect::settle(&mut bound, &found);
        let mut rows = table.rows().expect("readable");
        let raw = rows.read().expect("readable").expect("a row").expect("wide enough");
        let column = Kind::Rates.column("rate").expect("a column");
        let read = bound.row(raw).number(column).map(|n| n.expect("not blank").micros.0).map_err(|f| f.code);
        assert_eq!(read, if text.is_some() { Err(Code::AmbiguousNumber) } else { Ok(1_234_000) }, "{decimal}{text:?}");
    }
}

#[test]
fn a_formula_that_failed_is_a_fault_where_the_column_is_needed() {
    let file = book(|sheet| {
        texts(sheet, 0, &["date", "currency", "rate", "helper"]);
        texts(sheet, 1, &["2018-04-01", "USD"]);
        sheet.write_formula(1, 2, Formula::new("=NA()").set_result("#N/A")).expect("a cell");
        texts(sheet, 2, &["2018-04-02", "USD"]);
        sheet.write_number(2, 2, 1.5).expect("a cell");
        sheet.write_formula(2, 3, Formula::new("=1/0").set_result("#DIV/0!")).expect("a cell");
    });
    let text = "[columns]\ndate = \"date\"\ncurrency = \"currency\"\nrate = \"rate\"";
    let table = table(&file, text).expect("a table");
    let bound = Bound::new(Kind::Rates, &Mapping::parse(text).expect("mapping"), table.header()).expect("fits");
    let mut rows = table.rows().expect("readable");
    let first = rows.read().expect("readable").expect("a row").expect("wide enough");
    assert_eq!(first.nature(2), Nature::Error);
    let fault = bound.leaves_out(first).expect_err("a fault");
    assert_eq!((fault.code, fault.line, fault.column.as_deref()), (Code::ErrorCell, Some(2), Some("rate")));
    let second = rows.read().expect("readable").expect("a row").expect("wide enough");
    assert_eq!(bound.leaves_out(second), Ok(false));
}

#[test]
fn the_first_sheet_with_data_or_the_named_one() {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Cover").expect("a name");
    texts(workbook.add_worksheet().set_name("Secret").expect("a name").set_hidden(true), 0, &["name", "Secret"]);
    for name in ["Data", "Other"] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        texts(sheet, 2, &["name", name]);
    }
    let file = saved(workbook);
    let header = |mapping: &str| table(&file, mapping).map(|t| t.header().to_vec()).map_err(|f| f.code);
    assert_eq!(header(""), Ok(vec!["name".to_owned(), "Data".to_owned()]));
    assert_eq!(header("sheet = \"Other\""), Ok(vec!["name".to_owned(), "Other".to_owned()]));
    assert_eq!(header("sheet = \"Secret\""), Ok(vec!["name".to_owned(), "Secret".to_owned()]));
    assert_eq!(header("sheet = \"other\""), Err(Code::UnknownSheet));
    assert_eq!(table(&book(|_| ()), "").map_err(|f| f.code).err(), Some(Code::EmptyFile));
    let named = table(&file, "").expect("a table");
    assert_eq!((&named.dialect().form, named.dialect().header_line), (&Form::Sheet("Data".to_owned()), 3));
}

/// An archive of parts that are as long as told, filled with one byte.
fn archive(parts: &[(&str, &[u8], usize)]) -> NamedTempFile {
    use std::io::Write as _;
    let file = NamedTempFile::new().expect("temporary file");
    let mut out = ZipWriter::new(file.reopen().expect("file"));
    for (name, text, times) in parts {
        out.start_file(*name, SimpleFileOptions::default()).expect("a part");
        for _ in 0..*times {
            out.write_all(text).expect("written");
        }
    }
    out.finish().expect("written");
    file
}

#[test]
fn bombs_and_what_is_no_workbook_are_refused() {
    let spaces = [b' '; 1 << 16];
    let bomb = archive(&[("xl/worksheets/sheet1.xml", &spaces, 1 << 10)]);
    assert!(bomb.path().metadata().expect("size").len() < 100_000, "64 MiB in a small file");
    let tight = Limits { sheets: 1 << 20, ..Limits::default() };
    let open = |file: &NamedTempFile, limits: &Limits| {
        Table::open(file.path(), &Mapping::default(), file.path(), limits).map_err(|f| f.code).err()
    };
    assert_eq!(open(&bomb, &tight), Some(Code::Bomb));
    let held = archive(&[("xl/styles.xml", &spaces, 1 << 10), ("xl/media/a.png", &spaces, 1)]);
    assert_eq!(open(&held, &Limits { parts: 1 << 20, ..Limits::default() }), Some(Code::Bomb));
    // Memory is reserved for as many texts as the table claims to have.
    for claim in ["uniqueCount=\"9999999999999\"", "uniqueCount = '99999999999999999999999'"] {
        let table = format!("<sst xmlns=\"x\" {claim}><si><t>a</t></si></sst>");
        assert_eq!(
            open(&archive(&[("xl/SharedStrings.xml", table.as_bytes(), 1)]), &Limits::default()),
            Some(Code::Bomb)
        );
    }
    // 13 million texts without a letter, a claim or not: 320 KB in the file, no more markup than a part may have, but
    // 320 MB and more in memory.
    let none = b"<si/>".repeat(1 << 16);
    let many = archive(&[("xl/sharedStrings.xml", &none, 200)]);
    let (small, markup) = (many.path().metadata().expect("size").len(), none.len() as u64 * 200);
    assert!(small * 100 < markup && markup < Limits::default().parts, "{small}");
    assert_eq!(open(&many, &Limits::default()), Some(Code::Bomb));
    // One text of 60 MB, which would be read in one go.
    let long = archive(&[("xl/sharedStrings.xml", &[b'x'; 1 << 16], 900)]);
    assert_eq!(open(&long, &Limits::default()), Some(Code::Bomb));
    assert_eq!(open(&archive(&[("word/document.xml", b"<w/>", 1)]), &Limits::default()), Some(Code::BadSheet));
}

#[test]
fn what_is_too_wide_or_too_long_is_refused_with_its_row() {
    let wide = book(|sheet| {
        texts(sheet, 0, &["a", "b"]);
        sheet.write_string(4, 9_999, "far").expect("a cell");
    });
    let long = book(|sheet| {
        texts(sheet, 0, &["a", "b"]);
        texts(sheet, 2, &["x", &"long ".repeat(20)]);
    });
    let end = |file: &NamedTempFile, limits: &Limits| {
        let table = Table::open(file.path(), &Mapping::default(), file.path(), limits).expect("a table");
        let mut rows = table.rows().expect("readable");
        loop {
            match rows.read() {
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(fault) => return Some((fault.code, fault.line)),
            }
        }
    };
    assert_eq!(end(&wide, &Limits::default()), Some((Code::TooManyColumns, Some(5))));
    assert_eq!(end(&long, &Limits { field: 50, ..Limits::default() }), Some((Code::FieldTooLong, Some(3))));
    assert_eq!(end(&long, &Limits { record: 50, ..Limits::default() }), Some((Code::RecordTooLong, Some(3))));
    assert_eq!(end(&long, &Limits::default()), None);
}

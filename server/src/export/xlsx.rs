//! A workbook of one sheet: rows go to a temporary file as they come, numbers and days as what they are.

use std::io::{self, Seek, SeekFrom, Write};

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::{Cell, Head, Rows};

/// Most decimals of a number.
const DECIMALS: usize = 6;
/// Characters that fit a cell.
const CHARACTERS: usize = 32_767;

/// The formats that cells need.
struct Formats {
    bold: Format,
    day: Format,
    /// By number of decimals.
    numbers: Vec<Format>,
}

impl Formats {
    fn new() -> Self {
        let decimals = |n: usize| if n == 0 { "0".to_owned() } else { format!("0.{}", "0".repeat(n)) };
        Self {
            bold: Format::new().set_bold(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            numbers: (0..=DECIMALS).map(|n| Format::new().set_num_format(decimals(n))).collect(),
        }
    }

    fn row(&self, sheet: &mut Worksheet, at: u32, cells: &[Cell]) -> Result<(), XlsxError> {
        for (column, cell) in (0u16..).zip(cells) {
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => {
                    let fits = text.char_indices().nth(CHARACTERS).map_or(text.as_str(), |(end, _)| &text[..end]);
                    sheet.write_string(at, column, fits)?;
                }
                Cell::Number(plain) => {
                    let decimals = plain.split_once('.').map_or(0, |(_, fraction)| fraction.len());
                    match (plain.parse::<f64>(), self.numbers.get(decimals.min(DECIMALS))) {
                        (Ok(number), Some(format)) => {
                            sheet.write_number_with_format(at, column, number, format)?;
                        }
                        _ => {
                            sheet.write_string(at, column, plain)?;
                        }
                    }
                }
                Cell::Date(date) => {
                    let text = date.to_string();
                    // A workbook has no days before 1900.
                    match ExcelDateTime::parse_from_str(&text) {
                        Ok(day) => sheet.write_datetime_with_format(at, column, &day, &self.day)?,
                        Err(_) => sheet.write_string(at, column, text)?,
                    };
                }
            }
        }
        Ok(())
    }
}

pub(super) fn write(out: &mut impl Write, head: &Head, rows: &mut Rows<'_>) -> io::Result<()> {
    let mut book = Workbook::new();
    let formats = Formats::new();
    let sheet = book.add_worksheet_with_constant_memory().map_err(io::Error::other)?;
    fill(sheet, &formats, head, rows)?;
    let mut file = tempfile::tempfile()?;
    book.save_to_writer(&file).map_err(io::Error::other)?;
    file.seek(SeekFrom::Start(0))?;
    io::copy(&mut file, out)?;
    Ok(())
}

fn fill(sheet: &mut Worksheet, formats: &Formats, head: &Head, rows: &mut Rows<'_>) -> io::Result<()> {
    let bad = |error: XlsxError| io::Error::other(error);
    // A sheet's name is at most 31 characters and knows no brackets or slashes.
    let name: String =
        head.name.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).take(31).collect();
    if !name.trim().is_empty() {
        sheet.set_name(name.trim()).map_err(bad)?;
    }
    let mut at = 0;
    for (name, value) in &head.about {
        formats.row(sheet, at, &[Cell::text(name), value.clone()]).map_err(bad)?;
        at += 1;
    }
    at += 1;
    for (column, name) in (0u16..).zip(&head.columns) {
        sheet.write_string_with_format(at, column, name, &formats.bold).map_err(bad)?;
    }
    while let Some(rows) = rows.next()? {
        for row in &rows {
            at += 1;
            formats.row(sheet, at, row).map_err(bad)?;
        }
    }
    if rows.is_cut {
        formats.row(sheet, at + 1, &[Cell::text(&head.cut)]).map_err(bad)?;
    }
    Ok(())
}

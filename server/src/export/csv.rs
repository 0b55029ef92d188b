//! CSV as spreadsheets of a language open it: `;` and a decimal comma in Dutch, `,` and a point in English.

use std::io::{self, Write};

use domain::Locale;
use domain::read::{Sign, read_number};

use super::{Cell, Head, Rows};

/// How a language writes CSV.
#[derive(Clone, Copy)]
struct Notation {
    delimiter: char,
    decimal: char,
}

impl Notation {
    fn of(locale: Locale) -> Self {
        match locale {
            Locale::Nl => Self { delimiter: ';', decimal: ',' },
            Locale::En => Self { delimiter: ',', decimal: '.' },
        }
    }

    fn row(self, out: &mut impl Write, cells: &[Cell]) -> io::Result<()> {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                line.push(self.delimiter);
            }
            match cell {
                Cell::Blank => {}
                Cell::Text(text) => self.text(&mut line, text),
                Cell::Number(plain) => line.extend(plain.chars().map(|c| if c == '.' { self.decimal } else { c })),
                Cell::Date(date) => line.push_str(&date.to_string()),
            }
        }
        line.push_str("\r\n");
        out.write_all(line.as_bytes())
    }

    fn text(self, line: &mut String, text: &str) {
        let mark = if could_run(text) { "'" } else { "" };
        let is_plain = !text.contains([self.delimiter, '"', '\r', '\n', '\t']) && text.trim() == text;
        if is_plain {
            line.push_str(mark);
            line.push_str(text);
        } else {
            line.push('"');
            line.push_str(mark);
            line.push_str(&text.replace('"', "\"\""));
            line.push('"');
        }
    }
}

/// A text as it was before it was marked so that no spreadsheet runs it.
pub fn unmarked(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| could_run(rest)).unwrap_or(text)
}

/// Whether a spreadsheet could take a text for a formula. A number that somebody wrote with its sign is none.
fn could_run(text: &str) -> bool {
    let is_number = || [Sign::Dot, Sign::Comma].iter().any(|sign| read_number(text, Some(*sign)).is_ok());
    match text.chars().next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => !is_number(),
        _ => false,
    }
}

/// Writes the names that stand above the rows of [`write_rows`].
///
/// # Errors
/// When `out` refuses.
pub fn write_names(out: &mut impl Write, locale: Locale, columns: &[String]) -> io::Result<()> {
    // Without the mark spreadsheets take UTF-8 for something else.
    out.write_all("\u{feff}".as_bytes())?;
    Notation::of(locale).row(out, &columns.iter().map(Cell::text).collect::<Vec<_>>())
}

/// Writes rows that are in memory.
///
/// # Errors
/// When `out` refuses.
pub fn write_rows(out: &mut impl Write, locale: Locale, rows: &[Vec<Cell>]) -> io::Result<()> {
    rows.iter().try_for_each(|row| Notation::of(locale).row(out, row))
}

pub(super) fn write(out: &mut impl Write, locale: Locale, head: &Head, rows: &mut Rows<'_>) -> io::Result<()> {
    let notation = Notation::of(locale);
    out.write_all("\u{feff}".as_bytes())?;
    for (name, value) in &head.about {
        notation.row(out, &[Cell::text(name), value.clone()])?;
    }
    notation.row(out, &[])?;
    notation.row(out, &head.columns.iter().map(Cell::text).collect::<Vec<_>>())?;
    while let Some(rows) = rows.next()? {
        rows.iter().try_for_each(|row| notation.row(out, row))?;
    }
    if rows.is_cut {
        notation.row(out, &[Cell::text(&head.cut)])?;
    }
    Ok(())
}

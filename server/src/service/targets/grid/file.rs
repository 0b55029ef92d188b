//! A grid from a file, as [`super::table`] gives it: above the names of the columns may stand what it is about.

use std::collections::BTreeSet;
use std::path::Path;

use app::caller::Caller;
use app::targets::data::GridQuery;
use app::{ApiError, FieldError};
use domain::read::{Sign, read_month};
use domain::{Date, Locale};

use super::save::{Wanted, write};
use super::{Grid, code, sign_of};
use crate::error::{ServiceError, ServiceResult};
use crate::export::unmarked;
use crate::import::csv::Record;
use crate::import::records::{Form, Records};
use crate::import::source::{self, Limits};
use crate::import::{Code, Fault};
use crate::state::AppState;

/// Remarks on a file that are told.
const TOLD: usize = 50;

/// A row of the file.
struct Row {
    line: u64,
    person: String,
    cells: Vec<(Date, String)>,
}

/// Brings a file in: every cell of it, or none. An empty cell is no target.
pub(in crate::service::targets) async fn save_file(
    state: &AppState,
    caller: &Caller,
    asked: GridQuery,
    path: &Path,
) -> ServiceResult<()> {
    let grid = Grid::open(state, caller, asked).await?;
    let (path, locale) = (path.to_owned(), caller.locale);
    let read = tokio::task::spawn_blocking(move || rows(&path, locale)).await.map_err(anyhow::Error::from)?;
    let unread = |fault: Fault| FieldError::new("file", "imports.remark").arg("text", fault.message(locale));
    let rows = read.map_err(|fault| ServiceError::from(unread(fault)))?;
    let rows = rows.ok_or_else(|| ServiceError::field("file", "targets.grid.no_header"))?;
    let (mut wanted, mut remarks, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in rows {
        let Some(person) = find(&grid, &row.person) else {
            let about = FieldError::new("", "targets.grid.unknown").arg("row", row.line);
            remarks.push(about.arg("value", &row.person));
            continue;
        };
        if !seen.insert(person) {
            let about = FieldError::new("", "targets.grid.twice").arg("row", row.line);
            remarks.push(about.arg("value", &row.person));
            continue;
        }
        for (month, text) in row.cells {
            if grid.months.iter().any(|(first, _)| *first == month) {
                wanted.push(Wanted { person, month, text, before: None, line: Some(row.line) });
            } else {
                let about = FieldError::new("", "targets.grid.other_year").arg("row", row.line);
                remarks.push(about.arg("column", code(month)).arg("year", &grid.query.year));
                break;
            }
        }
    }
    if !remarks.is_empty() {
        remarks.truncate(TOLD);
        return Err(ApiError::Invalid(remarks).into());
    }
    write(state, &grid, wanted).await
}

/// The person of a key, else of a name that only one has.
fn find(grid: &Grid, text: &str) -> Option<domain::PersonId> {
    let by_key = grid.people.iter().find(|p| p.key == text);
    let mut named = grid.people.iter().filter(|p| p.name == text);
    let by_name = || named.next().filter(|_| named.next().is_none());
    by_key.or_else(by_name).map(|p| p.id)
}

/// The rows under the names of months; none where no such names stand, whatever parts the fields.
fn rows(path: &Path, locale: Locale) -> Result<Option<Vec<Row>>, Fault> {
    let limits = Limits::default();
    let probe = source::probe(path, None, &limits)?;
    if probe.zip {
        return Err(Fault::new(Code::Spreadsheet));
    }
    let delimiters = if sign_of(locale) == Sign::Comma { [b';', b',', b'\t'] } else { [b',', b';', b'\t'] };
    for delimiter in delimiters {
        let (mut records, _) = Records::open(path, &probe, &Form::Text(delimiter), &limits)?;
        let mut record = Record::default();
        while records.next(&mut record)? {
            let months = months(&record);
            if !months.is_empty() {
                return under(&mut records, &months).map(Some);
            }
        }
    }
    Ok(None)
}

/// The columns that a row of names gives to months.
fn months(record: &Record) -> Vec<(usize, Date)> {
    record.iter().enumerate().skip(1).filter_map(|(at, name)| Some((at, read_month(name.trim())?))).collect()
}

fn under(records: &mut Records, months: &[(usize, Date)]) -> Result<Vec<Row>, Fault> {
    let (mut rows, mut record) = (Vec::new(), Record::default());
    while records.next(&mut record)? {
        let text = |at: usize| unmarked(record.get(at).unwrap_or_default().trim()).to_owned();
        let person = text(0);
        if !person.is_empty() {
            let cells = months.iter().map(|(at, month)| (*month, text(*at))).collect();
            rows.push(Row { line: record.line(), person, cells });
        }
    }
    Ok(rows)
}

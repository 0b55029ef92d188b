//! The rejected rows of an import as a file.

use app::caller::Caller;
use domain::ids::ImportId;
use serde::Deserialize;

use crate::error::ServiceResult;
use crate::export::Cell;
use crate::import::rejected::Originals;
use crate::service::Services;
use crate::words::Words;

/// Rejected rows: what stood in the file, then line, column and reason.
#[derive(Clone, Debug)]
pub struct RejectedFile {
    /// Name of the file without its ending.
    pub name: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows; the last one says how many are missing, if any are.
    pub rows: Vec<Vec<Cell>>,
}

/// What is needed of a stored report.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    rejected_total: u64,
    originals: Originals,
}

impl Services {
    /// The rejected rows of the last dry run or commit of an import.
    ///
    /// # Errors
    /// As the import's page.
    pub async fn rejected_rows(&self, caller: &Caller, id: ImportId) -> ServiceResult<RejectedFile> {
        let open = self.open_import(caller, id).await?;
        let kept: Kept = serde_json::from_str(&open.row.report)?;
        let words = Words(caller.locale);
        let names = ["line", "column", "reason"].map(|code| words.t(&format!("imports.{code}")));
        let width = kept.originals.header.len();
        let row = |row: &crate::import::rejected::Original| {
            let mut cells: Vec<Cell> = row.cells.iter().map(Cell::text).collect();
            // A row that is too long or too short still ends under the right names.
            cells.resize(width.max(cells.len()), Cell::Blank);
            cells.push(row.line.map_or(Cell::Blank, |line| Cell::Number(line.to_string())));
            cells.push(Cell::text(row.column.as_deref().unwrap_or_default()));
            cells.push(Cell::text(row.message(caller.locale)));
            cells
        };
        let mut rows: Vec<Vec<Cell>> = kept.originals.rows.iter().map(row).collect();
        let missing = kept.rejected_total.saturating_sub(rows.len() as u64);
        if missing > 0 {
            rows.push(vec![Cell::text(words.tn(
                "imports.more_rejected",
                i64::try_from(missing).unwrap_or(i64::MAX),
                &[],
            ))]);
        }
        let name = open.row.file_name.rsplit_once('.').map_or(open.row.file_name.as_str(), |(stem, _)| stem).to_owned();
        Ok(RejectedFile { name, columns: kept.originals.header.iter().cloned().chain(names).collect(), rows })
    }
}

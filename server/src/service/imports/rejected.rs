//! The rejected rows of an import as a file.

use app::caller::Caller;
use domain::ids::ImportId;
use serde::Deserialize;

use super::Open;
use crate::error::ServiceResult;
use crate::export::Cell;
use crate::import::rejected::{Original, Originals};
use crate::query;
use crate::service::Services;
use crate::words::Words;

/// The file of rejected rows: what stood in the imported file, then line, column and reason.
#[derive(Clone, Debug)]
pub struct RejectedFile {
    /// Name of the imported file without its ending.
    pub name: String,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<Cell>>,
    /// How many rows were refused.
    pub total: u64,
}

/// What is needed of a stored report. Those of early imports hold the rows themselves.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Kept {
    rejected_total: u64,
    originals: Originals,
}

impl Services {
    /// The rejected rows of the last dry run or commit of an import, as far as the first piece goes.
    ///
    /// # Errors
    /// As the import's page.
    pub async fn rejected_rows(&self, caller: &Caller, id: ImportId) -> ServiceResult<RejectedFile> {
        let open = self.open_import(caller, id).await?;
        let kept: Kept = serde_json::from_str(&open.row.report)?;
        let first = match self.rejected_piece(&open, 0).await? {
            // What was checked before and came in well since, or was changed, has none.
            Some(first) if kept.rejected_total > 0 => first,
            _ => kept.originals,
        };
        let words = Words(caller.locale);
        let names = ["line", "column", "reason"].map(|code| words.t(&format!("imports.{code}")));
        let name = open.row.file_name.rsplit_once('.').map_or(open.row.file_name.as_str(), |(stem, _)| stem).to_owned();
        Ok(RejectedFile {
            name,
            rows: cells(&first, caller),
            columns: first.header.into_iter().chain(names).collect(),
            total: kept.rejected_total,
        })
    }

    /// A further piece of the rejected rows; none behind the last.
    ///
    /// # Errors
    /// As [`Services::rejected_rows`].
    pub async fn more_rejected(
        &self,
        caller: &Caller,
        id: ImportId,
        piece: i32,
    ) -> ServiceResult<Option<Vec<Vec<Cell>>>> {
        let open = self.open_import(caller, id).await?;
        Ok(self.rejected_piece(&open, piece).await?.map(|piece| cells(&piece, caller)))
    }

    async fn rejected_piece(&self, open: &Open, piece: i32) -> ServiceResult<Option<Originals>> {
        let found = query::import::rejected(&self.state.db, open.row.org_id, open.row.id, piece).await?;
        Ok(found.map(|piece| serde_json::from_str(&piece.rows)).transpose()?)
    }
}

/// What the last row says when rows are missing from the file.
pub fn missing(caller: &Caller, count: u64) -> Vec<Cell> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    vec![Cell::text(Words(caller.locale).tn("imports.more_rejected", count, &[]))]
}

fn cells(piece: &Originals, caller: &Caller) -> Vec<Vec<Cell>> {
    let width = piece.header.len();
    let row = |row: &Original| {
        let mut cells: Vec<Cell> = row.cells.iter().map(Cell::text).collect();
        // A row that is too long or too short still ends under the right names.
        cells.resize(width.max(cells.len()), Cell::Blank);
        cells.push(row.line.map_or(Cell::Blank, |line| Cell::Number(line.to_string())));
        cells.push(Cell::text(row.column.as_deref().unwrap_or_default()));
        cells.push(Cell::text(row.message(caller.locale)));
        cells
    };
    piece.rows.iter().map(row).collect()
}

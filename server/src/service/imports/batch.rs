//! Rows that a program sends: through the same pipeline as a file, with the same rights.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::caller::Caller;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{ServiceError, ServiceResult};
use crate::import::batch::{Batch, Lines};
use crate::import::report::Progress;
use crate::import::source::Limits;
use crate::import::{Kind, Mode, Org, Report, Request, RunError, Who, run};
use crate::query;
use crate::service::Services;

/// What to do with the rows of a batch.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    /// Kind of fact.
    pub kind: Kind,
    /// What may happen to facts.
    pub mode: Mode,
    /// Whether to count without writing.
    pub dry_run: bool,
    /// Whether valid rows go in though others are rejected.
    pub accept_valid: bool,
    /// The identifier that the import gets.
    pub import_id: i64,
}

/// A row that was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchRejected {
    /// Its place in `rows`, from 0; none when the batch as a whole is refused.
    #[serde(default)]
    pub row: Option<u64>,
    /// Its line if the batch were a CSV file with a line of names; messages that name a line mean this one.
    pub line: Option<u64>,
    /// The column.
    pub column: Option<String>,
    /// A code that does not change.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// What a batch did, or would do. The stored report of an import can be read as one, also when it tells more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchReport {
    /// Rows that were looked at.
    pub rows: u64,
    /// Facts created.
    pub created: u64,
    /// Facts changed.
    pub updated: u64,
    /// Facts that were the same already.
    pub unchanged: u64,
    /// Rows left out; none of a batch ever is.
    pub skipped: u64,
    /// Rows refused, by line.
    pub rejected: Vec<BatchRejected>,
    /// How many rows were refused, where more than are listed.
    pub rejected_total: u64,
    /// Whether it was a dry run.
    pub dry_run: bool,
    /// Whether it was carried out: either all rows, or the valid ones where those were accepted.
    pub written: bool,
    /// People created on the way.
    pub people_created: u64,
    /// People that the rows name and nobody knows.
    pub unknown_people: Vec<String>,
    /// Amounts that had more than six decimals and were rounded half-even.
    pub rounded: u64,
    /// Amounts in a currency that has no rate.
    pub unconverted: u64,
    /// Whether the batch was refused as a whole.
    pub refused: bool,
}

impl BatchReport {
    fn new(report: Report, lines: &Lines) -> Self {
        let rejected = report.rejected.into_iter().map(|r| BatchRejected {
            row: r.line.and_then(|line| lines.row(line)),
            line: r.line,
            column: r.column,
            code: r.code.to_owned(),
            message: r.message,
        });
        Self {
            rejected: rejected.collect(),
            rows: report.rows,
            created: report.created,
            updated: report.updated,
            unchanged: report.unchanged,
            skipped: report.skipped,
            rejected_total: report.rejected_total,
            dry_run: report.dry_run,
            written: report.written,
            people_created: report.people_created,
            unknown_people: report.unknown_people,
            rounded: report.rounded,
            unconverted: report.unconverted,
            refused: report.refused,
        }
    }

    /// Whether what was asked for went in, or of a dry run would go in.
    pub fn is_success(&self, accept_valid: bool) -> bool {
        self.written || (self.dry_run && !self.refused && (accept_valid || self.rejected_total == 0))
    }
}

/// Removes the file whatever happens.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the file of a batch could not be removed");
        }
    }
}

impl Services {
    /// Brings the rows of a batch in, as `by` (the token's name) in the history of imports.
    ///
    /// # Errors
    /// When the caller may not import, or the database is away. What is wrong with the rows is in the report.
    pub async fn import_batch(
        &self,
        caller: &Caller,
        order: Order,
        batch: Arc<Batch>,
        by: &str,
    ) -> ServiceResult<BatchReport> {
        let own = self.may_import(caller).await?;
        let mapping = match batch.mapping(order.kind) {
            Ok(mapping) => mapping,
            Err(fault) => {
                let mut report = Report { refused: true, dry_run: order.dry_run, ..Report::default() };
                report.reject(&fault, caller.locale);
                return Ok(BatchReport::new(report, &Lines::default()));
            }
        };
        let folder = self.state.data_dir.join("uploads");
        let file = Temporary(folder.join(format!("{}.csv", order.import_id)));
        let path = file.0.clone();
        let write = move || {
            std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
            batch.write(&mut BufWriter::new(File::create(path)?))
        };
        let lines = tokio::task::spawn_blocking(write).await.map_err(anyhow::Error::from)?;
        let lines = lines.map_err(anyhow::Error::from)?;
        let request = Request {
            org: Org { id: caller.org_id.get(), currency: caller.currency.clone() },
            kind: order.kind,
            path: file.0.clone(),
            file_name: format!("API: {by}"),
            mapping,
            beside: folder,
            mode: order.mode,
            accept_valid: order.accept_valid,
            dry_run: order.dry_run,
            who: Who { user_id: Some(caller.user_id.get()), via: "api", people: own },
            locale: caller.locale,
            import_id: (!order.dry_run).then_some(order.import_id),
            limits: Limits::default(),
            progress: Arc::new(Progress::default()),
        };
        let report = run(&self.state.db, request, self.state.clock.now()).await.map_err(|error| match error {
            RunError::Db(db) => ServiceError::Db(db),
            RunError::Audit(service) => service,
            other @ RunError::Reader => ServiceError::Internal(other.into()),
        })?;
        Ok(BatchReport::new(report, &lines))
    }

    /// The report of an import that was carried out, though nobody was told; none if it was not.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn finished_batch(&self, org: i64, import_id: i64, batch: &Batch) -> ServiceResult<Option<BatchReport>> {
        let row = query::import::by_id(&self.state.db, org, import_id).await?;
        let Some(row) = row.filter(|row| row.status == "done") else {
            return Ok(None);
        };
        let mut report: BatchReport = serde_json::from_str(&row.report)?;
        let lines = batch.write(&mut std::io::sink()).map_err(anyhow::Error::from)?;
        for rejected in &mut report.rejected {
            rejected.row = rejected.line.and_then(|line| lines.row(line));
        }
        Ok(Some(report))
    }
}

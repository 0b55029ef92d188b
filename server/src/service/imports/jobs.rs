//! Dry runs and commits in the background, with their progress.
//!
//! An import that is marked as running but that nobody works on was cut off; its transaction was given up.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use app::caller::Caller;
use app::imports::api::{ImportStatus, ReportView};
use domain::ids::ImportId;
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::work::{self, Turn, What};
use super::{Open, stored};
use crate::db::patiently;
use crate::entity::import;
use crate::error::{ServiceError, ServiceResult};
use crate::import::report::Progress;
use crate::import::{Mode, Org, Report, Request, RunError, Who, run, undo};
use crate::query;
use crate::service::Services;
use crate::state::AppState;

/// How long a request waits for a short job before it shows the progress.
const PATIENCE: Duration = Duration::from_secs(3);

/// The status of an import, told apart from one that was cut off.
fn status(row: &import::Model, is_at_work: bool) -> String {
    match row.status.as_str() {
        "running" | "cancelling" if is_at_work => "running",
        "running" => "failed",
        "cancelling" => "cancelled",
        other => other,
    }
    .to_owned()
}

impl Services {
    /// The status of each of some imports, whichever node works on it.
    pub(super) async fn statuses(&self, rows: &[import::Model]) -> ServiceResult<Vec<String>> {
        let begun = rows.iter().filter(|row| matches!(row.status.as_str(), "running" | "cancelling"));
        let begun: Vec<i64> = begun.map(|row| row.id).collect();
        let at_work =
            if begun.is_empty() { HashSet::new() } else { self.state.jobs.at_work(&self.state.db, &begun).await? };
        Ok(rows.iter().map(|row| status(row, at_work.contains(&row.id))).collect())
    }

    pub(super) async fn import_status(&self, caller: &Caller, id: ImportId) -> ServiceResult<ImportStatus> {
        let open = self.open_import(caller, id).await?;
        let job = self.state.jobs.here(open.row.id);
        let working = !self.state.jobs.at_work(&self.state.db, &[open.row.id]).await?.is_empty();
        let count = |pick: fn(&Progress) -> u64| job.as_deref().map(pick).unwrap_or_default();
        let elsewhere = u64::try_from(open.row.rows_done).unwrap_or_default();
        let report = Some(open.row.report.as_str()).filter(|text| *text != "{}");
        Ok(ImportStatus {
            id,
            status: status(&open.row, working),
            working,
            rows_done: job.as_deref().map_or(elsewhere, |p| p.rows.load(Ordering::Relaxed)),
            bytes: (count(|p| p.bytes.load(Ordering::Relaxed)), count(|p| p.total_bytes.load(Ordering::Relaxed))),
            report: report.map(serde_json::from_str::<ReportView>).transpose()?,
            file: open.row.file_name,
            kind: open.row.kind,
            mode: open.row.mode,
            accept_valid: open.row.accept_valid,
        })
    }

    /// Starts the dry run, in the mode of the commit.
    pub(super) async fn check(&self, caller: &Caller, open: Open) -> ServiceResult<()> {
        let request = self.request(caller, &open, false, true)?;
        match self.turn(&open.row, What::Check, &request.progress).await? {
            Some(turn) => self.start(turn, request).await,
            None => Ok(()),
        }
    }

    pub(super) async fn commit_import(&self, caller: &Caller, id: ImportId, accept_valid: bool) -> ServiceResult<()> {
        let open = self.open_import(caller, id).await?;
        if open.row.status == "done" {
            return Ok(()); // sent twice: it is done once
        }
        let request = self.request(caller, &open, accept_valid, false)?;
        let Some(turn) = self.turn(&open.row, What::Commit, &request.progress).await? else {
            return Ok(());
        };
        let model = import::ActiveModel {
            org_id: Set(open.row.org_id),
            id: Set(open.row.id),
            status: Set("running".to_owned()),
            accept_valid: Set(accept_valid),
            ..Default::default()
        };
        import::Entity::update(model).exec(&self.state.db).await?;
        self.start(turn, request).await
    }

    pub(super) async fn cancel_import(&self, caller: &Caller, id: ImportId) -> ServiceResult<()> {
        let open = self.open_import(caller, id).await?;
        match self.state.jobs.here(open.row.id) {
            Some(job) => job.cancel.store(true, Ordering::Relaxed),
            None if !self.state.jobs.at_work(&self.state.db, &[open.row.id]).await?.is_empty() => {
                let key = (open.row.org_id, open.row.id);
                work::stop(&self.state.db, key, &["uploaded", "checked", "running"]).await?;
            }
            None => (),
        }
        Ok(())
    }

    /// Takes a finished import back, in the background if it takes long.
    pub(super) async fn undo_import(&self, caller: &Caller, id: ImportId) -> ServiceResult<()> {
        let open = self.open_import(caller, id).await?;
        if open.row.status != "done" {
            return Ok(()); // sent twice: it is undone once
        }
        let org = Org { id: open.row.org_id, currency: caller.currency.clone() };
        let who = Who { user_id: Some(caller.user_id.get()), via: "web", people: None };
        let Some(turn) = self.turn(&open.row, What::Undo, &Arc::default()).await? else {
            return Ok(());
        };
        let (db, now, row) = (self.state.db.clone(), self.state.clock.now(), open.row);
        briefly(async move {
            let _turn = turn;
            undo(&db, org, &row, &who, now).await.map(|_| ()).map_err(failed)
        })
        .await
    }

    /// Waits for one's turn to work on an import; none when there is nothing left to do.
    async fn turn(&self, row: &import::Model, what: What, progress: &Arc<Progress>) -> ServiceResult<Option<Turn>> {
        let db = &self.state.db;
        let key = (row.org_id, row.id);
        let Some(turn) = self.state.jobs.turn(db, key, what, progress).await? else { return Ok(None) };
        // It may have been done while one waited.
        let now = query::import::by_id(db, row.org_id, row.id).await?;
        let is_done = now.is_some_and(|row| matches!(row.status.as_str(), "done" | "undone"));
        Ok((what == What::Undo || !is_done).then_some(turn))
    }

    fn request(&self, caller: &Caller, open: &Open, accept_valid: bool, dry_run: bool) -> ServiceResult<Request> {
        let path = stored(open)?;
        Ok(Request {
            org: Org { id: open.row.org_id, currency: caller.currency.clone() },
            kind: open.kind,
            beside: path.parent().map(PathBuf::from).unwrap_or_default(),
            path,
            file_name: open.row.file_name.clone(),
            mapping: open.mapping.clone(),
            mode: Mode::parse(&open.row.mode).unwrap_or_default(),
            accept_valid,
            dry_run,
            who: Who { user_id: Some(caller.user_id.get()), via: "web", people: open.own.clone() },
            locale: caller.locale,
            import_id: Some(open.row.id),
            limits: self.limits(),
            progress: Arc::new(Progress::default()),
        })
    }

    /// Begins the work and waits a moment, so that a small file needs no page of progress.
    async fn start(&self, turn: Turn, request: Request) -> ServiceResult<()> {
        briefly(carry_out(self.state.clone(), turn, request)).await
    }
}

/// Waits a moment for work, which goes on in the background after it.
async fn briefly(work: impl Future<Output = ServiceResult<()>> + Send + 'static) -> ServiceResult<()> {
    match tokio::time::timeout(PATIENCE, tokio::spawn(work)).await {
        Ok(Ok(result)) => result,
        Ok(Err(error)) => Err(anyhow::Error::from(error).into()),
        Err(_) => Ok(()),
    }
}

/// Days for which an uploaded file waits to be imported.
const WAITS: Duration = Duration::from_secs(7 * 24 * 3600);

/// Removes uploaded files that nobody went on with; gives their number.
///
/// # Errors
/// When the folder cannot be read.
pub async fn sweep(state: &AppState) -> std::io::Result<u64> {
    let mut removed = 0;
    let mut folder = match tokio::fs::read_dir(state.data_dir.join("uploads")).await {
        Ok(folder) => folder,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    while let Some(file) = folder.next_entry().await? {
        // An age that cannot be told (a clock that was set back) leaves the file for later.
        let age = file.metadata().await?.modified()?.elapsed().unwrap_or_default();
        if age > WAITS {
            tokio::fs::remove_file(file.path()).await?;
            removed += 1;
        }
    }
    Ok(removed)
}

async fn carry_out(state: AppState, turn: Turn, request: Request) -> ServiceResult<()> {
    let (org, id) = turn.key();
    let (dry_run, path) = (request.dry_run, request.path.clone());
    let progress = Arc::clone(&request.progress);
    let result = tokio::select! {
        result = run(&state.db, request, state.clock.now()) => result,
        never = work::beat(&state.db, (org, id), &progress) => match never {},
    };
    // A check that was stopped has counted nothing.
    let is_cancelled = progress.cancel.load(Ordering::Relaxed);
    match result {
        Ok(_) if dry_run && is_cancelled => keep_check(&state, org, id, "cancelled", None).await,
        Ok(report) if dry_run => keep_check(&state, org, id, "checked", Some(report)).await,
        Ok(report) if report.written => {
            let model =
                import::ActiveModel { org_id: Set(org), id: Set(id), stored_path: Set(None), ..Default::default() };
            patiently(|| import::Entity::update(model.clone()).exec(&state.db)).await?;
            if let Err(error) = tokio::fs::remove_file(&path).await {
                tracing::warn!(%error, "an uploaded file could not be removed");
            }
            Ok(())
        }
        Ok(_) => Ok(()),
        Err(error) => {
            tracing::error!(error = ?error, import = id, "import failed");
            Err(failed(error))
        }
    }
}

fn failed(error: RunError) -> ServiceError {
    match error {
        RunError::Db(db) => ServiceError::Db(db),
        other => ServiceError::Internal(other.into()),
    }
}

/// Keeps what a dry run counted, for the page that shows it. An import that was begun or done meanwhile stays as it is.
async fn keep_check(state: &AppState, org: i64, id: i64, status: &str, report: Option<Report>) -> ServiceResult<()> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut model = import::ActiveModel { status: Set(status.to_owned()), ..Default::default() };
    if let Some(report) = report {
        let pieces = report.originals.pieces()?;
        patiently(|| query::import::keep_rejected(&state.db, org, id, pieces.clone())).await?;
        model.rows_total = Set(count(report.rows));
        model.rejected = Set(count(report.rejected_total));
        model.report = Set(report.for_history()?);
    }
    let update = || {
        import::Entity::update_many()
            .set(model.clone())
            .filter(import::Column::OrgId.eq(org))
            .filter(import::Column::Id.eq(id))
            .filter(import::Column::Status.is_not_in(["running", "done", "undone"]))
            .exec(&state.db)
    };
    patiently(update).await?;
    Ok(())
}

//! Dry runs and commits in the background, with their progress.
//!
//! Progress lives in this process only: while a commit holds SQLite's write lock nobody could write it down. An import
//! that is marked as running but that no process works on was cut off; its transaction was given up.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use app::caller::Caller;
use app::imports::api::{ImportStatus, ReportView};
use domain::ids::ImportId;
use sea_orm::ActiveValue::Set;
use sea_orm::EntityTrait as _;

use super::{Open, stored};
use crate::authz::Denied;
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

static JOBS: LazyLock<Mutex<HashMap<i64, Arc<Progress>>>> = LazyLock::new(Mutex::default);

fn job(id: i64) -> Option<Arc<Progress>> {
    JOBS.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
}

/// The status of an import, told apart from one that was cut off.
pub(super) fn status(row: &import::Model) -> String {
    if row.status == "running" && job(row.id).is_none() { "failed".to_owned() } else { row.status.clone() }
}

impl Services {
    pub(super) async fn import_status(&self, caller: &Caller, id: ImportId) -> ServiceResult<ImportStatus> {
        let open = self.open_import(caller, id).await?;
        let job = job(open.row.id);
        let count = |pick: fn(&Progress) -> u64| job.as_deref().map(pick).unwrap_or_default();
        let report = Some(open.row.report.as_str()).filter(|text| *text != "{}");
        Ok(ImportStatus {
            id,
            status: status(&open.row),
            working: job.is_some(),
            rows_done: count(|p| p.rows.load(Ordering::Relaxed)),
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
        self.start(request, open.row.id).await
    }

    pub(super) async fn commit_import(&self, caller: &Caller, id: ImportId, accept_valid: bool) -> ServiceResult<()> {
        let open = self.open_import(caller, id).await?;
        if open.row.status == "done" {
            return Ok(()); // sent twice: it is done once
        }
        let request = self.request(caller, &open, accept_valid, false)?;
        let model = import::ActiveModel {
            org_id: Set(open.row.org_id),
            id: Set(open.row.id),
            status: Set("running".to_owned()),
            accept_valid: Set(accept_valid),
            ..Default::default()
        };
        import::Entity::update(model).exec(&self.state.db).await?;
        self.start(request, open.row.id).await
    }

    pub(super) async fn cancel_import(&self, caller: &Caller, id: ImportId) -> ServiceResult<()> {
        let open = self.open_import(caller, id).await?;
        if let Some(job) = job(open.row.id) {
            job.cancel.store(true, Ordering::Relaxed);
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
        let (db, now, row) = (self.state.db.clone(), self.state.clock.now(), open.row);
        let id = row.id;
        self.work(id, Arc::default(), async move {
            let _listed = Listed(id);
            undo(&db, org, &row, &who, now).await.map(|_| ()).map_err(failed)
        })
        .await
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
    async fn start(&self, request: Request, id: i64) -> ServiceResult<()> {
        let progress = Arc::clone(&request.progress);
        self.work(id, progress, carry_out(self.state.clone(), request, id)).await
    }

    /// Does the work of one import, which is at one piece of work at a time.
    async fn work(
        &self,
        id: i64,
        progress: Arc<Progress>,
        work: impl Future<Output = ServiceResult<()>> + Send + 'static,
    ) -> ServiceResult<()> {
        {
            let mut jobs = JOBS.lock().unwrap_or_else(PoisonError::into_inner);
            if jobs.contains_key(&id) {
                return Ok(()); // sent twice: the first goes on
            }
            jobs.insert(id, progress);
        }
        match tokio::time::timeout(PATIENCE, tokio::spawn(work)).await {
            Ok(Ok(result)) => result,
            Ok(Err(error)) => Err(anyhow::Error::from(error).into()),
            Err(_) => Ok(()), // it goes on in the background
        }
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

/// Removes the job whatever happens to it.
struct Listed(i64);

impl Drop for Listed {
    fn drop(&mut self) {
        JOBS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

async fn carry_out(state: AppState, request: Request, id: i64) -> ServiceResult<()> {
    let _listed = Listed(id);
    let (org, dry_run, path) = (request.org.id, request.dry_run, request.path.clone());
    let result = run(&state.db, request, state.clock.now()).await;
    match result {
        Ok(report) if dry_run => keep_check(&state, org, id, report).await,
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
            let model = import::ActiveModel {
                org_id: Set(org),
                id: Set(id),
                status: Set("failed".to_owned()),
                ..Default::default()
            };
            patiently(|| import::Entity::update(model.clone()).exec(&state.db)).await?;
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

/// Keeps what a dry run counted, for the page that shows it.
async fn keep_check(state: &AppState, org: i64, id: i64, report: Report) -> ServiceResult<()> {
    let count = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let pieces = report.originals.pieces()?;
    let model = import::ActiveModel {
        org_id: Set(org),
        id: Set(id),
        status: Set("checked".to_owned()),
        rows_total: Set(count(report.rows)),
        rejected: Set(count(report.rejected_total)),
        report: Set(report.for_history()?),
        ..Default::default()
    };
    patiently(|| query::import::keep_rejected(&state.db, org, id, pieces.clone())).await?;
    match patiently(|| import::Entity::update(model.clone()).exec(&state.db)).await {
        Ok(_) => Ok(()),
        Err(sea_orm::DbErr::RecordNotUpdated) => Err(ServiceError::Denied(Denied::NotFound)),
        Err(error) => Err(error.into()),
    }
}

//! One import from end to end: the reader's thread on one side, the database on the other, a bounded channel between.
//!
//! A commit is one transaction. What it must not keep it gives up whole; a dry run is the same code without leave to
//! write.

mod record;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use domain::{OrgId, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};
use tokio::sync::mpsc::{Receiver, channel};

use super::keys::Keys;
use super::kind::Kind;
use super::rejected;
use super::report::{Report, Request};
use super::stage::{self, Batch, Head, Typed};
pub use record::bump;

use super::store::directory::Directory;
use super::store::teams::Teams;
use super::store::{Context, deals, facts, people, rates};
use crate::rollup::{Changes, Touched};

/// Why an import could not be carried out at all; nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The database refused or is away.
    #[error("database")]
    Db(#[from] DbErr),
    /// The audit entry could not be written.
    #[error("audit")]
    Audit(#[source] crate::error::ServiceError),
    /// The reader's thread broke.
    #[error("reading the file failed")]
    Reader,
}

/// Carries an import out, or counts what it would do.
///
/// # Errors
/// When the database is away or refuses. What is wrong with the file is in the report.
pub async fn run(db: &DatabaseConnection, request: Request, now: Timestamp) -> Result<Report, RunError> {
    let request = Arc::new(request);
    let org = crate::query::organisation::by_id(db, request.org.id).await?;
    let time_zone = org.map_or_else(|| "UTC".to_owned(), |org| org.time_zone);
    let (out, mut batches) = channel::<Batch>(4);
    let reader = tokio::task::spawn_blocking({
        let request = Arc::clone(&request);
        move || stage::read(&request, &time_zone, &out)
    });
    let mut report = match batches.recv().await {
        None => return Err(RunError::Reader),
        Some(Batch::Head(head)) => work(db, &request, head, &mut batches, now).await?,
        Some(Batch::Refused(faults)) => {
            let mut report = Report { dry_run: request.dry_run, refused: true, ..Report::default() };
            faults.iter().for_each(|fault| report.reject(fault, request.locale));
            record::refused(db, &request, &report, now).await?;
            report
        }
        Some(Batch::Rows { .. }) => return Err(RunError::Reader),
    };
    drop(batches);
    reader.await.map_err(|_| RunError::Reader)?;
    report.rejected.sort_by_key(|r| r.line);
    Ok(report)
}

async fn work(
    db: &DatabaseConnection,
    request: &Arc<Request>,
    head: Head,
    batches: &mut Receiver<Batch>,
    now: Timestamp,
) -> Result<Report, RunError> {
    let mut ctx = Context {
        org: request.org.clone(),
        import_id: request.import_id.or_else(|| (!request.dry_run).then(crate::id::next)),
        mode: request.mode,
        unknown_people: request.mapping.unknown_people,
        people: request.who.people.clone(),
        provided: head.provided.clone(),
        write: !request.dry_run,
        accept_valid: request.accept_valid,
        rates: rates::load(db, &request.org).await?,
        locale: request.locale,
        now,
        keys: Keys::default(),
        report: Report { dry_run: request.dry_run, encoding: head.encoding, ..Report::default() },
        touched: Touched::default(),
    };
    ctx.report.import_id = ctx.import_id.filter(|_| !request.dry_run);
    if request.dry_run {
        take_all(db, request, &mut ctx, None, batches).await?;
        keep_originals(request, &mut ctx).await?;
        return Ok(ctx.report);
    }
    let org = OrgId::new(ctx.org.id);
    let (txn, mut changes) = crate::db::patiently(|| async {
        let txn = crate::db::write_many_txn(db).await?;
        let changes = Changes::begin(&txn, org).await?;
        Ok((txn, changes))
    })
    .await?;
    record::begin(&txn, request, &head, &ctx).await?;
    take_all(&txn, request, &mut ctx, Some(&mut changes), batches).await?;
    keep_originals(request, &mut ctx).await?;
    if ctx.report.refused || (ctx.report.rejected_total > 0 && !request.accept_valid) {
        txn.rollback().await?;
        ctx.report.undone();
        record::given_up(db, request, &head, &ctx).await?;
    } else {
        ctx.flush(&txn).await?;
        let has_raised = changes.flush(&txn).await?;
        ctx.report.written = true;
        record::done(&txn, request, &head, &ctx, has_raised).await?;
        txn.commit().await?;
    }
    Ok(ctx.report)
}

/// Reads the rows that were rejected once more, for the history; an import that was stopped needs none.
async fn keep_originals(request: &Arc<Request>, ctx: &mut Context) -> Result<(), RunError> {
    // A dry run of the command line is in no history.
    if ctx.report.rejected.is_empty() || ctx.import_id.is_none() || request.progress.cancel.load(Ordering::Relaxed) {
        return Ok(());
    }
    ctx.report.rejected.sort_by_key(|r| r.line);
    let all = std::mem::take(&mut ctx.report.rejected);
    let request = Arc::clone(request);
    let read = move || (rejected::collect(&request, &all), all);
    let (originals, all) = tokio::task::spawn_blocking(read).await.map_err(|_| RunError::Reader)?;
    (ctx.report.originals, ctx.report.rejected) = (originals, all);
    Ok(())
}

async fn take_all(
    db: &impl ConnectionTrait,
    request: &Request,
    ctx: &mut Context,
    mut changes: Option<&mut Changes>,
    batches: &mut Receiver<Batch>,
) -> Result<(), DbErr> {
    let mut directory = Directory::load(db, ctx.org.id).await?;
    let teams = Teams::load(db, ctx.org.id).await?;
    let mut everybody = Vec::new();
    while let Some(batch) = batches.recv().await {
        match batch {
            Batch::Head(_) => {}
            Batch::Refused(faults) => {
                ctx.report.refused = true;
                faults.iter().for_each(|fault| ctx.reject(fault));
                return Ok(());
            }
            Batch::Rows { typed, faults, skipped } => {
                let good = match &typed {
                    Typed::People(rows) => rows.len(),
                    Typed::Deals(rows) => rows.len(),
                    Typed::Facts(rows) => rows.len(),
                };
                ctx.report.skipped += skipped;
                ctx.report.rows += good as u64 + faults.len() as u64 + skipped;
                faults.iter().for_each(|fault| ctx.reject(fault));
                match typed {
                    Typed::People(rows) => everybody.extend(rows),
                    Typed::Deals(rows) => deals::take(db, ctx, &mut directory, changes.as_deref_mut(), rows).await?,
                    Typed::Facts(rows) => {
                        if let Some((table, _)) = request.kind.facts() {
                            facts::take(db, ctx, &mut directory, &teams, table, rows).await?;
                        }
                    }
                }
                request.progress.rows.store(ctx.report.rows, Ordering::Relaxed);
            }
        }
    }
    if !everybody.is_empty() {
        people::take(db, ctx, &mut directory, everybody).await?;
    }
    if let Some(changes) = changes
        && request.kind == Kind::Rates
        && ctx.write
        && ctx.report.created + ctx.report.updated > 0
    {
        rates::convert_again(db, ctx, changes).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! The history of imports: the row of the import itself, the audit entry, the mapping that is remembered.

use domain::Timestamp;
use domain::webhook::Event;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
};

use super::RunError;
use crate::entity::{import, import_mapping, organisation};
use crate::import::report::{Report, Request};
use crate::import::stage::Head;
use crate::import::store::Context;
use crate::service::organisation::{Actor, record};
use crate::webhook;

/// Notes that an import runs; facts point to it. The wizard knows of its own before it is carried out.
pub(super) async fn begin(
    db: &impl ConnectionTrait,
    request: &Request,
    head: &Head,
    ctx: &Context,
) -> Result<(), DbErr> {
    if let Some(id) = request.import_id
        && crate::query::import::by_id(db, request.org.id, id).await?.is_some()
    {
        return Ok(());
    }
    import::Entity::insert(row(
        request,
        Some(head),
        ctx.import_id.unwrap_or_default(),
        "running",
        &ctx.report,
        ctx.now,
    ))
    .exec_without_returning(db)
    .await?;
    Ok(())
}

/// Notes what was done, in the transaction of the deed.
pub(super) async fn done(
    db: &impl ConnectionTrait,
    request: &Request,
    head: &Head,
    ctx: &Context,
    has_raised: bool,
) -> Result<(), RunError> {
    finish(db, request, ctx.import_id.unwrap_or_default(), "done", &ctx.report, ctx.now).await?;
    let report = &ctx.report;
    // Where deals were written the stored sums have raised it already.
    if !has_raised && report.created + report.updated + report.people_created > 0 {
        bump(db, ctx.org.id).await?;
    }
    // What comes in by the API is a file of our own making, with nothing in it to recognise a source by.
    if request.who.via != "api" {
        remember(db, request, head, ctx.now).await?;
    }
    let detail = serde_json::json!({
        "kind": request.kind.name(), "file": request.file_name, "sha256": head.sha256, "mode": request.mode.name(),
        "rows": report.rows, "created": report.created, "updated": report.updated, "rejected": report.rejected_total,
    });
    let listening = webhook::listeners(db, ctx.org.id, Event::ImportCommitted).await?;
    let data = serde_json::json!({
        "id": ctx.import_id.unwrap_or_default().to_string(), "kind": request.kind.name(), "file": request.file_name,
        "mode": request.mode.name(), "via": request.who.via, "rows": report.rows, "created": report.created,
        "updated": report.updated, "unchanged": report.unchanged, "skipped": report.skipped,
        "rejected": report.rejected_total,
    });
    webhook::tell(db, &listening, Event::ImportCommitted, &serde_json::json!({ "import": data }), ctx.now).await?;
    let actor = Actor { org_id: ctx.org.id, user_id: request.who.user_id, via: request.who.via };
    record(db, actor, "import.commit", ("import", ctx.import_id), detail, ctx.now).await.map_err(RunError::Audit)
}

/// Says that the organisation's facts changed.
pub async fn bump(db: &impl ConnectionTrait, org_id: i64) -> Result<(), DbErr> {
    organisation::Entity::update_many()
        .col_expr(organisation::Column::DataVersion, Expr::col(organisation::Column::DataVersion).add(1))
        .filter(organisation::Column::Id.eq(org_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Notes an import whose transaction was given up.
pub(super) async fn given_up(
    db: &DatabaseConnection,
    request: &Request,
    head: &Head,
    ctx: &Context,
) -> Result<(), DbErr> {
    let cancelled = request.progress.cancel.load(std::sync::atomic::Ordering::Relaxed);
    let status = if cancelled { "cancelled" } else { "failed" };
    note(db, request, Some(head), ctx.import_id.unwrap_or_default(), status, &ctx.report, ctx.now).await
}

/// Notes an import that kept nothing; its row went with the transaction, unless the wizard had made it before.
async fn note(
    db: &DatabaseConnection,
    request: &Request,
    head: Option<&Head>,
    id: i64,
    status: &str,
    report: &Report,
    now: Timestamp,
) -> Result<(), DbErr> {
    if crate::query::import::by_id(db, request.org.id, id).await?.is_none() {
        let model = row(request, head, id, status, report, now);
        import::Entity::insert(model).exec_without_returning(db).await?;
    }
    finish(db, request, id, status, report, now).await
}

/// Notes a file that was refused as a whole, if its import has an identifier already.
pub(super) async fn refused(
    db: &DatabaseConnection,
    request: &Request,
    report: &Report,
    now: Timestamp,
) -> Result<(), DbErr> {
    match request.import_id.filter(|_| !request.dry_run) {
        Some(id) => note(db, request, None, id, "failed", report, now).await,
        None => Ok(()),
    }
}

fn row(
    request: &Request,
    head: Option<&Head>,
    id: i64,
    status: &str,
    report: &Report,
    now: Timestamp,
) -> import::ActiveModel {
    import::ActiveModel {
        org_id: Set(request.org.id),
        id: Set(id),
        kind: Set(request.kind.name().to_owned()),
        status: Set(status.to_owned()),
        file_name: Set(request.file_name.clone()),
        file_sha256: Set(head.map(|h| h.sha256.clone()).unwrap_or_default()),
        file_bytes: Set(head.map_or(0, |h| number(h.bytes))),
        stored_path: Set(None),
        mapping: Set(request.mapping.to_toml()),
        mode: Set(request.mode.name().to_owned()),
        accept_valid: Set(request.accept_valid),
        rows_total: Set(number(report.rows)),
        rows_done: Set(number(report.rows)),
        created: Set(0),
        updated: Set(0),
        unchanged: Set(0),
        skipped: Set(0),
        rejected: Set(0),
        report: Set("{}".to_owned()),
        user_id: Set(request.who.user_id),
        created_at: Set(now.0),
        finished_at: Set(None),
    }
}

async fn finish(
    db: &impl ConnectionTrait,
    request: &Request,
    id: i64,
    status: &str,
    report: &Report,
    now: Timestamp,
) -> Result<(), DbErr> {
    let text = report.clone().for_history().map_err(|error| DbErr::Json(error.to_string()))?;
    let model = import::ActiveModel {
        org_id: Set(request.org.id),
        id: Set(id),
        status: Set(status.to_owned()),
        mapping: Set(request.mapping.to_toml()),
        mode: Set(request.mode.name().to_owned()),
        accept_valid: Set(request.accept_valid),
        rows_total: Set(number(report.rows)),
        rows_done: Set(number(report.rows)),
        created: Set(number(report.created)),
        updated: Set(number(report.updated)),
        unchanged: Set(number(report.unchanged)),
        skipped: Set(number(report.skipped)),
        rejected: Set(number(report.rejected_total)),
        report: Set(text),
        finished_at: Set(Some(now.0)),
        ..Default::default()
    };
    import::Entity::update(model).exec(db).await?;
    let pieces = report.originals.pieces().map_err(|error| DbErr::Json(error.to_string()))?;
    crate::query::import::keep_rejected(db, request.org.id, id, pieces).await
}

/// Keeps the mapping for the next file with the same names.
async fn remember(db: &impl ConnectionTrait, request: &Request, head: &Head, now: Timestamp) -> Result<(), DbErr> {
    let same = import_mapping::Entity::find()
        .filter(import_mapping::Column::OrgId.eq(request.org.id))
        .filter(import_mapping::Column::Kind.eq(request.kind.name()))
        .filter(import_mapping::Column::Fingerprint.eq(head.fingerprint.as_str()))
        .one(db)
        .await?;
    let fresh = same.is_none();
    let model = import_mapping::ActiveModel {
        org_id: Set(request.org.id),
        id: Set(same.map_or_else(crate::id::next, |m| m.id)),
        kind: Set(request.kind.name().to_owned()),
        fingerprint: Set(head.fingerprint.clone()),
        mapping: Set(request.mapping.to_toml()),
        updated_at: Set(now.0),
    };
    if fresh {
        import_mapping::Entity::insert(model).exec_without_returning(db).await?;
    } else {
        import_mapping::Entity::update(model).exec(db).await?;
    }
    Ok(())
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

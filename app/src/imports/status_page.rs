//! The dry run, the progress and the report of one import.

use domain::ids::ImportId;
use leptos::prelude::*;

use super::api::{CancelImport, CommitImport, ImportStatus, ReportView, UndoImport, see_import};
use super::steps::{Head, Steps};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::of_id;
use crate::ui::*;

/// See the module.
#[component]
pub fn ImportPage() -> impl IntoView {
    loaded(of_id(see_import), |status| view! { <Content status/> })
}

#[component]
fn Content(status: ImportStatus) -> impl IntoView {
    let over = matches!(status.status.as_str(), "done" | "undone");
    let title = if status.working {
        "imports.working_title"
    } else if over {
        "imports.done_title"
    } else {
        "imports.check_title"
    };
    let body = if status.working {
        view! { <Working status=status.clone()/> }.into_any()
    } else if over {
        view! { <Done status=status.clone()/> }.into_any()
    } else {
        view! { <Check status=status.clone()/> }.into_any()
    };
    view! {
        <Head title file=status.file/>
        <Steps id=status.id current=if over { 4 } else { 3 }/>
        {body}
    }
}

#[component]
fn Working(status: ImportStatus) -> impl IntoView {
    let l = use_locale();
    let (read, all) = status.bytes;
    let words = l.tf("imports.progress", &[("rows", &status.rows_done)]);
    let stop = view! {
        <Form action={to::<CancelImport>()} id="cancel">
            <Hidden name="id" value=status.id.to_string()/>
            <Submit label=l.t("imports.cancel") kind="danger"/>
        </Form>
    };
    view! {
        // Looked at again after a second; without JavaScript there is a link that does so.
        <Card>
            <span data-refresh="1000"></span>
            <Progress label=words value=i64::try_from(read).unwrap_or(0) max=i64::try_from(all).ok().filter(|n| *n > 0)/>
            <div class="row">
                <ButtonLink href=Route::Import(status.id).href() label=l.t("imports.refresh") external=true/>
                {stop}
            </div>
        </Card>
    }
}

#[component]
fn Done(status: ImportStatus) -> impl IntoView {
    let l = use_locale();
    let next = match status.kind.as_str() {
        "people" => Route::People.href(),
        "deals" => Route::Deals.href(),
        kind => Route::Facts(kind.to_owned()).href(),
    };
    let label = l.t("imports.see");
    let is_undone = status.status == "undone";
    let can_undo = !is_undone && status.kind != "people";
    view! {
        {is_undone.then(|| view! { <p class="note-info" role="status">{l.t("imports.undone")}</p> })}
        {status.report.map(|report| view! { <Report id=status.id report/> })}
        <div class="row">
            <ButtonLink href=next label kind="primary"/>
            <ButtonLink href=Route::Imports.href() label=l.t("imports.another")/>
            {can_undo.then(|| view! { <ButtonLink href=Route::Import(status.id).url().q("dialog", "undo").href() label=l.t("imports.undo")/> })}
        </div>
        {can_undo.then(|| view! {
            <Dialog name="undo" title=l.t("imports.undo_title")>
                <p>{l.t("imports.undo_text")}</p>
                <Form action={to::<UndoImport>()}>
                    <Hidden name="id" value=status.id.to_string()/>
                    <Submit label=l.t("imports.undo") kind="danger"/>
                </Form>
            </Dialog>
        })}
    }
}

#[component]
fn Check(status: ImportStatus) -> impl IntoView {
    let l = use_locale();
    let Some(report) = status.report else {
        return view! {
            <EmptyState title=l.t("imports.not_checked") text=l.t("imports.not_checked_text")>
                <ButtonLink href=Route::ImportColumns(status.id).href() label=l.t("imports.to_columns") kind="primary"/>
            </EmptyState>
        }
        .into_any();
    };
    let state = match status.status.as_str() {
        "failed" => Some(l.t("imports.failed")),
        "cancelled" => Some(l.t("imports.cancelled")),
        _ => None,
    };
    let any_rejected = report.rejected_total > 0;
    let refused = report.refused;
    let mode = l.t(&format!("imports.mode.{}", status.mode));
    view! {
        {state.map(|text| view! { <p class="note-error" role="alert">{text}</p> })}
        <Report id=status.id report/>
        {(!refused).then(|| view! {
            <Card title=l.t("imports.commit_card")>
                <Form action={to::<CommitImport>()}>
                    <Hidden name="id" value=status.id.to_string()/>
                    <p>{l.tf("imports.mode_checked", &[("mode", &mode)])}</p>
                    {any_rejected.then(|| view! {
                        <Checkbox name="accept_valid" label=l.t("imports.accept_valid") hint=l.t("imports.accept_valid_hint") checked=status.accept_valid/>
                    })}
                    <Submit label=l.t("imports.commit")/>
                </Form>
            </Card>
        })}
        <div class="row">
            <ButtonLink href=Route::ImportColumns(status.id).href() label=l.t("imports.to_columns")/>
            <ButtonLink href=Route::ImportValues(status.id).href() label=l.t("imports.to_values")/>
        </div>
    }
    .into_any()
}

/// Counts, what else is to be known, and the refused rows.
#[component]
fn Report(id: ImportId, report: ReportView) -> impl IntoView {
    let l = use_locale();
    let counts = [
        ("rows", report.rows),
        ("created", report.created),
        ("updated", report.updated),
        ("unchanged", report.unchanged),
        ("skipped", report.skipped),
        ("rejected", report.rejected_total),
    ];
    let figures = counts
        .into_iter()
        .map(|(key, n)| view! { <div><dt>{l.t(&format!("imports.{key}"))}</dt><dd class="num">{n}</dd></div> })
        .collect_view();
    let notes = [
        ("people_made", report.people_created),
        ("rounded", report.rounded),
        ("unconverted", report.unconverted),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(key, n)| view! { <li>{l.tn(&format!("imports.{key}"), i64::try_from(n).unwrap_or(i64::MAX), &[])}</li> })
    .collect_view();
    let lead = match (report.refused, report.dry_run, report.written) {
        (true, ..) => "imports.lead_refused",
        (_, true, _) => "imports.lead_dry",
        (_, false, true) => "imports.lead_written",
        (_, false, false) => "imports.lead_nothing",
    };
    let heads = vec![
        Column::number(l.t("imports.line")),
        Column::text(l.t("imports.column")),
        Column::text(l.t("imports.reason")),
    ];
    let shown = report.rejected.len() as u64;
    // Of a file that was refused as a whole there are no rows.
    let file = (!report.refused).then(|| Route::ImportRejected(id).href());
    let rows = report
        .rejected
        .into_iter()
        .map(|row| {
            view! {
                <tr>
                    <th scope="row" class="num">{row.line.map(|n| n.to_string()).unwrap_or_else(|| "–".to_owned())}</th>
                    <td>{row.column.unwrap_or_else(|| "–".to_owned())}</td>
                    <td>{row.message}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=l.t(lead)>
            <dl class="facts">{figures}</dl>
            <ul>{notes}</ul>
        </Card>
        {(shown > 0).then(|| view! {
            <Card title=l.t("imports.rejected_rows")>
                {(shown < report.rejected_total).then(|| view! { <p class="soft">{l.tf("imports.first_only", &[("n", &shown), ("all", &report.rejected_total)])}</p> })}
                {file.map(|href| view! { <p><ButtonLink href label=l.t("imports.rejected_file") external=true/></p> })}
                <Table caption=l.t("imports.rejected_rows") columns=heads quiet=true tall=true>{rows}</Table>
            </Card>
        })}
    }
}

//! The start of the wizard: choose a file; and the imports so far.

use leptos::prelude::*;

use super::api::{ImportList, list_imports};
use super::columns_page::encodings;
use crate::completeness::CompletenessStrip;
use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::page::page_data;
use crate::route::Route;
use crate::ui::*;

/// See the module.
#[component]
pub fn ImportsPage() -> impl IntoView {
    loaded(list_imports(), move |list| view! { <Content list/> })
}

#[component]
fn Content(list: ImportList) -> impl IntoView {
    let l = use_locale();
    view! {
        <PageHead title=l.t("imports.title") lead=l.t("imports.lead")>
            <ExportLinks of=Route::Imports.url()/>
            <ButtonLink href=Route::Tokens.href() label=l.t("tokens.title")/>
        </PageHead>
        <Upload kinds=list.kinds.clone() limit_mb=list.limit_mb/>
        <CompletenessStrip/>
        <Stored kinds=list.kinds.clone()/>
        <History list/>
    }
}

/// The file is posted as it is; the server reads it while it comes in.
#[component]
fn Upload(kinds: Vec<String>, limit_mb: u64) -> impl IntoView {
    let l = use_locale();
    let came_back = page_data().form.filter(|form| form.action == Route::Imports.href());
    let typed = |name: &str| came_back.as_ref().and_then(|f| f.value(name)).unwrap_or_default().to_owned();
    let (header_row, encoding) = (typed("header_row"), typed("encoding"));
    let is_unusual = !header_row.is_empty() || !encoding.is_empty();
    let encodings = encodings(l)
        .into_iter()
        .map(|o| view! { <option selected=o.value == encoding value=o.value>{o.label}</option> })
        .collect_view();
    let chosen = came_back.as_ref().and_then(|f| f.value("kind")).unwrap_or("deals").to_owned();
    let remark = came_back.as_ref().map(|form| match &form.error {
        ApiError::Invalid(all) if !all.is_empty() => all.iter().map(|r| l.remark(r)).collect::<Vec<_>>().join(" "),
        other => l.t(other.key()),
    });
    let invalid = remark.is_some().then_some("true");
    let options = kinds
        .into_iter()
        .map(|kind| {
            let label = l.t(&format!("imports.kind.{kind}"));
            view! { <option value=kind.clone() selected=kind == chosen>{label}</option> }
        })
        .collect_view();
    view! {
            <Card title=l.t("imports.new")>
                <form method="post" action=Route::Imports.href() enctype="multipart/form-data" class="form">
                    {remark
                        .map(|text| {
                            view! {
                                <div class="form-summary" role="alert">
                                    <p class="form-summary-title">{l.t("imports.refused")}</p>
                                    <ul><li><a href="#f-file" rel="external">{text}</a></li></ul>
                                </div>
                            }
                        })}
                    <div class="field">
                        <label class="field-label" for="f-kind">{l.t("imports.what")}</label>
                        <select class="input" id="f-kind" name="kind">{options}</select>
                    </div>
                    <div class="field">
                        <label class="field-label" for="f-file">{l.t("imports.file")}</label>
                        <p class="field-hint" id="f-file-hint">{l.tf("imports.file_hint", &[("mb", &limit_mb)])}</p>
                        <input
                            class="input"
                            id="f-file"
                            name="file"
                            type="file"
                            required=true
                            accept=".csv,.tsv,.txt,.gz,.xlsx,text/csv"
                            aria-describedby="f-file-hint"
                            aria-invalid=invalid
    />
                    </div>
                    <details class="note-more" open=is_unusual>
                        <summary>{l.t("imports.unusual")}</summary>
                        <div class="field">
                            <label class="field-label" for="f-header_row">{l.t("imports.header_row")}</label>
                            <p class="field-hint" id="f-header_row-hint">{l.t("imports.header_row_hint")}</p>
                            <input
                                class="input"
                                id="f-header_row"
                                name="header_row"
                                inputmode="numeric"
                                autocomplete="off"
                                value=header_row
                                aria-describedby="f-header_row-hint"
    />
                        </div>
                        <div class="field">
                            <label class="field-label" for="f-encoding">{l.t("imports.encoding")}</label>
                            <select class="input" id="f-encoding" name="encoding">{encodings}</select>
                        </div>
                    </details>
                    <div class="row">
                        <button type="submit" class="button primary">{l.t("imports.upload")}</button>
                    </div>
                </form>
            </Card>
        }
}

/// Where the facts of each kind are.
#[component]
fn Stored(kinds: Vec<String>) -> impl IntoView {
    let l = use_locale();
    let links = kinds.into_iter().map(move |kind| {
        let label = l.t(&format!("imports.kind.{kind}"));
        let href = Route::of_facts(&kind).href();
        view! { <li><a href=href>{label}</a></li> }
    });
    view! {
        <Card title=l.t("imports.stored")>
            <ul class="row">{links.collect_view()}</ul>
        </Card>
    }
}

#[component]
fn History(list: ImportList) -> impl IntoView {
    let l = use_locale();
    if list.imports.is_empty() {
        return view! { <EmptyState title=l.t("imports.none") text=l.t("imports.none_text")/> }.into_any();
    }
    let heads = vec![
        Column::text(l.t("imports.col_file")),
        Column::text(l.t("imports.what")),
        Column::text(l.t("imports.col_status")),
        Column::text(l.t("imports.col_at")),
        Column::number(l.t("imports.rows")),
        Column::number(l.t("imports.created")),
        Column::number(l.t("imports.updated")),
        Column::number(l.t("imports.rejected")),
    ];
    let rows = list
        .imports
        .into_iter()
        .map(|import| {
            view! {
                <tr>
                    <th scope="row"><a href=Route::Import(import.id).href()>{import.file}</a></th>
                    <td>{l.t(&format!("imports.kind.{}", import.kind))}</td>
                    <td>{l.t(&format!("imports.status.{}", import.status))}</td>
                    <td>{import.at}</td>
                    <td class="num">{import.rows}</td>
                    <td class="num">{import.created}</td>
                    <td class="num">{import.updated}</td>
                    <td class="num">{import.rejected}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=l.t("imports.history")>
            <Table caption=l.t("imports.history") columns=heads quiet=true>{rows}</Table>
        </Card>
    }
    .into_any()
}

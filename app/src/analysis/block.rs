//! A part of an analysis: its drawing and its table.

use leptos::prelude::*;

use super::data::{Block, CellView, Said, TableView, Tone};
use crate::i18n::use_locale;
use crate::ui::address::here;
use crate::ui::{ChangeText, Chart, Column, DotWhisker, ExportLinks, Table};

/// Sentences that say what was found.
#[component]
pub fn Findings(
    /// The sentences.
    said: Vec<Said>,
) -> impl IntoView {
    let l = use_locale();
    (!said.is_empty()).then(|| {
        let items = said
            .into_iter()
            .map(|one| {
                let is_alarm = one.tone == Tone::Alarm;
                let mark = is_alarm.then(|| view! { <strong>{l.t("analysis.look")}": "</strong> });
                view! { <li class:alarm=is_alarm>{mark}{one.text}</li> }
            })
            .collect_view();
        view! { <ul class="findings" aria-label=l.t("analysis.findings")>{items}</ul> }
    })
}

/// See the module.
#[component]
pub fn BlockView(
    /// What to show.
    block: Block,
) -> impl IntoView {
    let file = here().q("table", &block.id);
    let has_table = block.table.is_some();
    let title = block.title.clone();
    view! {
        <section class="card" id=block.id>
            <header class="card-head">
                <h2 class="card-title">{block.title}</h2>
                <div class="card-action">{has_table.then(|| view! { <ExportLinks of=file/> })}</div>
            </header>
            {(!block.lead.is_empty()).then(|| view! { <p class="soft">{block.lead}</p> })}
            {block.chart.map(|chart| view! { <Chart chart/> })}
            {block.table.map(|table| view! { <Numbers title table/> })}
        </section>
    }
}

#[component]
fn Numbers(title: String, table: TableView) -> impl IntoView {
    let numeric: Vec<bool> = table.head.iter().map(|(_, number)| *number).collect();
    let columns = table
        .head
        .into_iter()
        .map(|(head, number)| if number { Column::number(head) } else { Column::text(head) })
        .collect();
    let rows = table
        .rows
        .into_iter()
        .map(|row| {
            let cells = row.into_iter().zip(&numeric).enumerate().map(|(at, (cell, number))| {
                let class = number.then_some("num");
                let is_name = at == 0;
                let cell = view! { <Content cell/> };
                if is_name {
                    view! { <th scope="row" class=class>{cell}</th> }.into_any()
                } else {
                    view! { <td class=class>{cell}</td> }.into_any()
                }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! { <Table caption=title quiet=true columns>{rows}</Table> }
}

#[component]
fn Content(cell: CellView) -> impl IntoView {
    let l = use_locale();
    let text = match (cell.href, cell.verdict) {
        (Some(href), _) => view! { <a href=href>{cell.text}</a> }.into_any(),
        (None, Some(verdict)) => view! { <ChangeText text=cell.text verdict/> }.into_any(),
        (None, None) => cell.text.into_any(),
    };
    view! {
        {text}
        {cell.interval.map(|interval| view! { <span class="figure-side">" ("{interval}")"</span> })}
        {cell.n.map(|n| view! { <span class="figure-side">" n\u{a0}=\u{a0}"{domain::format::count(l.locale(), n)}</span> })}
        {cell.dots.map(|data| view! { <DotWhisker data/> })}
    }
}

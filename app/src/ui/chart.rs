//! A chart: its finding as the title, the drawing (`public/chart.js`), and the same numbers as a table.
//!
//! The option is ECharts JSON made on the server. Colours may be the names of our tokens
//! (`"var(--accent)"`), formats may be named (`"fmt": "money:EUR"`); the script fills both in. Without
//! JavaScript the table is open and no empty frame is seen.

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::ui::table::{Column, Table};

/// The numbers of a chart as a table; all cells are formatted already.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ChartTable {
    /// Heads; all but the first are columns of figures.
    pub head: Vec<String>,
    /// Rows; the first cell names the row.
    pub rows: Vec<Vec<String>>,
}

/// A chart as it crosses from the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ChartView {
    /// What it shows, as a finding where there is one.
    pub title: String,
    /// The same in a sentence or two, for who cannot see it.
    pub summary: String,
    /// ECharts option as JSON.
    pub option: String,
    /// The same numbers.
    pub table: ChartTable,
}

/// See the module.
#[component]
pub fn Chart(
    /// The chart.
    chart: ChartView,
    /// As tall as half a page.
    #[prop(optional)]
    tall: bool,
) -> impl IntoView {
    let l = use_locale();
    let caption = chart.title.clone();
    let columns = chart
        .table
        .head
        .into_iter()
        .enumerate()
        .map(|(i, head)| if i == 0 { Column::text(head) } else { Column::number(head) })
        .collect();
    let rows = chart
        .table
        .rows
        .into_iter()
        .map(|row| {
            let cells = row
                .into_iter()
                .enumerate()
                .map(|(i, cell)| {
                    if i == 0 {
                        view! { <th scope="row">{cell}</th> }.into_any()
                    } else {
                        view! { <td class="num">{cell}</td> }.into_any()
                    }
                })
                .collect_view();
            view! { <tr>{cells}</tr> }
        })
        .collect_view();
    view! {
        <figure class="chart">
            <figcaption class="chart-title">{chart.title}</figcaption>
            <p class="visually-hidden">{chart.summary.clone()}</p>
            <div class="chart-canvas" class:tall=tall data-chart=chart.option role="img" aria-label=chart.summary></div>
            <details class="chart-table">
                <summary>{l.t("ui.as_table")}</summary>
                <Table caption quiet=true columns>
                    {rows}
                </Table>
            </details>
        </figure>
    }
}

//! Own history as a line with the proposed value drawn on it, and the same numbers as a table.

use leptos::prelude::*;

use super::data::{History, HistoryPoint};
use crate::i18n::use_locale;
use crate::ui::{Column, Table};

const WIDTH: f64 = 320.0;
const HEIGHT: f64 = 120.0;
const MARGIN: f64 = 10.0;

/// Where the points and the line lie, in the drawing's units.
struct Drawing {
    dots: Vec<(f64, f64)>,
    path: String,
    line: Option<f64>,
}

#[expect(clippy::cast_precision_loss, reason = "at most a few dozen points")]
fn drawing(history: &History) -> Drawing {
    let values = history.points.iter().filter_map(|p| p.value).chain(history.line);
    // The axis starts at zero: a cut axis makes ordinary differences look large.
    let most = values.fold(0.0_f64, f64::max);
    let scale = if most > 0.0 { (HEIGHT - 2.0 * MARGIN) / most } else { 1.0 };
    let y = |value: f64| HEIGHT - MARGIN - value.max(0.0) * scale;
    let step = (WIDTH - 2.0 * MARGIN) / history.points.len().saturating_sub(1).max(1) as f64;
    let (mut dots, mut path, mut pen_up) = (Vec::new(), String::new(), true);
    for (i, point) in history.points.iter().enumerate() {
        let Some(value) = point.value else {
            pen_up = true;
            continue;
        };
        let (px, py) = (MARGIN + step * i as f64, y(value));
        path.push_str(&format!("{}{px:.1} {py:.1}", if pen_up { "M" } else { "L" }));
        pen_up = false;
        dots.push((px, py));
    }
    Drawing { dots, path, line: history.line.map(y) }
}

/// See the module.
#[component]
pub(super) fn HistoryView(history: History) -> impl IntoView {
    let l = use_locale();
    let drawn = drawing(&history);
    let label = format!("{}. {}", l.t("targets.history.title"), history.sentences.join(" "));
    let first = history.points.first().map(|p| p.label.clone()).unwrap_or_default();
    let last = history.points.last().map(|p| p.label.clone()).unwrap_or_default();
    let columns = vec![
        Column::text(l.t("targets.history.period")),
        Column::number(l.t("targets.history.value")),
        Column::number("n"),
        Column::text(l.t("targets.history.reached")),
    ];
    let rows = history.points.into_iter().map(|point| view! { <Row point/> }).collect_view();
    let line_label = history.line_label;
    view! {
        <figure class="history">
            <figcaption class="chart-title">{l.t("targets.history.title")}</figcaption>
            <svg class="history-chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
                <line class="history-axis" x1="0" y1=HEIGHT - MARGIN x2=WIDTH y2=HEIGHT - MARGIN></line>
                <path class="history-line" d=drawn.path></path>
                {drawn.dots.into_iter().map(|(x, y)| view! { <circle class="history-dot" cx=format!("{x:.1}") cy=format!("{y:.1}") r="3"></circle> }).collect_view()}
                {drawn
                    .line
                    .map(|y| {
                        let y = format!("{y:.1}");
                        view! { <line class="history-target" x1="0" y1=y.clone() x2=WIDTH y2=y></line> }
                    })}
            </svg>
            <p class="history-ends soft">
                <span>{first}</span>
                <span>{line_label}</span>
                <span>{last}</span>
            </p>
            <details class="chart-table">
                <summary>{l.t("ui.as_table")}</summary>
                <Table caption=l.t("targets.history.title") quiet=true columns>
                    {rows}
                </Table>
            </details>
        </figure>
    }
}

#[component]
fn Row(point: HistoryPoint) -> impl IntoView {
    let l = use_locale();
    let reached = match point.reached {
        Some(true) => l.t("ui.yes"),
        Some(false) => l.t("ui.no"),
        None => "–".to_owned(),
    };
    view! {
        <tr>
            <th scope="row">{point.label}</th>
            <td class="num">{point.text}</td>
            <td class="num">{point.n}</td>
            <td>{reached}</td>
        </tr>
    }
}

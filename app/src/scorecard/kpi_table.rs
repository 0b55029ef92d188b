//! Figures by perspective: value, n, interval, twelve months, change, the team's range.

use leptos::prelude::*;

use super::api::{Kpi, Link, PerspectiveView};
use crate::i18n::use_locale;
use crate::ui::{ChangeText, Column, Figure, FigureView, Sparkline, Table};

/// A table per perspective of the balanced scorecard.
#[component]
pub fn Perspectives(
    /// In the order of the scorecard.
    perspectives: Vec<PerspectiveView>,
    /// What changes are measured against.
    compared: String,
) -> impl IntoView {
    perspectives
        .into_iter()
        .map(|p| {
            let compared = compared.clone();
            view! {
                <section class="card perspective">
                    <h2 class="card-title">{p.name.clone()}</h2>
                    {match p.empty {
                        Some(text) => view! { <p class="soft">{text}</p> }.into_any(),
                        None => view! { <KpiTable caption=p.name kpis=p.kpis compared/> }.into_any(),
                    }}
                </section>
            }
        })
        .collect_view()
}

/// Where figures are that can be told of the organisation only.
#[component]
pub fn Elsewhere(
    /// The sentence, and the page where the reader may see it.
    link: Link,
) -> impl IntoView {
    let l = use_locale();
    let board = (!link.href.is_empty()).then(|| view! { " " <a href=link.href>{l.t("team.all")}</a> });
    view! { <p class="soft elsewhere">{link.label} {board}</p> }
}

/// One table of figures.
#[component]
pub fn KpiTable(
    /// What the table is about.
    #[prop(into)]
    caption: String,
    /// The figures.
    kpis: Vec<Kpi>,
    /// What changes are measured against.
    compared: String,
) -> impl IntoView {
    let l = use_locale();
    let has_team = kpis.iter().any(|k| k.team.is_some());
    let mut columns = vec![
        Column::text(l.t("scorecard.col.metric")),
        Column::number(l.t("scorecard.col.value")),
        Column::text(l.t("scorecard.col.months")),
        Column::text(compared),
    ];
    if has_team {
        columns.push(Column::text(l.t("scorecard.col.team")));
    }
    let rows = kpis.into_iter().map(|kpi| view! { <KpiRow kpi has_team/> }).collect_view();
    view! {
        <div class="kpi-table">
            <Table caption quiet=true columns>{rows}</Table>
        </div>
    }
}

#[component]
fn KpiRow(kpi: Kpi, has_team: bool) -> impl IntoView {
    let l = use_locale();
    let missing = kpi.value.is_none();
    let figure = FigureView {
        value: kpi.value.unwrap_or_else(|| kpi.why.unwrap_or_default()),
        n: kpi.n,
        interval: kpi.interval,
        explain: Some(kpi.explain),
        missing,
    };
    let remarks =
        kpi.remarks.into_iter().map(|text| view! { <span class="kpi-remark soft">{text}</span> }).collect_view();
    let team = kpi.team.map(|t| {
        view! {
            <span>{t.total}</span>
            <span class="soft">{t.range.map(|range| format!(" ({range}, {})", l.tn("scorecard.people", i64::from(t.people), &[])))}</span>
        }
    });
    view! {
        <tr>
            <th scope="row">{kpi.name.clone()} {remarks}</th>
            <td class="num"><Figure figure label=kpi.name.clone()/></td>
            <td>
                {kpi.spark.iter().any(Option::is_some).then(|| {
                    view! { <Sparkline points=kpi.spark.clone() label=kpi.spark_words partial=kpi.spark_partial/> }
                })}
            </td>
            <td>
                {kpi.change.map(|c| {
                    view! {
                        <ChangeText text=c.text verdict=c.verdict/>
                        <span class="soft kpi-before">{c.before}</span>
                    }
                })}
            </td>
            {has_team.then(|| view! { <td class="kpi-team" data-label=l.t("scorecard.col.team")>{team}</td> })}
        </tr>
    }
}

//! Rows of people or teams on one scale, by name: no ranking.

use leptos::prelude::*;

use super::api::{BoardFigure, BoardRow, BoardRows};
use crate::i18n::use_locale;
use crate::ui::{BulletBar, Column, DotWhisker, StateBadge, Table};

/// See the module.
#[component]
pub fn BoardTable(
    /// Heading.
    #[prop(into)]
    title: String,
    /// Rows, by name, with their figures.
    board: BoardRows,
    /// Whether rows are people; words and targets are theirs.
    is_people: bool,
) -> impl IntoView {
    let l = use_locale();
    let mut columns = vec![Column::text(if is_people { l.t("team.col.person") } else { l.t("team.col.name") })];
    let has_rates = board.columns.iter().any(|column| column.is_rate);
    columns.extend(
        board
            .columns
            .into_iter()
            .map(|column| if column.is_rate { Column::text(column.name) } else { Column::number(column.name) }),
    );
    if is_people {
        columns.push(Column::number(l.t("team.col.words")));
    }
    columns.push(Column::text(l.t("team.col.standing")));
    let body = board.rows.into_iter().map(|row| view! { <Row row is_people/> }).collect_view();
    let caption = title.clone();
    view! {
        <section class="card board">
            <h2 class="card-title">{title}</h2>
            <Table caption quiet=true columns>{body}</Table>
            <p class="soft board-key">{has_rates.then(|| l.t("team.key"))} " " {l.t("team.sorted")}</p>
        </section>
    }
}

#[component]
fn Row(row: BoardRow, is_people: bool) -> impl IntoView {
    let state = row.standing.state.map(|s| s.key()).unwrap_or_default();
    let figures = row
        .figures
        .into_iter()
        .map(|figure| match figure {
            BoardFigure::Amount(amount) => {
                let class = if amount.bullet.is_some() { "num board-amount" } else { "num" };
                view! {
                    <td class=class>
                        {amount.text}
                        {amount.bullet.map(|data| view! { <BulletBar data state/> })}
                    </td>
                }
                .into_any()
            }
            BoardFigure::Rate(rate) => view! {
                <td class="board-rate">
                    {rate.dots.map(|data| view! { <DotWhisker data/> })}
                    <span class="board-rate-words">
                        {rate.text} <span class="soft">" " {rate.n} " " {rate.words}</span>
                    </span>
                </td>
            }
            .into_any(),
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row"><a href=row.href>{row.name}</a></th>
            {figures}
            {is_people.then(|| view! { <td class="num">{row.words.map_or_else(|| "–".to_owned(), |n| n.to_string())}</td> })}
            <td>
                {row.standing.state.map(|state| view! { <StateBadge state/> })}
                <span class="soft kpi-remark">{row.standing.words}</span>
            </td>
        </tr>
    }
}

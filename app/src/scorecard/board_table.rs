//! Rows of people or teams on one scale, by name: no ranking.

use leptos::prelude::*;

use super::api::BoardRow;
use crate::i18n::use_locale;
use crate::ui::{BulletBar, Column, DotWhisker, StateBadge, Table};

/// See the module.
#[component]
pub fn BoardTable(
    /// Heading.
    #[prop(into)]
    title: String,
    /// Rows, by name.
    rows: Vec<BoardRow>,
    /// Whether rows are people; words and targets are theirs.
    is_people: bool,
) -> impl IntoView {
    let l = use_locale();
    let mut columns = vec![
        Column::text(if is_people { l.t("team.col.person") } else { l.t("team.col.name") }),
        Column::number(l.t("team.col.revenue")),
        Column::number(l.t("team.col.won")),
        Column::text(l.t("team.col.win_rate")),
    ];
    if is_people {
        columns.push(Column::number(l.t("team.col.words")));
    }
    columns.push(Column::text(l.t("team.col.standing")));
    let body = rows.into_iter().map(|row| view! { <Row row is_people/> }).collect_view();
    let caption = title.clone();
    view! {
        <section class="card board">
            <h2 class="card-title">{title}</h2>
            <Table caption quiet=true columns>{body}</Table>
            <p class="soft board-key">{l.t("team.key")}</p>
        </section>
    }
}

#[component]
fn Row(row: BoardRow, is_people: bool) -> impl IntoView {
    let state = row.standing.state.map(|s| s.key()).unwrap_or_default();
    view! {
        <tr>
            <th scope="row"><a href=row.href>{row.name}</a></th>
            <td class="num board-revenue">
                {row.revenue.text}
                {row.revenue.bullet.map(|data| view! { <BulletBar data state/> })}
            </td>
            <td class="num">{row.deals_won}</td>
            <td class="board-rate">
                {row.win_rate.dots.map(|data| view! { <DotWhisker data/> })}
                <span class="board-rate-words">
                    {row.win_rate.text} <span class="soft">" " {row.win_rate.n} " " {row.win_rate.words}</span>
                </span>
            </td>
            {is_people.then(|| view! { <td class="num">{row.words.map_or_else(|| "–".to_owned(), |n| n.to_string())}</td> })}
            <td>
                {row.standing.state.map(|state| view! { <StateBadge state/> })}
                <span class="soft kpi-remark">{row.standing.words}</span>
            </td>
        </tr>
    }
}

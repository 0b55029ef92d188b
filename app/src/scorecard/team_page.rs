//! The board of a team: what asks for attention, one row per person, the team's own figures.

use leptos::prelude::*;

use super::api::{RangeRow, TeamBoard, TeamQuery, get_team};
use super::board_table::BoardTable;
use super::explain_panel::ExplainPanel;
use super::kpi_table::{Elsewhere, KpiTable};
use super::period_tools::PeriodTools;
use super::team_picker::TeamPicker;
use super::trend::Trend;
use crate::completeness::{CompletenessDialog, CompletenessLink};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::{param, query};
use crate::ui::{Column, Crumb, EmptyState, ExportLinks, PageHead, Table, loaded};

/// `/teams/{team}` and, without a team, everything that the reader sees.
#[component]
pub fn TeamPage() -> impl IntoView {
    let asked = TeamQuery {
        team: param("team").unwrap_or_else(|| query("team")),
        period: query("period"),
        trend: query("trend"),
    };
    loaded(get_team(asked), move |board| view! { <BoardView board/> })
}

#[component]
fn BoardView(board: TeamBoard) -> impl IntoView {
    let l = use_locale();
    let crumbs = board.above.into_iter().map(|link| Crumb::new(link.label, link.href)).collect();
    let period = board.period.clone();
    let id = board.team.map(|t| t.to_string()).unwrap_or_default();
    let shown = id.clone();
    let file = board.team.map_or(Route::Teams, Route::Team).url().q("period", &period.name);
    let attention = board
        .attention
        .into_iter()
        .map(|a| {
            if a.href.is_empty() {
                view! { <li>{a.label}</li> }.into_any()
            } else {
                view! { <li><a href=a.href>{a.label}</a></li> }.into_any()
            }
        })
        .collect::<Vec<_>>();
    view! {
        <PageHead title=board.name crumbs>
            <ExportLinks of=file/>
            <TeamPicker teams=board.teams current=shown period=period.name.clone()/>
            <PeriodTools period=period/>
        </PageHead>
        {board.period.partial.map(|text| view! { <p class="soft">{text}</p> })}
        {(!attention.is_empty())
            .then(|| {
                view! {
                    <section class="attention" aria-label=l.t("team.attention")>
                        <strong>{l.t("team.attention")}</strong>
                        <ul>{attention}</ul>
                    </section>
                }
            })}
        {board.empty.map(|text| view! { <EmptyState title=l.t("team.empty_title") text/> })}
        <ExplainPanel>
            {board.people.map(|board| view! { <BoardTable title=l.t("team.people") board is_people=true/> })}
            {(!board.subteams.rows.is_empty()).then(|| view! { <BoardTable title=l.t("team.subteams") board=board.subteams is_people=false/> })}
            <section class="card">
                <h2 class="card-title">{l.t("team.totals")}</h2>
                <KpiTable caption=l.t("team.totals") kpis=board.totals compared=board.period.compared/>
                {board.elsewhere.map(|link| view! { <Elsewhere link/> })}
            </section>
            {(!board.ranges.is_empty()).then(|| view! { <Ranges rows=board.ranges/> })}
            {board.range_hidden.map(|text| view! { <p class="soft">{text}</p> })}
            <Trend chart=board.trend choices=board.trends/>
            <p class="soft as-of">{board.as_of} " " <CompletenessLink/></p>
        </ExplainPanel>
        <CompletenessDialog/>
    }
}

#[component]
fn Ranges(rows: Vec<RangeRow>) -> impl IntoView {
    let l = use_locale();
    let columns = vec![
        Column::text(l.t("scorecard.col.metric")),
        Column::number(l.t("team.col.team")),
        Column::number(l.t("team.col.range")),
        Column::number(l.t("team.col.people")),
    ];
    let body = rows
        .into_iter()
        .map(|r| {
            view! {
                <tr>
                    <th scope="row">{r.name}</th>
                    <td class="num">{r.range.total}</td>
                    <td class="num">{r.range.range}</td>
                    <td class="num">{r.range.people}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2 class="card-title">{l.t("team.ranges")}</h2>
            <Table caption=l.t("team.ranges") quiet=true columns>{body}</Table>
        </section>
    }
}

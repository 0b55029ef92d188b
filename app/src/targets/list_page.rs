//! All targets that the reader may see.

use leptos::prelude::*;

use super::api::list_targets;
use super::data::{TargetFilter, TargetLine, TargetList};
use super::line::Tags;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::{here, query};
use crate::ui::{
    BulletBar, ButtonLink, Choice, Column, EmptyState, ExportLinks, PageHead, QueryPicker, StateBadge, Table, loaded,
};

/// States that can be chosen, in the order of a target's life.
const STATUSES: [&str; 7] = ["draft", "proposed", "agreed", "running", "reached", "missed", "cancelled"];

/// See the module. The filters are in the address.
#[component]
pub fn TargetsPage() -> impl IntoView {
    let filter = TargetFilter {
        whose: query("whose"),
        status: query("status"),
        period: query("period"),
        person: query("person").parse().ok(),
        team: query("team").parse().ok(),
    };
    loaded(list_targets(filter), move |list| view! { <List list/> })
}

#[component]
fn List(list: TargetList) -> impl IntoView {
    let l = use_locale();
    let whose = list.whose.iter().map(|w| Choice::new(w, l.t(&format!("targets.whose.{w}")))).collect::<Vec<_>>();
    let mut statuses = vec![Choice::new("", l.t("targets.all_statuses"))];
    statuses.extend(STATUSES.iter().map(|s| Choice::new(s, l.t(&format!("targets.status.{s}")))));
    let mut periods = vec![Choice::new("", l.t("targets.all_periods"))];
    periods.extend(list.periods.into_iter().map(|(name, label)| Choice::new(name, label)));
    let new = if list.may_set {
        Some((l.t("targets.new"), Route::TargetNew.href()))
    } else {
        list.me.map(|me| (l.t("targets.new_personal"), Route::TargetNew.url().q("who", format!("person:{me}")).href()))
    };
    let several = whose.len() > 1;
    let filter = list.filter;
    let is_empty = list.lines.is_empty();
    let lines = list.lines;
    let objectives = l.t("objectives.title");
    let new_again = new.clone();
    view! {
        <PageHead title=l.t("targets.title") lead=l.t("targets.lead")>
            {several.then(|| view! { <QueryPicker name="whose" label=l.t("targets.whose.label") options=whose current=filter.whose/> })}
            <QueryPicker name="status" label=l.t("targets.status.label") options=statuses current=filter.status/>
            <QueryPicker name="period" label=l.t("ui.period") options=periods current=filter.period/>
            <ExportLinks of=here()/>
            {list.may_set.then(|| view! { <ButtonLink href=Route::TargetGrid.href() label=l.t("targets.grid.open")/> })}
            <ButtonLink href=Route::Objectives.href() label=objectives/>
            {new.map(|(label, href)| view! { <ButtonLink href label kind="primary"/> })}
        </PageHead>
        {if is_empty {
            view! {
                <EmptyState title=l.t("targets.none_title") text=l.t("targets.none_text")>
                    {new_again.map(|(label, href)| view! { <ButtonLink href label kind="primary"/> })}
                </EmptyState>
            }
                .into_any()
        } else {
            view! { <Lines lines/> }.into_any()
        }}
    }
}

#[component]
fn Lines(lines: Vec<TargetLine>) -> impl IntoView {
    let l = use_locale();
    let columns = vec![
        Column::text(l.t("targets.column.who")),
        Column::text(l.t("targets.column.metric")),
        Column::text(l.t("targets.column.period")),
        Column::number(l.t("targets.column.value")),
        Column::number(l.t("targets.column.actual")),
        Column::text(l.t("targets.column.pace")),
        Column::text(l.t("targets.column.state")),
    ];
    let rows = lines.into_iter().map(|line| view! { <Line line/> }).collect_view();
    view! {
        <Table caption=l.t("targets.title") quiet=true columns>
            {rows}
        </Table>
    }
}

#[component]
fn Line(line: TargetLine) -> impl IntoView {
    let href = Route::Target(line.id).href();
    let standing = line.standing.clone();
    let (actual, bar, state) = match standing {
        None => (None, None, None),
        Some(s) => {
            let n = s.n.as_ref().map(|n| format!("n\u{a0}{n}"));
            (Some((s.actual, n)), Some((s.bullet, s.state.key())), Some((s.state, s.sentence)))
        }
    };
    view! {
        <tr>
            <th scope="row">
                {line.who.clone()}
            </th>
            <td>
                <a href=href>{line.metric_name.clone()}</a>
                " "
                <Tags line=line.clone()/>
            </td>
            <td>{line.period_label.clone()}</td>
            <td class="num">{line.value.clone()}</td>
            <td class="num">
                {actual.map(|(value, n)| view! { {value} " " <span class="soft">{n}</span> })}
            </td>
            <td>{bar.map(|(data, state)| view! { <BulletBar data state/> })}</td>
            <td>{state.map(|(state, why)| view! { <span title=why><StateBadge state/></span> })}</td>
        </tr>
    }
}

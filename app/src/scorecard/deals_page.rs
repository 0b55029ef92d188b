//! The deals behind a number: filters in the address, sums at the foot equal to the number.

use leptos::prelude::*;

use super::api::{DealRow, DealsPage as Data, DealsQuery, Pick, get_deals};
use super::period_tools::PeriodTools;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::here;
use crate::ui::address::query;
use crate::ui::{ButtonLink, Column, Crumb, EmptyState, ExportLinks, PageHead, Table, loaded};

/// See the module.
#[component]
pub fn DealsPage() -> impl IntoView {
    let asked = DealsQuery {
        person: query("person"),
        team: query("team"),
        period: query("period"),
        part: query("part"),
        segment: query("segment"),
        source: query("source"),
        column: query("column"),
        value: query("value"),
        search: query("q"),
        after: query("after"),
    };
    loaded(get_deals(asked), move |page| view! { <DealsView page/> })
}

#[component]
fn DealsView(page: Data) -> impl IntoView {
    let l = use_locale();
    let crumbs = vec![Crumb::new(page.back.label.clone(), page.back.href.clone())];
    let title = l.tf("deals.title", &[("who", &page.scope)]);
    let columns = columns(&page);
    let first = here().q("after", "").href();
    let next = page.next.as_ref().map(|after| here().q("after", after).href());
    let may_add = page.may_add;
    let sum = (!page.count_text.is_empty()).then(|| {
        let sum = l.tf("deals.sum", &[("sum", &page.sum)]);
        view! { <p class="deals-sum"><strong>{page.count_text.clone()}</strong> " · " {sum}</p> }
    });
    let has_before = !page.query.after.is_empty();
    let rows = page.rows.into_iter().map(|row| view! { <Row row/> }).collect_view();
    view! {
        <PageHead title crumbs>
            <ExportLinks of=here()/>
            {may_add.then(|| view! { <ButtonLink href=Route::FactNew("deals".to_owned()).href() label=l.t("deals.new")/> })}
            <PeriodTools period=page.period.clone()/>
        </PageHead>
        <Filters
            query=page.query.clone()
            picks=[
                ("person", "deals.person_label", page.people),
                ("team", "deals.team_label", page.teams),
                ("part", "deals.part_label", page.parts),
                ("segment", "deals.field.segment", page.segments),
                ("source", "deals.field.source", page.sources),
                ("column", "deals.column_label", page.columns),
                ("value", "deals.value_label", page.values),
            ]
        />
        {match page.empty {
            Some(text) => view! { <EmptyState title=l.t("deals.empty_title") text/> }.into_any(),
            None => {
                view! {
                    {sum}
                    <Table caption=l.t("deals.caption") quiet=true columns>
                        {rows}
                    </Table>
                    <nav class="pagination" aria-label=l.t("ui.pages")>
                        {has_before.then(|| view! { <ButtonLink href=first label=l.t("deals.first")/> })}
                        {next.map(|href| view! { <ButtonLink href label=l.t("ui.next")/> })}
                    </nav>
                }
                    .into_any()
            }
        }}
    }
}

fn columns(page: &Data) -> Vec<Column> {
    page.heads
        .iter()
        .map(|h| {
            if matches!(h.value.as_str(), "amount" | "days") {
                Column::number(&h.label)
            } else {
                Column::text(&h.label)
            }
        })
        .collect()
}

#[component]
fn Row(row: DealRow) -> impl IntoView {
    view! {
        <tr>
            <th scope="row"><a href=Route::Deal(row.id).href()>{row.external_id}</a></th>
            <td>{row.account}</td>
            <td>{row.product}</td>
            <td>{row.people}</td>
            <td><span class=format!("deal-status deal-{}", row.status)>{row.status_word}</span></td>
            <td>{row.began}</td>
            <td>{row.closed}</td>
            <td class="num">{row.days}</td>
            <td class="num">{row.amount}</td>
        </tr>
    }
}

#[component]
fn Filters(query: DealsQuery, picks: [(&'static str, &'static str, Vec<Pick>); 7]) -> impl IntoView {
    let l = use_locale();
    let select = |name: &'static str, label: String, picks: Vec<Pick>, current: &str| {
        let options = picks
            .into_iter()
            .map(|p| {
                let selected = p.value == current;
                view! { <option selected=selected value=p.value>{p.label}</option> }
            })
            .collect_view();
        view! {
            <label class="filter">
                <span class="filter-label">{label}</span>
                <select class="input" name=name>{options}</select>
            </label>
        }
    };
    let chosen = |name: &str| match name {
        "person" => query.person.as_str(),
        "team" => query.team.as_str(),
        "part" => query.part.as_str(),
        "segment" => query.segment.as_str(),
        "source" => query.source.as_str(),
        "column" => query.column.as_str(),
        _ => query.value.as_str(),
    };
    // What is asked for and cannot be chosen here stays asked for.
    let (offered, kept): (Vec<_>, Vec<_>) = picks.into_iter().partition(|(_, _, picks)| !picks.is_empty());
    let kept = kept.into_iter().map(|(name, ..)| (name, chosen(name).to_owned()));
    let hidden = kept
        .chain([("period", query.period.clone())])
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let selects =
        offered.into_iter().map(|(name, key, picks)| select(name, l.t(key), picks, chosen(name))).collect_view();
    view! {
        <form class="filters" method="get" action=Route::Deals.href()>
            {hidden}
            <label class="filter">
                <span class="filter-label">{l.t("facts.search")}</span>
                <input class="input" type="search" name="q" value=query.search.clone() maxlength="100"/>
            </label>
            {selects}
            <button class="button secondary" type="submit">{l.t("ui.apply")}</button>
        </form>
    }
}

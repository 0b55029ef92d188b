//! Facts of one kind: searched, filtered, page by page.

use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::api::{FactFilter, FactList, FactsQuery, list_facts};
use crate::i18n::{Texts, use_locale};
use crate::route::Route;
use crate::ui::address::{here, param, query};
use crate::ui::*;

/// See the module.
#[component]
pub fn FactsPage() -> impl IntoView {
    let asked = FactsQuery {
        kind: param("kind").unwrap_or_default(),
        search: query("q"),
        from: query("from"),
        to: query("to"),
        person: query("person"),
        team: query("team"),
        filters: filters(),
        after: query("after"),
    };
    loaded(list_facts(asked), move |list| view! { <Content list/> })
}

/// Parts of the address that are no column of a fact.
const OTHER: [&str; 7] = ["q", "from", "to", "person", "team", "after", "dialog"];

/// What the address asks of single columns.
fn filters() -> BTreeMap<String, String> {
    let all = use_location().query.get_untracked().into_iter();
    let named = all.map(|(name, value)| (name.to_string(), value.to_string()));
    named.filter(|(name, value)| !OTHER.contains(&name.as_str()) && !value.is_empty()).collect()
}

/// What a field of a kind is called.
pub(super) fn label(l: Texts, kind: &str, name: &str) -> String {
    match name.strip_prefix("attributes.") {
        Some(own) => own.to_owned(),
        None => l.t(&format!("imports.ours.{kind}.{name}")),
    }
}

#[component]
fn Content(list: FactList) -> impl IntoView {
    let l = use_locale();
    let kind = list.query.kind.clone();
    let title = l.t(&format!("imports.kind.{kind}"));
    let may_add = list.may_add;
    let crumbs = if may_add { vec![Crumb::new(l.t("nav.imports"), Route::Imports.href())] } else { Vec::new() };
    let lead = l.t(if may_add { "facts.lead" } else { "facts.lead_read" });
    let first = here().q("after", "").href();
    let next = list.next.as_ref().map(|after| here().q("after", after).href());
    let has_before = !list.query.after.is_empty();
    let asked = [&list.query.search, &list.query.from, &list.query.to, &list.query.person, &list.query.team];
    let is_filtered = asked.iter().any(|text| !text.is_empty()) || !list.query.filters.is_empty();
    // Of somebody who may not be seen there is no name, but still a way back.
    let asks_whose = !list.query.person.is_empty() || !list.query.team.is_empty();
    let of_person = asks_whose.then(|| {
        let text = (!list.whose.is_empty()).then(|| l.tf("facts.of_person", &[("person", &list.whose)]));
        let all = here().q("person", "").q("team", "").q("after", "").href();
        view! { <p>{text}" "<a href=all>{l.t("facts.of_all")}</a></p> }
    });
    let heads = list.columns.iter().zip(&list.numeric);
    let head = |name: &str| label(l, &kind, name);
    let heads = heads
        .map(|(name, number)| if *number { Column::number(head(name)) } else { Column::text(head(name)) })
        .collect();
    let numeric = list.numeric.clone();
    let new = Route::FactNew(kind.clone()).href();
    let caption = l.t(&format!("imports.kind.{kind}"));
    let is_empty = list.rows.is_empty();
    let rows = list
        .rows
        .into_iter()
        .map(|row| {
            let href = Route::Fact(kind.clone(), row.id).href();
            let cells = row.cells.into_iter().zip(&numeric).enumerate().map(|(at, (text, number))| {
                let class = number.then_some("num");
                if at == 0 && row.may_change {
                    view! { <th scope="row" class=class><a href=href.clone()>{text}</a></th> }.into_any()
                } else if at == 0 {
                    view! { <th scope="row" class=class>{text}</th> }.into_any()
                } else {
                    view! { <td class=class>{text}</td> }.into_any()
                }
            });
            view! { <tr>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <PageHead title crumbs lead>
            <ExportLinks of=here()/>
            {may_add.then(|| view! { <ButtonLink href=new label=l.t("facts.new")/> })}
        </PageHead>
        <Filters query=list.query.clone() filters=list.filters/>
        {of_person}
        {if is_empty {
            let text = l.t(if is_filtered { "facts.none_found" } else { "facts.none_text" });
            view! {
                <EmptyState title=l.t("facts.none") text>
                    {may_add.then(|| view! { <ButtonLink href=Route::Imports.href() label=l.t("facts.import") kind="primary"/> })}
                </EmptyState>
            }
                .into_any()
        } else {
            view! {
                <Table caption columns=heads quiet=true>{rows}</Table>
                <nav class="pagination" aria-label=l.t("ui.pages")>
                    {has_before.then(|| view! { <ButtonLink href=first label=l.t("deals.first")/> })}
                    {next.map(|href| view! { <ButtonLink href label=l.t("ui.next")/> })}
                </nav>
            }
                .into_any()
        }}
    }
}

#[component]
fn Filters(query: FactsQuery, filters: Vec<FactFilter>) -> impl IntoView {
    let l = use_locale();
    let kind = query.kind.clone();
    let is_offered = |name: &str| filters.iter().any(|filter| filter.name == name);
    // What is asked for and not offered stays asked for.
    let kept =
        query.filters.iter().filter(|(name, _)| !is_offered(name)).map(|(name, value)| (name.clone(), value.clone()));
    let whose = [("person", &query.person), ("team", &query.team)];
    let whose = whose.into_iter().filter(|(name, value)| !value.is_empty() && !is_offered(name));
    let hidden = whose
        .map(|(name, value)| (name.to_owned(), value.clone()))
        .chain(kept)
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let selects = filters
        .into_iter()
        .map(|filter| {
            let head = if filter.name == "team" { l.t("facts.team") } else { label(l, &kind, &filter.name) };
            let options = filter
                .options
                .into_iter()
                .map(|(value, text)| {
                    let selected = value == filter.value;
                    view! { <option selected=selected value=value>{text}</option> }
                })
                .collect_view();
            view! {
                <label class="filter">
                    <span class="filter-label">{head}</span>
                    <select class="input" name=filter.name>
                        <option value="">{l.t("facts.any")}</option>
                        {options}
                    </select>
                </label>
            }
        })
        .collect_view();
    view! {
        <form class="filters" method="get" action=Route::Facts(query.kind).href()>
            {hidden}
            <label class="filter">
                <span class="filter-label">{l.t("facts.search")}</span>
                <input class="input" type="search" name="q" value=query.search maxlength="100"/>
            </label>
            <label class="filter">
                <span class="filter-label">{l.t("facts.from")}</span>
                <input class="input" type="date" name="from" value=query.from/>
            </label>
            <label class="filter">
                <span class="filter-label">{l.t("facts.to")}</span>
                <input class="input" type="date" name="to" value=query.to/>
            </label>
            {selects}
            <button class="button secondary" type="submit">{l.t("ui.apply")}</button>
        </form>
    }
}

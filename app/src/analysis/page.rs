//! The pages: the analyses of a period, the list of events, and what happened around one of them.

use leptos::prelude::*;

use super::api::{
    AnalysisQuery, AnalysisView, Empty, EventList, EventQuery, EventRow, Picker, Which, get_analysis, get_event,
    get_events,
};
use super::block::{BlockView, Findings};
use super::form::AddressForm;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::scorecard::PeriodTools;
use crate::ui::address::{param, query};
use crate::ui::{ButtonLink, Choice, Column, Crumb, EmptyState, PageHead, QueryPicker, Tab, Table, Tabs, loaded};

/// `/analysis`: what can be analysed, the question of the organisation's template first.
#[component]
pub fn AnalysisHome() -> impl IntoView {
    loaded(get_events(), |list| view! { <Home list/> })
}

/// `/analysis/{which}`.
#[component]
pub fn AnalysisPage() -> impl IntoView {
    let asked = AnalysisQuery {
        which: param("which").unwrap_or_default(),
        period: query("period"),
        person: query("person"),
        team: query("team"),
        by: query("by"),
        churn: query("churn"),
        contraction: query("contraction"),
        expansion: query("expansion"),
        new: query("new"),
        months: query("months"),
    };
    loaded(get_analysis(asked), |shown| view! { <Page shown/> })
}

/// `/analysis/events`.
#[component]
pub fn EventsPage() -> impl IntoView {
    loaded(get_events(), |list| view! { <Events list/> })
}

/// `/analysis/events/{id}`.
#[component]
pub fn EventPage() -> impl IntoView {
    let asked = EventQuery {
        id: param("id").unwrap_or_default(),
        kpi: query("kpi"),
        months: query("months"),
        person: query("person"),
        team: query("team"),
        from: query("from"),
        to: query("to"),
        rise: query("rise"),
    };
    loaded(get_event(asked), |shown| view! { <Page shown/> })
}

#[component]
fn Ways(tabs: Vec<Which>, current: Option<Which>) -> impl IntoView {
    let l = use_locale();
    let analyses = tabs.into_iter().map(|which| Tab {
        label: l.t(&format!("analysis.{}.title", which.code())),
        href: Route::AnalysisOf(which).href(),
        current: current == Some(which),
    });
    let events = Tab { label: l.t("analysis.events.title"), href: Route::Events.href(), current: current.is_none() };
    view! { <Tabs label=l.t("analysis.title") tabs=analyses.chain([events]).collect()/> }
}

#[component]
fn Home(list: EventList) -> impl IntoView {
    let l = use_locale();
    let is_empty = list.tabs.is_empty() && list.events.is_empty();
    let may_add = list.may_add;
    let one = move |title: String, text: String, href: String| {
        view! { <li class="card"><h2 class="card-title"><a href=href>{title}</a></h2><p>{text}</p></li> }
    };
    let mut items: Vec<_> = list
        .tabs
        .into_iter()
        .map(|which| {
            let text = |part: &str| l.t(&format!("analysis.{}.{part}", which.code()));
            one(text("title"), text("lead"), Route::AnalysisOf(which).href())
        })
        .collect();
    items.push(one(l.t("analysis.events.title"), l.t("analysis.events.lead"), Route::Events.href()));
    view! {
        <PageHead title=l.t("analysis.title") lead=l.t("analysis.lead")/>
        {is_empty
            .then(|| {
                view! {
                    <EmptyState title=l.t("analysis.empty") text=l.t("analysis.empty_text")>
                        {may_add.then(|| view! { <ButtonLink href=Route::Imports.href() label=l.t("facts.import") kind="primary"/> })}
                    </EmptyState>
                }
            })}
        <ul class="analyses">{items}</ul>
    }
}

#[component]
fn Page(shown: AnalysisView) -> impl IntoView {
    let l = use_locale();
    let of_event = shown.which.is_none();
    let mut crumbs = vec![Crumb::new(l.t("analysis.title"), Route::Analysis.href())];
    if of_event {
        crumbs.push(Crumb::new(l.t("analysis.events.title"), Route::Events.href()));
    }
    let partial = shown.period.as_ref().and_then(|period| period.partial.clone());
    let pickers = shown.pickers.into_iter().map(|picker| view! { <Choose picker/> }).collect_view();
    let blocks = shown.blocks.into_iter().map(|block| view! { <BlockView block/> }).collect_view();
    view! {
        <PageHead title=shown.title lead=shown.lead crumbs>
            {pickers}
            {shown.period.map(|period| view! { <PeriodTools period/> })}
        </PageHead>
        <Ways tabs=shown.tabs current=shown.which/>
        {partial.map(|text| view! { <p class="soft">{text}</p> })}
        {shown.empty.map(|empty| view! { <Nothing empty/> })}
        <Findings said=shown.said/>
        {blocks}
        {shown.form.map(|form| view! { <AddressForm form/> })}
    }
}

#[component]
fn Choose(picker: Picker) -> impl IntoView {
    let options = picker.options.into_iter().map(|p| Choice::new(p.value, p.label)).collect();
    view! {
        <div class="labelled">
            <span class="filter-label" aria-hidden="true">{picker.label.clone()}</span>
            <QueryPicker name=picker.name label=picker.label options current=picker.current/>
        </div>
    }
}

#[component]
fn Nothing(empty: Empty) -> impl IntoView {
    view! {
        <EmptyState title=empty.title text=empty.text>
            {empty.step.map(|step| view! { <ButtonLink href=step.href label=step.label kind="primary"/> })}
        </EmptyState>
    }
}

#[component]
fn Events(list: EventList) -> impl IntoView {
    let l = use_locale();
    let kpi = query("kpi");
    let crumbs = vec![Crumb::new(l.t("analysis.title"), Route::Analysis.href())];
    let new = Route::FactNew("events".to_owned()).href();
    let (may_add, is_empty, is_cut) = (list.may_add, list.events.is_empty(), list.is_cut);
    let rows = list.events.into_iter().map(|event| view! { <Event event kpi=kpi.clone()/> }).collect_view();
    let columns = vec![
        Column::text(l.t("imports.ours.events.title")),
        Column::text(l.t("imports.ours.events.date")),
        Column::text(l.t("imports.ours.events.kind")),
        Column::text(l.t("analysis.events.touched")),
    ];
    let caption = l.t("analysis.events.title");
    let add = may_add.then(|| view! { <ButtonLink href=new.clone() label=l.t("analysis.events.add")/> });
    view! {
        <PageHead title=l.t("analysis.events.title") lead=l.t("analysis.events.lead") crumbs>{add}</PageHead>
        <Ways tabs=list.tabs current=None/>
        {if is_empty {
            view! {
                <EmptyState title=l.t("analysis.events.none") text=l.t("analysis.events.none_text")>
                    {may_add.then(|| view! { <ButtonLink href=new label=l.t("analysis.events.add") kind="primary"/> })}
                </EmptyState>
            }
                .into_any()
        } else {
            view! {
                <Table caption quiet=true columns>{rows}</Table>
                {is_cut.then(|| view! { <p class="soft">{l.t("analysis.events.cut")}</p> })}
            }
                .into_any()
        }}
    }
}

#[component]
fn Event(event: EventRow, kpi: String) -> impl IntoView {
    let l = use_locale();
    let href = Route::Event(event.id).url().q("kpi", kpi).href();
    view! {
        <tr>
            <th scope="row"><a href=href>{event.title}</a></th>
            <td>{event.day}</td>
            <td>{l.t(&format!("imports.choice.kind.{}", event.kind))}</td>
            <td>{event.scope}</td>
        </tr>
    }
}

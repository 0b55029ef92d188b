//! The list: searched and filtered by the address, a line per KPI, details on a page of their own.

use leptos::prelude::*;

use super::api::{Catalogue, CatalogueQuery, KpiGroup, KpiLine, list_kpis};
use super::kpi_page::{better_word, unit_word};
use crate::i18n::use_locale;
use crate::page::{page_data, use_caller};
use crate::route::Route;
use crate::scorecard::ExplainPanel;
use crate::ui::address::{here, query};
use crate::ui::{ButtonLink, Column, EmptyState, ExportLinks, PageHead, Table, loaded};

/// See the module.
#[component]
pub fn CataloguePage() -> impl IntoView {
    let asked = CatalogueQuery { q: query("q"), template: query("template"), perspective: query("perspective") };
    loaded(list_kpis(asked), move |catalogue| view! { <List catalogue/> })
}

#[component]
fn List(catalogue: Catalogue) -> impl IntoView {
    let l = use_locale();
    let found = l.tn("catalogue.found", i64::from(catalogue.found), &[("all", &catalogue.all)]);
    let scope = catalogue.scope.clone().map(|s| l.tf("catalogue.values_of", &[("who", &s.who), ("period", &s.period)]));
    let may_add = catalogue.may_add;
    let is_empty = catalogue.groups.is_empty();
    let groups = catalogue.groups.clone().into_iter().map(|group| view! { <Group group/> }).collect_view();
    view! {
        <PageHead title=l.t("catalogue.title") lead=l.t("catalogue.lead")>
            <ExportLinks of=here()/>
            {may_add.then(|| view! { <ButtonLink href=Route::KpiNew.href() label=l.t("formula.new") kind="primary"/> })}
        </PageHead>
        <Filters catalogue/>
        <p class="soft small" role="status">{found} " " {scope}</p>
        {if is_empty {
            view! {
                <EmptyState title=l.t("catalogue.none_title") text=l.t("catalogue.none_text")>
                    <ButtonLink href=Route::Kpis.href() label=l.t("catalogue.all")/>
                </EmptyState>
            }
                .into_any()
        } else {
            view! { <ExplainPanel>{groups}</ExplainPanel> }.into_any()
        }}
    }
}

#[component]
fn Filters(catalogue: Catalogue) -> impl IntoView {
    let l = use_locale();
    let select = |name: &'static str, all: String, codes: Vec<String>, words: &'static str, current: String| {
        let label = l.t(&format!("catalogue.{name}"));
        let options = codes
            .into_iter()
            .map(|code| {
                let (text, selected) = (l.t(&format!("{words}.{code}")), code == current);
                view! { <option selected=selected value=code>{text}</option> }
            })
            .collect_view();
        view! {
            <label class="filter">
                <span class="filter-label">{label}</span>
                <select class="input" name=name>
                    <option value="">{all}</option>
                    {options}
                </select>
            </label>
        }
    };
    let asked = catalogue.query;
    let any = l.t("catalogue.any");
    view! {
        <form class="filters" method="get" role="search" action=Route::Kpis.href()>
            <label class="filter catalogue-search">
                <span class="filter-label">{l.t("catalogue.search")}</span>
                <input class="input" type="search" name="q" value=asked.q autocomplete="off" data-key=page_data().keys.then_some("/")/>
            </label>
            {select("template", any.clone(), catalogue.templates, "catalogue.template_name", asked.template)}
            {select("perspective", any, catalogue.perspectives, "scorecard.perspective", asked.perspective)}
            <button class="button secondary" type="submit">{l.t("ui.apply")}</button>
        </form>
    }
}

#[component]
fn Group(group: KpiGroup) -> impl IntoView {
    let l = use_locale();
    let title = if group.perspective.is_empty() {
        l.t("formula.own")
    } else {
        l.t(&format!("scorecard.perspective.{}", group.perspective))
    };
    let columns = vec![
        Column::text(l.t("catalogue.col.name")),
        Column::text(l.t("catalogue.col.unit")),
        Column::number(l.t("catalogue.col.today")),
    ];
    let rows = group.kpis.into_iter().map(|kpi| view! { <Line kpi/> }).collect_view();
    view! {
        <section class="card catalogue-group">
            <h2 class="card-title">{title.clone()}</h2>
            <Table caption=title quiet=true columns>{rows}</Table>
        </section>
    }
}

#[component]
fn Line(kpi: KpiLine) -> impl IntoView {
    let l = use_locale();
    let currency = use_caller().map(|c| c.currency).unwrap_or_default();
    let page = Route::Kpi(kpi.id).href();
    let today = match (kpi.today, kpi.needs_pair) {
        (Some(today), _) => {
            let missing = today.value.is_none();
            let text = today.value.or(today.why).unwrap_or_default();
            if today.explain.is_empty() {
                view! { <span class:soft=missing>{text}</span> }.into_any()
            } else {
                view! { <a href=today.explain class:soft=missing>{text}</a> }.into_any()
            }
        }
        (None, true) => view! { <a href=page.clone()>{l.t("catalogue.needs_pair")}</a> }.into_any(),
        (None, false) => ().into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=page>{kpi.name}</a>
                <span class="soft">{kpi.summary}</span>
            </th>
            <td>{unit_word(l, &kpi.unit, &currency)} " · " {better_word(l, &kpi.better)}</td>
            <td class="num">{today}</td>
        </tr>
    }
}

//! The parts of a KPI's page that are chosen in its address: two categories to compare, and the length of the periods listed.

use leptos::prelude::*;

use super::api::{KpiPeriod, PairChoice};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::{Column, Tab, Table, Tabs};

/// The choice of two categories.
#[component]
pub(super) fn Pair(id: String, by: String, pair: PairChoice) -> impl IntoView {
    let l = use_locale();
    let is_empty = pair.categories.is_empty();
    let choose = |name: &'static str, label: String, chosen: &str| {
        let known = pair.categories.clone().into_iter();
        let options = known
            .map(|category| {
                let selected = category == chosen;
                view! { <option selected=selected value=category.clone()>{category.clone()}</option> }
            })
            .collect_view();
        view! {
            <label class="filter">
                <span class="filter-label">{label}</span>
                <select class="input" name=name required>
                    <option value="">{l.t("catalogue.pair_none")}</option>
                    {options}
                </select>
            </label>
        }
    };
    if is_empty {
        return view! { <p class="soft">{l.t("catalogue.pair_empty")}</p> }.into_any();
    }
    let missing = (!pair.from.is_empty() && pair.from == pair.to)
        .then(|| view! { <p class="field-error">{l.t("catalogue.pair_same")}</p> });
    view! {
        <form class="filters" method="get" action=Route::Kpi(id).href()>
            {choose("from", l.t("catalogue.pair_from"), &pair.from)}
            {choose("to", l.t("catalogue.pair_to"), &pair.to)}
            {(!by.is_empty()).then(|| view! { <input type="hidden" name="by" value=by/> })}
            <button class="button secondary" type="submit">{l.t("ui.apply")}</button>
        </form>
        {missing}
    }
    .into_any()
}

/// What the KPI was in the latest periods of a length.
#[component]
pub(super) fn Periods(
    id: String,
    pair: Option<PairChoice>,
    by: String,
    grains: Vec<String>,
    lines: Vec<KpiPeriod>,
) -> impl IntoView {
    let l = use_locale();
    if lines.is_empty() {
        return ().into_any();
    }
    let (from, to) = pair.map(|pair| (pair.from, pair.to)).unwrap_or_default();
    let tabs: Vec<Tab> = grains
        .into_iter()
        .map(|grain| Tab {
            label: l.t(&format!("catalogue.by.{grain}")),
            href: Route::Kpi(id.clone()).url().q("by", &grain).q("from", &from).q("to", &to).href(),
            current: grain == by,
        })
        .collect();
    let has_interval = lines.iter().any(|line| line.interval.is_some());
    let has_version = lines.iter().any(|line| line.version.is_some());
    let mut columns =
        vec![Column::text(l.t("ui.period")), Column::number(l.t("explain.col.value")), Column::number("n".to_owned())];
    columns.extend(has_interval.then(|| Column::number(l.t("catalogue.interval"))));
    columns.extend(has_version.then(|| Column::number(l.t("explain.version"))));
    let rows = lines.into_iter().map(|line| view! { <Line line has_interval has_version/> }).collect_view();
    let title = l.t("catalogue.periods");
    view! {
        <section class="kpi-periods" id="periods">
            <h2>{title.clone()}</h2>
            <Tabs label=l.t("catalogue.periods_of") tabs/>
            <Table caption=title quiet=true columns>{rows}</Table>
        </section>
    }
    .into_any()
}

#[component]
fn Line(line: KpiPeriod, has_interval: bool, has_version: bool) -> impl IntoView {
    let l = use_locale();
    let missing = line.value.value.is_none();
    let text = line.value.value.or(line.value.why).unwrap_or_default();
    let version = line.version.map(|version| version.to_string());
    view! {
        <tr>
            <th scope="row">
                {line.period} {line.partial.then(|| view! { " " <span class="soft">{l.t("catalogue.so_far")}</span> })}
            </th>
            <td class="num"><a href=line.value.explain class:soft=missing>{text}</a></td>
            <td class="num">{line.value.n}</td>
            {has_interval.then(|| view! { <td class="num">{line.interval}</td> })}
            {has_version.then(|| view! { <td class="num">{version}</td> })}
        </tr>
    }
}

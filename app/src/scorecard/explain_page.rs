//! What stands behind one number, as a page of its own.

use leptos::prelude::*;

use super::api::{ExplainQuery, Explanation, Variant, get_explanation};
use super::period_tools::PeriodTools;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::{here, param, query};
use crate::ui::{Chart, Column, Crumb, ExportLinks, PageHead, Table, loaded};

/// The page; works without JavaScript.
#[component]
pub fn ExplainPage() -> impl IntoView {
    let asked = ExplainQuery {
        metric: param("metric").unwrap_or_default(),
        person: query("person"),
        team: query("team"),
        period: query("period"),
        from: query("from"),
        to: query("to"),
    };
    loaded(get_explanation(asked), move |explanation| view! { <Page explanation/> })
}

#[component]
fn Page(explanation: Explanation) -> impl IntoView {
    let crumbs = vec![Crumb::new(explanation.scope.clone(), explanation.back.clone())];
    let title = explanation.name.clone();
    let period = explanation.period.clone();
    view! {
        <PageHead title crumbs>
            <ExportLinks of=here()/>
            <PeriodTools period/>
        </PageHead>
        <div class="card explain-card"><ExplainView explanation/></div>
    }
}

/// The content, the same on the page and in the dialog.
#[component]
pub fn ExplainView(
    /// What to show.
    explanation: Explanation,
) -> impl IntoView {
    let l = use_locale();
    let e = explanation;
    let term = |key: &str, text: Option<String>| {
        let head = l.t(key);
        text.filter(|t| !t.is_empty()).map(|text| view! { <dt>{head}</dt><dd>{text}</dd> })
    };
    let list = |items: Vec<String>| items.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
    let missing = e.value.is_none();
    let value = e.value.or(e.why).unwrap_or_default();
    view! {
        <div class="explain">
            <p class="explain-scope soft">{format!("{} · {} · {}", e.name, e.scope, e.period.label)}</p>
            <p class="explain-value" class:missing=missing>{value}</p>
            <p>
                {e.definition} " "
                <a href=Route::Kpi(e.metric).href()>{l.t("explain.catalogue")}</a>
            </p>
            {e.period.partial.map(|text| view! { <p class="soft">{text}</p> })}
            <dl class="explain-terms">
                {term("explain.formula", Some(e.formula))}
                {term("explain.numbers", Some(e.numbers))}
                {term("explain.n", e.n)}
                {term("explain.interval", e.interval)}
                {term("explain.period", Some(e.period.days))}
                {term("explain.roll_up", Some(e.roll_up))}
                {term("explain.version", Some(e.version.to_string()))}
                {term("explain.as_of", Some(e.as_of))}
                {term("explain.missing", Some(e.missing.join(". ")))}
            </dl>
            {(!e.remarks.is_empty()).then(|| view! { <ul class="explain-remarks">{list(e.remarks)}</ul> })}
            <h2>{l.t("explain.filters")}</h2>
            <ul>{list(e.filters)}</ul>
            <Variants title=l.t("explain.parts") variants=e.parts/>
            <Variants title=l.t("explain.variants") variants=e.variants/>
            <Variants title=l.t("explain.guardrails") variants=e.guardrails/>
            {(!e.trend.option.is_empty()).then(|| view! { <Chart chart=e.trend/> })}
            {(!e.records.is_empty())
                .then(|| {
                    let links = e.records.into_iter().map(|r| view! { <li><a href=r.href>{r.label}</a></li> }).collect_view();
                    view! { <h2>{l.t("explain.records")}</h2><ul class="explain-records">{links}</ul> }
                })}
        </div>
    }
}

#[component]
fn Variants(title: String, variants: Vec<Variant>) -> impl IntoView {
    let l = use_locale();
    let columns = vec![
        Column::text(l.t("explain.col.name")),
        Column::number(l.t("explain.col.value")),
        Column::text(l.t("explain.col.numbers")),
    ];
    (!variants.is_empty()).then(|| {
        let rows = variants
            .into_iter()
            .map(|v| {
                let name = if v.href.is_empty() {
                    view! { <strong>{v.name}</strong> }.into_any()
                } else {
                    view! { <a href=v.href>{v.name}</a> }.into_any()
                };
                view! {
                    <tr>
                        <th scope="row">{name} <span class="soft kpi-remark">{v.definition}</span></th>
                        <td class="num">{v.value}</td>
                        <td>{v.numbers}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <h2>{title.clone()}</h2>
            <Table caption=title quiet=true columns>{rows}</Table>
        }
    })
}

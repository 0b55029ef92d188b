//! Everything about one KPI.

use domain::metric::Perspective;
use leptos::prelude::*;

use super::api::{
    Definition, KpiDetail, OwnKpi, Related, RetireFormula, Scope, ShowFormula, Today, WorkedExample, get_kpi,
};
use super::kpi_periods::{Pair, Periods};
use crate::completeness::CompletenessStrip;
use crate::i18n::{Texts, use_locale};
use crate::page::use_caller;
use crate::route::Route;
use crate::scorecard::ExplainPanel;
use crate::ui::address::{here, param, query};
use crate::ui::{ButtonLink, Choice, Crumb, ExportLinks, Form, Hidden, PageHead, Select, Submit, loaded, to};

/// See the module.
#[component]
pub fn KpiPage() -> impl IntoView {
    let id = param("id").unwrap_or_default();
    loaded(get_kpi(id, query("by"), query("from"), query("to")), move |kpi| view! { <Page kpi/> })
}

/// The unit of a KPI in words.
pub(super) fn unit_word(l: Texts, unit: &str, currency: &str) -> String {
    l.tf(&format!("catalogue.unit.{unit}"), &[("currency", &currency)])
}

/// Which direction is better, in words.
pub(super) fn better_word(l: Texts, better: &str) -> String {
    l.t(&format!("catalogue.better.{better}"))
}

#[component]
fn Page(kpi: KpiDetail) -> impl IntoView {
    let l = use_locale();
    let currency = use_caller().map(|c| c.currency).unwrap_or_default();
    let crumbs = vec![Crumb::new(l.t("catalogue.title"), Route::Kpis.href())];
    let (other, lang) = kpi.other_name.clone();
    let words = |codes: &[String], under: &str| {
        codes.iter().map(|code| l.t(&format!("{under}.{code}"))).collect::<Vec<_>>().join(", ")
    };
    let templates = words(&kpi.templates, "catalogue.template_name");
    let perspective = if kpi.perspective.is_empty() {
        String::new()
    } else {
        l.t(&format!("scorecard.perspective.{}", kpi.perspective))
    };
    let unit = format!("{} · {}", unit_word(l, &kpi.unit, &currency), better_word(l, &kpi.better));
    let id = kpi.id.clone();
    let edit = kpi.own.as_ref().filter(|own| own.may_edit).map(|_| Route::KpiEdit(kpi.id.clone()).href());
    let complete = (!kpi.retired || kpi.own.is_none()).then(|| view! { <CompletenessStrip metric=kpi.id.clone()/> });
    let fact = |key: &str, text: String| {
        let head = l.t(key);
        (!text.is_empty()).then(|| view! { <dt>{head}</dt><dd>{text}</dd> })
    };
    view! {
        <PageHead title=kpi.name.clone() crumbs>
            <ExportLinks of=here()/>
            {edit.map(|href| view! { <ButtonLink href label=l.t("formula.change")/> })}
        </PageHead>
        <div class="card explain kpi-detail">
            <p class="soft"><span lang=lang>{other}</span> " · " <code>{kpi.id.clone()}</code></p>
            {kpi.retired.then(|| view! { <p><strong>{l.t("catalogue.retired")}</strong></p> })}
            <p class="kpi-words">{kpi.explanation}</p>
            {kpi.pair.clone().map(|pair| view! { <Pair id=kpi.id.clone() by=kpi.by.clone() pair/> })}
            <ExplainPanel>
                <Now today=kpi.today scope=kpi.scope/>
                <Periods id pair=kpi.pair by=kpi.by grains=kpi.grains lines=kpi.periods/>
            </ExplainPanel>
            <p><a href=Route::Events.url().q("kpi", &kpi.id).href()>{l.t("analysis.events.of_kpi")}</a></p>
            <dl class="explain-terms">
                {fact("explain.formula", kpi.formula)}
                <dt>{l.t("catalogue.formula_ids")}</dt>
                <dd><code>{kpi.formula_ids}</code></dd>
                {fact("catalogue.col.unit", unit)}
                {fact("explain.roll_up", kpi.over_time)}
                {fact("catalogue.over_people", kpi.over_people)}
                {fact("catalogue.nothing", kpi.nothing)}
                {fact("catalogue.perspective", perspective)}
                {fact("catalogue.template", templates)}
                {fact("explain.version", kpi.version.to_string())}
            </dl>
            {kpi.example.map(|example| view! { <Example example/> })}
            <Definitions all=kpi.definitions version=kpi.choices_version/>
            <Guardrails all=kpi.guardrails/>
            {kpi.own.map(|own| view! { <Own id=kpi.id.clone() own shown=kpi.perspective.clone()/> })}
        </div>
        {complete}
    }
}

/// What the organisation chose where vendors disagree, with the value under the other answers.
#[component]
fn Definitions(all: Vec<Definition>, version: i32) -> impl IntoView {
    let l = use_locale();
    let is_empty = all.is_empty();
    let items = all
        .into_iter()
        .map(|definition| {
            let text = |option: &str| l.t(&format!("choices.{}.{option}", definition.choice));
            let others = definition.others.iter().map(|(option, value)| {
                view! { <li>{text(option)} ": " <strong>{value.clone()}</strong></li> }
            });
            view! {
                <dt>{l.t(&format!("choices.{}.title", definition.choice))}</dt>
                <dd>
                    {text(&definition.chosen)}
                    <ul class="soft">{others.collect_view()}</ul>
                </dd>
            }
        })
        .collect_view();
    (!is_empty).then(|| {
        view! {
            <h2 class="small">{l.t("choices.other")}</h2>
            <dl class="explain-terms">{items}</dl>
            <p><a href=Route::KpiChoices.href()>{l.tf("catalogue.choices", &[("version", &version)])}</a></p>
        }
    })
}

/// What it is now, with the way to where that comes from.
#[component]
fn Now(today: Option<Today>, scope: Option<Scope>) -> impl IntoView {
    let l = use_locale();
    let today = today?;
    let of = scope.map(|s| l.tf("catalogue.value_of", &[("who", &s.who), ("period", &s.period)]));
    let missing = today.value.is_none();
    let value = today.value.or(today.why).unwrap_or_default();
    Some(view! {
        <div class="kpi-now">
            <p class="explain-scope soft">{of}</p>
            <p class="explain-value" class:missing=missing>
                {value} " " <span class="soft small">{today.n.map(|n| format!("n\u{a0}=\u{a0}{n}"))}</span>
            </p>
            {(!today.explain.is_empty()).then(|| view! { <p><a href=today.explain>{l.t("catalogue.explain")}</a></p> })}
        </div>
    })
}

#[component]
fn Example(example: WorkedExample) -> impl IntoView {
    let l = use_locale();
    let given = example
        .given
        .into_iter()
        .map(|(name, value)| view! { <li>{name} ": " <strong>{value}</strong></li> })
        .collect_view();
    view! {
        <section class="kpi-example">
            <h2>{l.t("catalogue.example")}</h2>
            <ul>{given}</ul>
            {example.numbers.map(|text| view! { <p class="kpi-numbers">{text}</p> })}
            <p>{l.t("catalogue.result")} ": " <strong>{example.result}</strong></p>
        </section>
    }
}

#[component]
fn Guardrails(all: Vec<Related>) -> impl IntoView {
    let l = use_locale();
    let items = all
        .iter()
        .map(|r| view! { <li><a href=Route::Kpi(r.id.clone()).href()>{r.name.clone()}</a></li> })
        .collect_view();
    (!all.is_empty()).then(|| {
        view! {
            <section>
                <h2>{l.t("explain.guardrails")}</h2>
                <ul>{items}</ul>
            </section>
        }
    })
}

/// The versions of an own KPI, where scorecards show it, and taking it out of use.
#[component]
fn Own(id: String, own: OwnKpi, shown: String) -> impl IntoView {
    let l = use_locale();
    let places = Perspective::ALL.map(|p| Choice::new(p.code(), l.t(&format!("scorecard.perspective.{}", p.code()))));
    let places = std::iter::once(Choice::new("", l.t("formula.not_shown"))).chain(places).collect::<Vec<_>>();
    let versions = own
        .versions
        .into_iter()
        .map(|(n, from, formula)| {
            let head = l.tf("formula.version", &[("n", &n), ("from", &from)]);
            view! { <li>{head} ": " <code>{formula}</code></li> }
        })
        .collect_view();
    let key = id.clone();
    view! {
        <section>
            <h2>{l.t("formula.versions")}</h2>
            <ul>{versions}</ul>
            {own.may_edit.then(|| {
                view! {
                    <Form action={to::<ShowFormula>()} id="show">
                        <Hidden name="key" value=key/>
                        <Select
                            name="perspective"
                            label=l.t("formula.perspective")
                            hint=l.t("formula.perspective_hint")
                            options=places
                            value=shown
                        />
                        <Submit label=l.t("formula.show")/>
                    </Form>
                    <Form action={to::<RetireFormula>()} id="retire">
                        <Hidden name="key" value=id/>
                        <Submit label=l.t("formula.retire") kind="danger"/>
                    </Form>
                }
            })}
        </section>
    }
}

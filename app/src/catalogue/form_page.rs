//! The form of an own KPI: names, explanation, formula, direction, with the check of the formula beside it.
//!
//! The "check" button sends what was typed in the address, and the page comes back with the verdict. With
//! JavaScript each change does so by itself (`data-live`).

use leptos::prelude::*;

use super::api::{FormulaCheck, FormulaFields, FormulaFormView, FormulaQuery, SaveFormula, Scope, formula_form};
use super::kpi_page::unit_word;
use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::page::{page_data, use_caller};
use crate::route::Route;
use crate::ui::address::{here, param};
use crate::ui::form::FormContext;
use crate::ui::{Choice, Crumb, Form, Hidden, PageHead, Select, Submit, TextArea, TextField, loaded, to};

/// Which direction can be better.
const DIRECTIONS: [&str; 3] = ["up", "down", "neither"];

/// See the module; for a new KPI and for a new version of one.
#[component]
pub fn FormulaPage() -> impl IntoView {
    let key = param("id").unwrap_or_default();
    let mut typed = FormulaFields::default();
    let pairs = here().pairs().to_vec();
    let back = page_data().form.filter(|f| f.action == "/api/kpis/save").map(|f| f.values).unwrap_or_default();
    for (name, value) in pairs.iter().chain(&back) {
        typed.set(name, value);
    }
    // The direction is never empty, so it is sent even when the formula was cleared.
    let is_typed = pairs.iter().chain(&back).any(|(name, _)| matches!(name.as_str(), "formula" | "better"));
    let query = FormulaQuery { key, typed: is_typed.then_some(typed) };
    loaded(formula_form(query), move |view| view! { <Page view/> })
}

#[component]
fn Page(view: FormulaFormView) -> impl IntoView {
    let l = use_locale();
    let is_new = view.fields.key.is_empty();
    let title = if is_new { l.t("formula.new") } else { l.tf("formula.edit", &[("name", &view.name)]) };
    let mut crumbs = vec![Crumb::new(l.t("catalogue.title"), Route::Kpis)];
    let address = if is_new {
        Route::KpiNew.href()
    } else {
        crumbs.push(Crumb::new(view.name.clone(), Route::Kpi(view.fields.key.clone())));
        Route::KpiEdit(view.fields.key.clone()).href()
    };
    let f = view.fields;
    let directions =
        DIRECTIONS.iter().map(|d| Choice::new(d, l.t(&format!("catalogue.better.{d}")))).collect::<Vec<_>>();
    let from = (!is_new).then(|| {
        view! { <TextField name="from" kind="date" short=true label=l.t("formula.from") hint=l.t("formula.from_hint") value=f.from.clone()/> }
    });
    view! {
        <PageHead title lead=l.t("formula.lead") crumbs/>
        <div class="columns">
            <Form action={to::<SaveFormula>()} id="formula" live=Some(address.clone())>
                <Hidden name="key" value=f.key.clone()/>
                <Version version=f.version.clone()/>
                <TextField name="name_en" label=l.t("formula.name_en") value=f.name_en.clone()/>
                <TextField name="name_nl" label=l.t("formula.name_nl") value=f.name_nl.clone()/>
                <TextArea name="formula" rows=3 label=l.t("formula.formula") hint=l.t("formula.formula_hint") value=f.formula.clone()/>
                <Select name="better" label=l.t("formula.better") options=directions value=f.better.clone()/>
                <TextArea name="explanation" rows=3 label=l.t("formula.explanation") value=f.explanation.clone()/>
                {from}
                <div class="form-actions">
                    <button type="submit" class="button secondary" formmethod="get" formaction=address>
                        {l.t("formula.check")}
                    </button>
                    <Submit label=l.t("formula.save")/>
                </div>
            </Form>
            <aside aria-label=l.t("formula.beside")>
                <Check check=view.check scope=view.scope/>
            </aside>
        </div>
    }
}

/// The version the form was made from; after a conflict the one that is stored now.
#[component]
fn Version(version: String) -> impl IntoView {
    let value = match expect_context::<FormContext>().error {
        Some(ApiError::Conflict(stored)) => {
            stored.into_iter().find(|(n, _)| n == "version").map_or(version, |(_, v)| v)
        }
        _ => version,
    };
    view! { <input type="hidden" name="version" value=value/> }
}

#[component]
fn Check(check: FormulaCheck, scope: Option<Scope>) -> impl IntoView {
    let l = use_locale();
    let currency = use_caller().map(|c| c.currency).unwrap_or_default();
    let is_empty = check.errors.is_empty() && check.unit.is_empty();
    let errors = check.errors.iter().map(|e| view! { <li>{l.remark(e)}</li> }).collect_view();
    let has_errors = !check.errors.is_empty();
    let marked = check.marked.map(|(before, part, after)| {
        view! { <p class="formula-marked"><code>{before}<mark>{part}</mark>{after}</code></p> }
    });
    let of = scope.map(|s| l.tf("catalogue.value_of", &[("who", &s.who), ("period", &s.period)]));
    let good = (!check.unit.is_empty()).then(|| {
        view! {
            <p>{check.words}</p>
            <p class="soft">{l.tf("formula.unit", &[("unit", &unit_word(l, &check.unit, &currency))])}</p>
            <p class="explain-scope soft">{of}</p>
            <p class="explain-value formula-value">{check.value}</p>
        }
    });
    view! {
        <div class="card formula-check" id="formula-check" role="status">
            <h2 class="card-title">{l.t("formula.beside")}</h2>
            {is_empty.then(|| view! { <p class="soft">{l.t("formula.nothing_yet")}</p> })}
            {has_errors.then(|| view! { <ul class="check-errors">{errors}</ul> })}
            {marked}
            {good}
        </div>
    }
}

//! The SMART form: one page that leads through specific, measurable, achievable, relevant, time-bound.
//!
//! The "check" button sends what was typed in the address, and the page comes back with the verdict. With
//! JavaScript each change does so by itself (`data-live`), so that the verdict and the fields that depend on others follow.

use leptos::prelude::*;

use super::api::SaveTarget;
use super::check::CheckView;
use super::data::{MILESTONES, Pair, TargetFormView};
use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::page::page_data;
use crate::route::Route;
use crate::ui::form::FormContext;
use crate::ui::{Choice, Form, Hidden, Select, Submit, TextArea, TextField, to};

/// Directions a target can have.
const DIRECTIONS: [&str; 4] = ["reach", "stay_above", "stay_below", "reach_at_most"];
/// How a value is spread over the period.
const DISTRIBUTIONS: [&str; 4] = ["even", "working_days", "seasonal", "by_hand"];

pub(super) fn choices(pairs: Vec<Pair>) -> Vec<Choice> {
    pairs.into_iter().map(|(value, label)| Choice::new(value, label)).collect()
}

/// See the module.
#[component]
pub(super) fn TargetForm(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    // While a conflict is in sight, nothing may draw over it.
    let has_conflict = page_data().form.is_some_and(|f| matches!(f.error, ApiError::Conflict(_)));
    let draft = view.id.is_none() && !view.is_personal;
    let save_label = match (view.id.is_some(), view.is_personal) {
        (true, _) => "targets.form.save_change",
        (false, true) => "targets.form.save_personal",
        (false, false) => "targets.form.propose",
    };
    let is_change = view.id.is_some();
    let check = view.check.clone();
    let check_action = view.id.map_or(Route::TargetNew, Route::Target).href();
    let live = (!has_conflict).then(|| check_action.clone());
    view! {
        <div class="columns target-form">
            <Form action={to::<SaveTarget>()} id="target" live>
                <Conflict/>
                <Hidden name="id" value=view.id.map(|id| id.to_string()).unwrap_or_default()/>
                <Hidden name="personal" value=view.fields.personal.clone()/>
                <Version version=view.fields.version.clone()/>
                {is_change.then(|| view! { <Hidden name="edit" value="1"/> })}
                <Specific view=view.clone()/>
                <Measurable view=view.clone()/>
                <Achievable view=view.clone()/>
                <Relevant view=view.clone()/>
                <TimeBound view=view.clone()/>
                <GuardrailFields view=view.clone()/>
                {is_change
                    .then(|| {
                        view! {
                            <fieldset class="part">
                                <TextField name="reason" label=l.t("targets.form.reason") hint=l.t("targets.form.reason_hint") value=view.fields.reason.clone()/>
                            </fieldset>
                        }
                    })}
                <div class="form-actions">
                    <button type="submit" class="button secondary" formmethod="get" formaction=check_action>
                        {l.t("targets.form.check")}
                    </button>
                    {draft.then(|| view! { <Submit label=l.t("targets.form.draft") kind="secondary" name="intent".to_owned() value="draft".to_owned()/> })}
                    <Submit label=l.t(save_label) name="intent".to_owned() value="propose".to_owned()/>
                </div>
            </Form>
            <aside class="beside" aria-label=l.t("targets.smart.title")>
                <CheckView check/>
            </aside>
        </div>
    }
        .into_any()
}

/// The version the form was made from; after a conflict the one that is stored now, so that saving once
/// more is a decision made with both in sight.
#[component]
fn Version(version: String) -> impl IntoView {
    let form = expect_context::<FormContext>();
    let value = match form.error {
        Some(ApiError::Conflict(stored)) => {
            stored.iter().find(|(n, _)| n == "version").map_or_else(|| version.clone(), |(_, v)| v.clone())
        }
        _ => version.clone(),
    };
    view! { <input type="hidden" name="version" value=value/> }
}

/// Says who changed what in the meantime; each field shows what is stored beside what was typed.
#[component]
fn Conflict() -> impl IntoView {
    let l = use_locale();
    let form = expect_context::<FormContext>();
    match form.error {
        Some(ApiError::Conflict(stored)) => {
            let find = |name: &str| stored.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
            let text = l.tf("targets.conflict.text", &[("who", &find("_who")), ("when", &find("_when"))]);
            let rows = stored
                .iter()
                .filter(|(name, _)| !name.starts_with('_') && name != "version")
                .map(|(name, value)| {
                    let label = l.t(&format!("targets.field.{name}"));
                    let value = if value.is_empty() { "–".to_owned() } else { value.clone() };
                    view! { <div><dt>{label}</dt><dd>{value}</dd></div> }
                })
                .collect_view();
            Some(view! {
                <section class="conflict" role="alert">
                    <h2>{l.t("targets.conflict.title")}</h2>
                    <p>{text}</p>
                    <dl class="facts">{rows}</dl>
                    <p>{l.t("targets.conflict.what_now")}</p>
                </section>
            })
        }
        _ => None,
    }
}

#[component]
fn Part(
    /// `s`, `m`, `a`, `r`, `t` or `g`.
    code: &'static str,
    children: Children,
) -> impl IntoView {
    let l = use_locale();
    view! {
        <fieldset class="part" id=format!("part-{code}")>
            <legend class="part-title">
                <span class="smart-mark" aria-hidden="true">{if code == "g" { "◆".to_owned() } else { code.to_uppercase() }}</span>
                {l.t(&format!("targets.smart.{code}"))}
            </legend>
            <p class="field-hint">{l.t(&format!("targets.smart.{code}_question"))}</p>
            {children()}
        </fieldset>
    }
        .into_any()
}

#[component]
fn Specific(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    let directions =
        DIRECTIONS.iter().map(|d| Choice::new(d, l.t(&format!("targets.direction.{d}")))).collect::<Vec<_>>();
    let f = view.fields;
    view! {
        <Part code="s">
            <Select name="who" label=l.t("targets.field.who") options=choices(view.who) value=f.who/>
            <Select name="metric" label=l.t("targets.field.metric") options=choices(view.metrics) value=f.metric/>
            <Select name="direction" label=l.t("targets.field.direction") options=directions value=f.direction/>
        </Part>
    }
}

#[component]
fn Measurable(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    view! {
        <Part code="m">
            <TextField
                name="baseline"
                label=l.t("targets.field.baseline")
                hint=l.t("targets.form.baseline_hint")
                value=view.fields.baseline
                inputmode="decimal"
                unit=view.unit.clone()
                short=true
                optional=true
            />
        </Part>
    }
}

#[component]
fn Achievable(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    view! {
        <Part code="a">
            <TextField name="value" label=l.t("targets.field.value") value=view.fields.value inputmode="decimal" unit=view.unit.clone() short=true/>
            <TextField
                name="stretch"
                label=l.t("targets.field.stretch")
                hint=l.t("targets.form.stretch_hint")
                value=view.fields.stretch
                inputmode="decimal"
                unit=view.unit.clone()
                short=true
                optional=true
            />
        </Part>
    }
}

#[component]
fn Relevant(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    let f = view.fields;
    view! {
        <Part code="r">
            <Select name="objective" label=l.t("targets.field.objective") options=choices(view.objectives) value=f.objective optional=true/>
            <TextField
                name="objective_new"
                label=l.t("targets.form.objective_new")
                hint=l.t("targets.form.objective_new_hint")
                value=f.objective_new
                optional=true
            />
            <TextArea name="why" label=l.t("targets.field.why") hint=l.t("targets.form.why_hint") value=f.why rows=3 optional=true/>
            <TextField
                name="weight"
                label=l.t("targets.field.weight")
                hint=l.t("targets.form.weight_hint")
                value=f.weight
                inputmode="numeric"
                unit="%".to_owned()
                short=true
                optional=true
            />
        </Part>
    }
}

#[component]
fn TimeBound(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    let f = view.fields;
    let is_free = f.period == "free";
    let dates = is_free.then(|| {
        view! {
            <div class="row">
                <TextField name="from" label=l.t("targets.field.from") value=f.from.clone() kind="date" short=true/>
                <TextField name="to" label=l.t("targets.field.to") value=f.to.clone() kind="date" short=true/>
            </div>
        }
    });
    let distributions =
        DISTRIBUTIONS.iter().map(|d| Choice::new(d, l.t(&format!("targets.distribution.{d}")))).collect::<Vec<_>>();
    let by_hand = f.distribution == "by_hand";
    let parts = by_hand.then(|| {
        view.parts
            .iter()
            .map(|(name, label)| {
                let value = f.more(name).to_owned();
                view! { <TextField name=name.clone() label=label.clone() value=value inputmode="decimal" unit=view.unit.clone() short=true/> }
            })
            .collect_view()
    });
    let spread = view.is_distributable.then(|| {
        view! {
            <Select name="distribution" label=l.t("targets.field.distribution") options=distributions value=f.distribution.clone()/>
            <div class="parts">{parts}</div>
        }
    });
    let milestones = (1..=MILESTONES)
        .map(|i| {
            let (day, value) = (format!("milestone{i}_date"), format!("milestone{i}_value"));
            let (day_now, value_now) = (f.more(&day).to_owned(), f.more(&value).to_owned());
            view! {
                <div class="row">
                    <TextField name=day label=l.tf("targets.form.milestone_day", &[("n", &i)]) value=day_now kind="date" short=true optional=true/>
                    <TextField name=value label=l.tf("targets.form.milestone_value", &[("n", &i)]) value=value_now inputmode="decimal" unit=view.unit.clone() short=true optional=true/>
                </div>
            }
        })
        .collect_view();
    let open = (1..=MILESTONES).any(|i| !f.more(&format!("milestone{i}_date")).is_empty());
    view! {
        <Part code="t">
            <Select name="period" label=l.t("targets.field.period") options=choices(view.periods) value=f.period.clone()/>
            {dates}
            {spread}
            <details class="more" open=open>
                <summary>{l.t("targets.form.milestones")}</summary>
                {milestones}
            </details>
        </Part>
    }
}

#[component]
fn GuardrailFields(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    let f = view.fields;
    let directions = ["stay_above", "stay_below"]
        .iter()
        .map(|d| Choice::new(d, l.t(&format!("targets.direction.{d}"))))
        .collect::<Vec<_>>();
    let named = !f.guardrail.is_empty();
    view! {
        <Part code="g">
            <Select name="guardrail" label=l.t("targets.field.guardrail") options=choices(view.guardrails) value=f.guardrail optional=true/>
            {named
                .then(|| {
                    view! {
                        <div class="row">
                            <Select name="guardrail_direction" label=l.t("targets.field.guardrail_direction") options=directions value=f.guardrail_direction/>
                            <TextField name="guardrail_limit" label=l.t("targets.field.guardrail_limit") value=f.guardrail_limit inputmode="decimal" unit=view.guardrail_unit.clone() short=true/>
                        </div>
                    }
                })}
        </Part>
    }
}

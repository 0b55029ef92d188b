//! The agreement between manager and person: propose, agree, answer with another value, settle, cancel.

use leptos::prelude::*;

use super::api::{AnswerTarget, CancelTarget, ProposeTarget, RecordAgreement, SettleTarget};
use super::data::{CounterView, TargetPage};
use crate::i18n::use_locale;
use crate::page::page_data;
use crate::route::Route;
use crate::ui::{ButtonLink, Card, Form, Hidden, Submit, TextArea, TextField, to};

fn is_open(action: &str) -> bool {
    page_data().form.is_some_and(|f| f.action == action)
}

/// See the module. Shows what the reader may do now, and nothing when that is nothing.
#[component]
pub(super) fn Flow(page: TargetPage) -> impl IntoView {
    let l = use_locale();
    let may = page.may;
    let (id, version) = (page.line.id.to_string(), page.version.to_string());
    let title = l.t(if may.answer { "targets.flow.your_answer" } else { "targets.flow.title" });
    let nothing = !(may.edit || may.propose || may.answer || may.settle || may.record_agreement || may.cancel);
    let counter = page.counter.clone();
    if nothing && counter.is_none() {
        return ().into_any();
    }
    let edit = Route::Target(page.line.id).url().q("edit", "1").href();
    let unit = page.unit.clone();
    let both = (id.clone(), version.clone());
    view! {
        <Card title>
            {counter.map(|counter| view! { <Counter counter/> })}
            {may.answer.then(|| view! { <Answer id=id.clone() version=version.clone() unit/> })}
            {may.settle.then(|| view! { <Settle id=id.clone() version=version.clone()/> })}
            {may.record_agreement.then(|| view! { <Record id=id.clone() version=version.clone()/> })}
            <div class="form-actions">
                {may.propose.then(|| view! { <Propose id=both.0.clone() version=both.1.clone()/> })}
                {may.edit.then(|| view! { <ButtonLink href=edit label=l.t("targets.flow.edit")/> })}
            </div>
            {may.cancel.then(|| view! { <Cancel id version/> })}
        </Card>
    }
    .into_any()
}

#[component]
fn Counter(counter: CounterView) -> impl IntoView {
    let l = use_locale();
    view! {
        <div class="note">
            <p class="note-head">{l.tf("targets.flow.counter_by", &[("who", &counter.who), ("value", &counter.value)])}</p>
            <p class="note-text">{counter.comment}</p>
        </div>
    }
}

#[component]
fn Answer(id: String, version: String, unit: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<AnswerTarget>()} id="answer">
            <Hidden name="id" value=id/>
            <Hidden name="version" value=version/>
            <TextArea name="comment" label=l.t("targets.flow.comment") rows=3 optional=true/>
            <details class="more" open=is_open("/api/targets/answer")>
                <summary>{l.t("targets.flow.counter_open")}</summary>
                <TextField
                    name="counter_value"
                    label=l.t("targets.flow.counter_value")
                    hint=l.t("targets.flow.counter_hint")
                    inputmode="decimal"
                    unit
                    short=true
                    optional=true
                />
                <Submit label=l.t("targets.flow.counter") kind="secondary" name="answer".to_owned() value="counter".to_owned()/>
            </details>
            <div class="form-actions">
                <Submit label=l.t("targets.flow.agree") name="answer".to_owned() value="agree".to_owned()/>
            </div>
        </Form>
    }
}

#[component]
fn Propose(id: String, version: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<ProposeTarget>()} id="propose" class="inline">
            <Hidden name="id" value=id/>
            <Hidden name="version" value=version/>
            <Submit label=l.t("targets.form.propose")/>
        </Form>
    }
}

#[component]
fn Settle(id: String, version: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<SettleTarget>()} id="settle">
            <Hidden name="id" value=id/>
            <Hidden name="version" value=version/>
            <TextArea name="comment" label=l.t("targets.flow.comment") rows=2 optional=true/>
            <Submit label=l.t("targets.flow.settle")/>
        </Form>
    }
}

#[component]
fn Record(id: String, version: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <details class="more" open=is_open("/api/targets/record")>
            <summary>{l.t("targets.flow.record_open")}</summary>
            <Form action={to::<RecordAgreement>()} id="record">
                <Hidden name="id" value=id/>
                <Hidden name="version" value=version/>
                <TextArea name="comment" label=l.t("targets.flow.record_comment") hint=l.t("targets.flow.record_hint") rows=2/>
                <Submit label=l.t("targets.flow.record") kind="secondary"/>
            </Form>
        </details>
    }
}

#[component]
fn Cancel(id: String, version: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <details class="more" open=is_open("/api/targets/cancel")>
            <summary>{l.t("targets.flow.cancel_open")}</summary>
            <Form action={to::<CancelTarget>()} id="cancel">
                <Hidden name="id" value=id/>
                <Hidden name="version" value=version/>
                <TextArea name="reason" label=l.t("targets.flow.cancel_reason") rows=2/>
                <Submit label=l.t("targets.flow.cancel") kind="danger"/>
            </Form>
        </details>
    }
}

//! What both pages of webhooks show: the small forms, and how a delivery stands.

use domain::ids::{DeliveryId, WebhookId};
use domain::webhook::Event;
use leptos::prelude::*;

use super::api::{
    DeliveryRow, PauseWebhook, RemoveWebhook, RenewWebhook, ResumeWebhook, SendWebhookAgain, TestWebhook,
};
use crate::i18n::{Texts, use_locale};
use crate::ui::*;

/// Where a webhook is sent and what it is told of; used inside a form, whose context gives back what was typed.
#[component]
pub(super) fn Choices(#[prop(optional)] url: String, #[prop(optional)] events: Vec<String>) -> impl IntoView {
    let l = use_locale();
    let boxes = Event::CHOICES.into_iter().map(|event| {
        let checked = events.iter().any(|code| code == event.code());
        let name = event.code().replace('.', "_");
        view! { <Checkbox name label=event_name(l, event.code()) hint=event.code() checked/> }
    });
    view! {
        <TextField name="url" label=l.t("webhooks.url") hint=l.t("webhooks.url_hint") kind="url" value=url/>
        <fieldset class="field choices">
            <legend class="field-label">{l.t("webhooks.events")}</legend>
            {boxes.collect_view()}
        </fieldset>
    }
}

/// An event in words.
pub(super) fn event_name(l: Texts, code: &str) -> String {
    l.t(&format!("webhooks.event.{}", code.replace('.', "_")))
}

/// How a delivery stands, with the answer or why there was none.
#[component]
pub(super) fn Said(delivery: DeliveryRow) -> impl IntoView {
    let l = use_locale();
    let state = delivery.state;
    let why = match (delivery.code, &delivery.fault) {
        (_, Some(fault)) => Some(l.t(&format!("webhooks.fault.{fault}"))),
        (Some(code), None) => Some(format!("HTTP {code}")),
        (None, None) => None,
    };
    view! {
        <span class=format!("state delivery-{}", state.code())>
            <span class="state-shape" aria-hidden="true">{state.shape()}</span>
            {l.t(&format!("webhooks.state.{}", state.code()))}
        </span>
        {why.map(|why| view! { " " <span class="soft">{why}</span> })}
    }
}

/// What can be done with a webhook without thinking twice.
#[component]
pub(super) fn Steps(id: WebhookId, is_active: bool) -> impl IntoView {
    let l = use_locale();
    let id = id.to_string();
    let (test, switch) = (id.clone(), id.clone());
    let switch = if is_active {
        view! {
            <Form action={to::<PauseWebhook>()} class="inline">
                <Hidden name="id" value=switch/>
                <Submit label=l.t("webhooks.pause") kind="secondary"/>
            </Form>
        }
        .into_any()
    } else {
        view! {
            <Form action={to::<ResumeWebhook>()} class="inline">
                <Hidden name="id" value=switch/>
                <Submit label=l.t("webhooks.resume") kind="primary"/>
            </Form>
        }
        .into_any()
    };
    let test = is_active.then(|| {
        view! {
            <Form action={to::<TestWebhook>()} class="inline">
                <Hidden name="id" value=test/>
                <Submit label=l.t("webhooks.test") kind="secondary"/>
            </Form>
        }
    });
    view! { <div class="row">{test} {switch}</div> }
}

/// What ends something: each in its dialog.
#[component]
pub(super) fn Ends(id: WebhookId) -> impl IntoView {
    let l = use_locale();
    let (renew, remove) = (id.to_string(), id.to_string());
    view! {
        <Dialog name="renew" title=l.t("webhooks.renew")>
            <Form action={to::<RenewWebhook>()}>
                <p>{l.t("webhooks.renew_text")}</p>
                <Hidden name="id" value=renew/>
                <Submit label=l.t("webhooks.renew")/>
            </Form>
        </Dialog>
        <Dialog name="remove" title=l.t("webhooks.remove")>
            <Form action={to::<RemoveWebhook>()}>
                <p>{l.t("webhooks.remove_text")}</p>
                <Hidden name="id" value=remove/>
                <Submit label=l.t("webhooks.remove") kind="danger"/>
            </Form>
        </Dialog>
    }
}

/// Sends something once more.
#[component]
pub(super) fn Again(id: WebhookId, delivery: DeliveryId, what: String) -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<SendWebhookAgain>()} id=delivery.to_string() class="inline">
            <Hidden name="id" value=id.to_string()/>
            <Hidden name="delivery" value=delivery.to_string()/>
            <button type="submit" class="button secondary">
                {l.t("webhooks.again")}
                <span class="visually-hidden">" " {what}</span>
            </button>
        </Form>
    }
}

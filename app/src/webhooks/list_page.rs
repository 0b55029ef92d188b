//! The page of webhooks: the list, and the form for a new one.

use leptos::prelude::*;

use super::api::{CreateWebhook, DeliveryRow, WebhookList, WebhookRow, list_webhooks};
use super::forms::{Choices, Said, event_name};
use crate::i18n::use_locale;
use crate::people::AdminTabs;
use crate::route::Route;
use crate::ui::address::here;
use crate::ui::*;

/// See the module.
#[component]
pub fn WebhooksPage() -> impl IntoView {
    loaded(list_webhooks(), move |page| view! { <Webhooks page/> })
}

#[component]
fn Webhooks(page: WebhookList) -> impl IntoView {
    let l = use_locale();
    let create = here().q("dialog", "webhook").href();
    view! {
        <PageHead title=l.t("webhooks.title") lead=l.t("webhooks.lead")>
            <ExportLinks of=Route::Webhooks.url()/>
            <ButtonLink href=create label=l.t("webhooks.open") kind="primary" icon=Glyph::Plus/>
        </PageHead>
        <AdminTabs current=Route::Webhooks/>
        <div class="stack">
            <List webhooks=page.webhooks/>
        </div>
        <Dialog name="webhook" title=l.t("webhooks.new")>
            <CreateForm/>
        </Dialog>
    }
}

#[component]
fn List(webhooks: Vec<(WebhookRow, Option<DeliveryRow>)>) -> impl IntoView {
    let l = use_locale();
    if webhooks.is_empty() {
        return view! { <EmptyState title=l.t("webhooks.none") text=l.t("webhooks.none_text")/> }.into_any();
    }
    let columns = vec![
        Column::text(l.t("webhooks.url")),
        Column::text(l.t("webhooks.events")),
        Column::text(l.t("webhooks.creator")),
        Column::text(l.t("webhooks.created")),
        Column::text(l.t("webhooks.latest")),
    ];
    let rows = webhooks.into_iter().map(|(webhook, latest)| view! { <Row webhook latest/> }).collect_view();
    view! {
        <Table caption=l.t("webhooks.title") columns quiet=true>
            {rows}
        </Table>
    }
    .into_any()
}

#[component]
fn Row(webhook: WebhookRow, latest: Option<DeliveryRow>) -> impl IntoView {
    let l = use_locale();
    let events = webhook.events.iter().map(|code| view! { <li>{event_name(l, code)}</li> }).collect_view();
    let tag = (!webhook.is_active).then(|| view! { " " <span class="tag">{l.t("webhooks.is_paused")}</span> });
    let latest = match latest {
        Some(delivery) => view! { <Said delivery=delivery.clone()/> " " {delivery.made.text(l)} }.into_any(),
        None => l.t("webhooks.nothing_yet").into_any(),
    };
    view! {
        <tr>
            <th scope="row"><a class="address" href=Route::Webhook(webhook.id).href()>{webhook.url}</a> {tag}</th>
            <td><ul class="plain">{events}</ul></td>
            <td>{webhook.creator}</td>
            <td>{webhook.created.text(l)}</td>
            <td>{latest}</td>
        </tr>
    }
}

#[component]
fn CreateForm() -> impl IntoView {
    let l = use_locale();
    view! {
        <Form action={to::<CreateWebhook>()}>
            <p class="soft">{l.t("webhooks.new_lead")}</p>
            <Choices/>
            <Submit label=l.t("webhooks.make")/>
        </Form>
    }
}

//! One webhook: what it is, what it was told, and what came of it.

use domain::ids::WebhookId;
use leptos::prelude::*;

use super::api::{DeliveryRow, DeliveryState, UpdateWebhook, WebhookView, see_webhook};
use super::forms::{Again, Choices, Ends, Said, Steps, event_name};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::{here, of_id};
use crate::ui::*;

/// See the module.
#[component]
pub fn WebhookPage() -> impl IntoView {
    loaded(of_id(see_webhook), |view| view! { <Content view/> })
}

#[component]
fn Content(view: WebhookView) -> impl IntoView {
    let l = use_locale();
    let WebhookView { webhook, deliveries, fresh } = view;
    let crumbs = vec![Crumb::new(l.t("webhooks.title"), Route::Webhooks.href())];
    let id = webhook.id;
    let dialog = |name: &str| here().q("dialog", name).href();
    let (change, renew, remove) = (dialog("change"), dialog("renew"), dialog("remove"));
    let events = webhook.events.iter().map(|code| event_name(l, code)).collect::<Vec<_>>().join(", ");
    let url = webhook.url.clone();
    let made = l.tf("webhooks.made", &[("who", &webhook.creator), ("when", &webhook.created.text(l))]);
    // What was just asked for is under way: the page follows it, unless it shows what it cannot show again.
    let waits = fresh.is_none() && webhook.is_active && deliveries.iter().any(|d| d.state == DeliveryState::Waiting);
    view! {
        <PageHead title=l.t("webhooks.one") lead=webhook.url.clone() crumbs>
            <ExportLinks of=Route::Webhook(id).url()/>
            <Steps id is_active=webhook.is_active/>
        </PageHead>
        <div class="stack" data-refresh=waits.then_some("2000")>
            {fresh.map(|fresh| view! {
                <ShowOnce
                    title=l.t("webhooks.fresh_title")
                    text=l.t("webhooks.fresh")
                    id="secret-text"
                    label=l.t("webhooks.secret")
                    value=fresh
                    copy=l.t("webhooks.copy")
                    copied=l.t("webhooks.copied")
                    note=l.t("webhooks.once")
                />
            })}
            {(!webhook.is_active).then(|| view! { <p role="note">{l.t("webhooks.paused_text")}</p> })}
            <p>{l.t("webhooks.events")} ": " {events} "." <br/> <span class="soft">{made}</span></p>
            <p class="row">
                <ButtonLink href=change label=l.t("webhooks.change")/>
                <ButtonLink href=renew label=l.t("webhooks.renew")/>
                <ButtonLink href=remove label=l.t("webhooks.remove")/>
            </p>
            <Deliveries id deliveries is_active=webhook.is_active/>
        </div>
        <Dialog name="change" title=l.t("webhooks.change")>
            <Form action={to::<UpdateWebhook>()}>
                <Hidden name="id" value=id.to_string()/>
                <Choices url events=webhook.events/>
                <Submit label=l.t("webhooks.save")/>
            </Form>
        </Dialog>
        <Ends id/>
    }
}

#[component]
fn Deliveries(id: WebhookId, deliveries: Vec<DeliveryRow>, is_active: bool) -> impl IntoView {
    let l = use_locale();
    if deliveries.is_empty() {
        return view! { <EmptyState title=l.t("webhooks.nothing_yet") text=l.t("webhooks.nothing_text")/> }.into_any();
    }
    let columns = vec![
        Column::text(l.t("webhooks.happened")),
        Column::text(l.t("webhooks.when")),
        Column::text(l.t("webhooks.stands")),
        Column::number(l.t("webhooks.attempts")),
        Column::text(l.t("webhooks.last_attempt")),
        Column::text(l.t("webhooks.next_attempt")),
        Column::unseen(l.t("webhooks.again")),
    ];
    let rows = deliveries.into_iter().map(|delivery| view! { <Delivery id delivery is_active/> }).collect_view();
    view! {
        <Table caption=l.t("webhooks.deliveries") columns>
            {rows}
        </Table>
        <p class="soft">{l.t("webhooks.kept")}</p>
    }
    .into_any()
}

#[component]
fn Delivery(id: WebhookId, delivery: DeliveryRow, is_active: bool) -> impl IntoView {
    let l = use_locale();
    let name = event_name(l, &delivery.event);
    let when = |at: &Option<crate::account::api::When>| at.as_ref().map_or_else(|| "–".to_owned(), |at| at.text(l));
    let what = format!("{name}, {}", delivery.made.text(l));
    let again = is_active.then(|| view! { <Again id delivery=delivery.id what/> });
    let answer = delivery.answer.clone().map(|text| {
        view! {
            <p>{l.t("webhooks.answer")}</p>
            <pre class="payload">{text}</pre>
        }
    });
    view! {
        <tr>
            <th scope="row">
                {name}
                <details id=format!("delivery-{}", delivery.id)>
                    <summary>{l.t("webhooks.content")}</summary>
                    <p><code>{delivery.id.to_string()}</code></p>
                    <pre class="payload">{delivery.payload.clone()}</pre>
                    {answer}
                </details>
            </th>
            <td>{delivery.made.text(l)}</td>
            <td><Said delivery=delivery.clone()/></td>
            <td class="num">{delivery.attempts}</td>
            <td>{when(&delivery.sent)}</td>
            <td>{when(&delivery.next)}</td>
            <td class="actions">{again}</td>
        </tr>
    }
}

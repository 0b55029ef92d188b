//! One deal: all its fields, whose credit it is, and the import it came from.

use domain::ids::FactId;
use leptos::prelude::*;

use super::api::{DealDetail, get_deal};
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::param;
use crate::ui::{ButtonLink, Column, Crumb, PageHead, Table, loaded};

/// See the module.
#[component]
pub fn DealPage() -> impl IntoView {
    let id = param("deal").unwrap_or_default();
    loaded(get_deal(id), move |deal| view! { <DealView deal/> })
}

#[component]
fn DealView(deal: DealDetail) -> impl IntoView {
    let l = use_locale();
    let crumbs = vec![Crumb::new(l.t("deals.name"), Route::Deals.href())];
    let lead = format!("{} · {}", deal.external_id, deal.status_word);
    let fields = deal.fields.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view();
    let correct = deal.may_change.then(|| Route::Fact("deals".to_owned(), FactId::new(deal.id.get())).href());
    let columns = vec![
        Column::text(l.t("deals.credit.person")),
        Column::number(l.t("deals.credit.share")),
        Column::number(l.t("deals.credit.amount")),
    ];
    let credits = deal
        .credits
        .into_iter()
        .map(|c| {
            let name =
                if c.href.is_empty() { c.name.into_any() } else { view! { <a href=c.href>{c.name}</a> }.into_any() };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="num">{c.share}</td>
                    <td class="num">{c.amount}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <PageHead title=deal.title lead crumbs>
            {correct.map(|href| view! { <ButtonLink href label=l.t("facts.correct")/> })}
        </PageHead>
        <div class="columns">
            <section class="card column-wide">
                <h2 class="card-title">{l.t("deals.fields")}</h2>
                <dl class="explain-terms">{fields}</dl>
            </section>
            <aside class="column-narrow">
                <section class="card">
                    <h2 class="card-title">{l.t("deals.credit.title")}</h2>
                    <Table caption=l.t("deals.credit.title") quiet=true columns>{credits}</Table>
                </section>
                <p class="soft">
                    {deal.updated}
                    {deal.import.map(|i| if i.href.is_empty() {
                        view! { " " {i.label} }.into_any()
                    } else {
                        view! { " " <a href=i.href>{i.label}</a> }.into_any()
                    })}
                </p>
            </aside>
        </div>
    }
}

//! One fact: what it is, what it was, correction and removal.

use domain::ids::FactId;
use leptos::prelude::*;

use super::api::{FactField, FactView, RemoveFact, SaveFact, see_fact};
use super::list_page::label;
use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::param;
use crate::ui::*;

/// One fact.
#[component]
pub fn FactPage() -> impl IntoView {
    let kind = param("kind").unwrap_or_default();
    let id: Option<FactId> = param("id").and_then(|id| id.parse().ok());
    let read = async move {
        match id {
            Some(id) => see_fact(kind, Some(id)).await,
            None => Err(ApiError::NotFound),
        }
    };
    loaded(read, |fact| view! { <Content fact/> })
}

/// The form for a new fact.
#[component]
pub fn NewFactPage() -> impl IntoView {
    loaded(see_fact(param("kind").unwrap_or_default(), None), |fact| view! { <Content fact/> })
}

#[component]
fn Content(fact: FactView) -> impl IntoView {
    let l = use_locale();
    let kind = fact.kind.clone();
    let kind_name = l.t(&format!("imports.kind.{kind}"));
    let crumbs = vec![Crumb::new(kind_name, Route::of_facts(&kind).href())];
    let title = match fact.id {
        Some(_) => {
            let named = |name: &str| fact.fields.iter().find(|f| f.name == name).map(|f| f.value.clone());
            ["external_id", "title", "campaign", "transaction", "measure", "metric", "currency", "customer", "person"]
                .into_iter()
                .find_map(|name| named(name).filter(|value| !value.is_empty()))
                .unwrap_or_else(|| l.t("facts.one"))
        }
        None => l.t("facts.new"),
    };
    let fields = fact.fields.clone();
    let form_kind = kind.clone();
    let history = fact.history.clone();
    let history_kind = kind.clone();
    let file = fact.id.map(|id| Route::Fact(kind.clone(), id).url());
    let remove = fact.id.map(|id| (id, kind.clone()));
    view! {
        <PageHead title crumbs>{file.map(|of| view! { <ExportLinks of/> })}</PageHead>
        <Card title=l.t(if fact.id.is_some() { "facts.correct" } else { "facts.new" })>
            <p class="soft">{l.t("facts.correct_text")}</p>
            <Form action={to::<SaveFact>()}>
                <Hidden name="kind" value=kind/>
                {fact.id.map(|id| view! { <Hidden name="id" value=id.to_string()/> })}
                <Hidden name="changed_at" value=fact.changed_at.to_string()/>
                // Made inside the form, whose context gives back what was typed.
                {fields.into_iter().map(|field| view! { <Field kind=form_kind.clone() field/> }).collect_view()}
                <Submit label=l.t("facts.save")/>
            </Form>
        </Card>
        {(!history.is_empty()).then(|| view! { <History kind=history_kind history/> })}
        {remove.map(|(id, kind)| view! { <Remove id kind/> })}
    }
}

#[component]
fn Field(kind: String, field: FactField) -> impl IntoView {
    let l = use_locale();
    let label = label(l, &kind, &field.name);
    let name = format!("fields[{}]", field.name);
    if field.choices.is_empty() {
        let kind = if field.is_date { "date" } else { "text" };
        return view! { <TextField name label kind value=field.value optional=!field.required/> }.into_any();
    }
    let mut options: Vec<Choice> =
        field.choices.iter().map(|c| Choice::new(c, l.t(&format!("imports.choice.{}.{c}", field.name)))).collect();
    if !field.required {
        options.insert(0, Choice::new("", l.t("facts.default")));
    }
    view! { <Select name label options value=field.value optional=!field.required/> }.into_any()
}

#[component]
fn History(kind: String, history: Vec<super::api::FactBefore>) -> impl IntoView {
    let l = use_locale();
    let heads = vec![
        Column::text(l.t("facts.changed_at")),
        Column::text(l.t("facts.changed_by")),
        Column::text(l.t("facts.before")),
    ];
    let rows = history
        .into_iter()
        .map(|change| {
            let before = change.before.into_iter().map(|(name, value)| {
                let value = if value.is_empty() { l.t("facts.blank") } else { value };
                let name = label(l, &kind, &name);
                view! { <li>{format!("{name}: {value}")}</li> }
            });
            view! {
                <tr>
                    <th scope="row">{change.at}</th>
                    <td>{change.by}</td>
                    <td><ul>{before.collect_view()}</ul></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Card title=l.t("facts.history")>
            <Table caption=l.t("facts.history") columns=heads quiet=true>{rows}</Table>
        </Card>
    }
}

#[component]
fn Remove(id: FactId, kind: String) -> impl IntoView {
    let l = use_locale();
    let open = Route::Fact(kind.clone(), id).url().q("dialog", "remove").href();
    view! {
        <ButtonLink href=open label=l.t("facts.remove")/>
        <Dialog name="remove" title=l.t("facts.remove_title")>
            <p>{l.t("facts.remove_text")}</p>
            <Form action={to::<RemoveFact>()}>
                <Hidden name="kind" value=kind/>
                <Hidden name="id" value=id.to_string()/>
                <Submit label=l.t("facts.remove") kind="danger"/>
            </Form>
        </Dialog>
    }
}

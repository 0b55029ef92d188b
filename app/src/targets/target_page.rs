//! One target: how it stands, what was agreed, and the form to change it.

use domain::ids::TargetId;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{get_target, target_form};
use super::data::{TargetFormView, TargetPage};
use super::detail::Detail;
use super::form::TargetForm;
use super::form_page::fields_in_address;
use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::{Crumb, ErrorView, PageHead, Skeleton};

/// See the module; `?edit=1` shows the form.
#[component]
pub fn TargetPageView() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<TargetId>().ok()));
    let query = use_query_map();
    let is_edit = Memo::new(move |_| query.read().get("edit").is_some());
    move || match id.get() {
        None => view! { <ErrorView error=ApiError::NotFound/> }.into_any(),
        Some(id) if is_edit.get() => view! { <Edit id/> }.into_any(),
        Some(id) => view! { <Show id/> }.into_any(),
    }
}

#[component]
fn Show(id: TargetId) -> impl IntoView {
    let target = Resource::new(move || id, get_target);
    view! {
        <Transition fallback=|| view! { <Skeleton lines=10/> }>
            {move || Suspend::new(async move {
                match target.await {
                    Ok(page) => view! { <Page page/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Page(page: TargetPage) -> impl IntoView {
    let l = use_locale();
    let title = format!("{}: {}", page.line.who, page.line.metric_name);
    let lead = l.tf("targets.page_lead", &[("value", &page.line.value), ("period", &page.line.period_label)]);
    let crumbs = vec![Crumb::new(l.t("targets.title"), Route::Targets)];
    view! {
        <PageHead title lead crumbs/>
        <Detail page/>
    }
}

#[component]
fn Edit(id: TargetId) -> impl IntoView {
    let fields = fields_in_address();
    let form = Resource::new(
        move || {
            let mut fields = fields.get();
            fields.id = id.to_string();
            fields
        },
        target_form,
    );
    view! {
        <Transition fallback=|| view! { <Skeleton lines=12/> }>
            {move || Suspend::new(async move {
                match form.await {
                    Ok(view) => view! { <Change view/> }.into_any(),
                    Err(error) => view! { <ErrorView error/> }.into_any(),
                }
            })}
        </Transition>
    }
}

#[component]
fn Change(view: TargetFormView) -> impl IntoView {
    let l = use_locale();
    let mut crumbs = vec![Crumb::new(l.t("targets.title"), Route::Targets)];
    crumbs.extend(view.id.map(|id| Crumb::new(l.t("targets.this"), Route::Target(id))));
    view! {
        <PageHead title=l.t("targets.change_title") lead=l.t("targets.change_lead") crumbs/>
        <TargetForm view/>
    }
}

//! One target: how it stands, what was agreed, and the form to change it.

use domain::ids::TargetId;
use leptos::prelude::*;

use super::api::{get_target, target_form};
use super::data::{TargetFields, TargetFormView, TargetPage};
use super::detail::Detail;
use super::form::TargetForm;
use super::form_page::fields_in_address;
use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::route::Route;
use crate::ui::address::{param, query};
use crate::ui::{Crumb, ErrorView, ExportLinks, PageHead, loaded};

/// See the module; `?edit=1` shows the form.
#[component]
pub fn TargetPageView() -> impl IntoView {
    let Some(id) = param("id").and_then(|id| id.parse::<TargetId>().ok()) else {
        return view! { <ErrorView error=ApiError::NotFound/> }.into_any();
    };
    if query("edit").is_empty() { view! { <Show id/> }.into_any() } else { view! { <Edit id/> }.into_any() }
}

#[component]
fn Show(id: TargetId) -> impl IntoView {
    loaded(get_target(id), move |page| view! { <Page page/> })
}

#[component]
fn Page(page: TargetPage) -> impl IntoView {
    let l = use_locale();
    let title = format!("{}: {}", page.line.who, page.line.metric_name);
    let lead = l.tf("targets.page_lead", &[("value", &page.line.value), ("period", &page.line.period_label)]);
    let crumbs = vec![Crumb::new(l.t("targets.title"), Route::Targets)];
    let of = Route::Target(page.line.id).url();
    view! {
        <PageHead title lead crumbs>
            <ExportLinks of/>
        </PageHead>
        <Detail page/>
    }
}

#[component]
fn Edit(id: TargetId) -> impl IntoView {
    let fields = TargetFields { id: id.to_string(), ..fields_in_address() };
    loaded(target_form(fields), move |view| view! { <Change view/> })
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

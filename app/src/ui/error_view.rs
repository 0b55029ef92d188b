//! What a page shows when its subject cannot be shown.

use leptos::prelude::*;

use crate::error::ApiError;
use crate::i18n::use_locale;
use crate::page::page_data;
use crate::route::Route;
use crate::ui::address::here;
use crate::ui::page_head::DocumentTitle;

/// An error in place of the page's subject; also sets the page's HTTP status. Whoever is not signed in
/// is sent to sign in and comes back.
#[component]
pub fn ErrorView(
    /// What went wrong.
    error: ApiError,
) -> impl IntoView {
    let l = use_locale();
    let signed_out = error == ApiError::Unauthenticated;
    // Who is signed out is redirected by the layout; a status would undo that.
    if !signed_out {
        error.set_status();
    }
    let reference = match &error {
        ApiError::Internal(id) if !id.is_empty() => Some(l.tf("error.reference", &[("id", id)])),
        _ => None,
    };
    // A page that has no field for a remark says it here.
    let remarks = match &error {
        ApiError::Invalid(all) => all.iter().map(|remark| view! { <p>{l.remark(remark)}</p> }).collect_view(),
        _ => Vec::new(),
    };
    let (class, label) =
        if signed_out { ("button primary", l.t("ui.sign_in")) } else { ("button secondary", l.t("ui.to_home")) };
    let way_out = if signed_out { Route::Login.url().q("next", here().href()).href() } else { Route::Home.href() };
    let title = l.t(error.key());
    let help = l.get(&format!("{}_help", error.key()));
    view! {
        <DocumentTitle text=title.clone()/>
        <section class="empty" role="alert">
            <h1 class="empty-title">{title}</h1>
            {help.map(|text| view! { <p>{text}</p> })}
            {remarks}
            {reference.map(|text| view! { <p class="soft">{text}</p> })}
            {signed_out.then(|| view! { <Typed/> })}
            <p>
                <a class=class href=way_out rel="external">{label}</a>
            </p>
        </section>
    }
}

/// What was typed in a form that came too late, to be taken along: without JavaScript the page that held it is gone.
#[component]
fn Typed() -> impl IntoView {
    let l = use_locale();
    let values = page_data().form.map(|form| form.values).unwrap_or_default();
    let typed = values.into_iter().map(|(_, value)| value).filter(|value| !value.trim().is_empty()).collect::<Vec<_>>();
    (!typed.is_empty()).then(|| {
        let text = typed.join("\n");
        view! {
            <p><label for="typed">{l.t("error.typed")}</label></p>
            <textarea class="input" id="typed" rows=8 readonly>{text}</textarea>
        }
    })
}

/// The page for an address that does not exist.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <ErrorView error=ApiError::NotFound/> }
}

/// An error of a side block: says so in its place and leaves the page's status alone.
#[component]
pub fn ErrorNote(
    /// What went wrong.
    error: ApiError,
) -> impl IntoView {
    let l = use_locale();
    view! { <p class="note-error" role="alert">{l.t(error.key())}</p> }
}

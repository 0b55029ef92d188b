//! Explain beside the page it was asked from.
//!
//! Every number links to its page under `/explain`. Where JavaScript runs, a click on such a link opens
//! the same content in a dialog instead: the address then says so (`?dialog=explain&explain=win_rate`), so
//! back closes it and a reload shows it again.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};

use super::api::{ExplainQuery, get_explanation};
use super::explain_page::ExplainView;
use crate::i18n::use_locale;
use crate::route::Url;
use crate::ui::{Dialog, ErrorNote, Skeleton, use_url};

/// Wraps the part of a page whose numbers open in the dialog.
#[component]
pub fn ExplainPanel(
    /// Whose numbers they are, if a person's.
    #[prop(optional, into)]
    person: String,
    /// Whose numbers they are, if a team's.
    #[prop(optional, into)]
    team: String,
    /// The period of the page.
    #[prop(optional, into)]
    period: String,
    /// The part of the page.
    children: Children,
) -> impl IntoView {
    let l = use_locale();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        let query = query.read();
        let metric = query.get("explain").filter(|_| query.get("dialog").is_some_and(|d| d == "explain"))?;
        Some(ExplainQuery {
            metric,
            person: query.get("who").unwrap_or_else(|| person.clone()),
            team: query.get("team").unwrap_or_else(|| team.clone()),
            period: query.get("period").unwrap_or_else(|| period.clone()),
        })
    });
    let answer = Resource::new(
        move || asked.get(),
        async |asked| match asked {
            Some(asked) => get_explanation(asked).await.map(Some),
            None => Ok(None),
        },
    );
    let (navigate, url) = (use_navigate(), use_url());
    let open = move |event: leptos::ev::MouseEvent| {
        if let Some(to) = dialog_address(untrack(url), &event) {
            event.prevent_default();
            navigate(&to, leptos_router::NavigateOptions { scroll: false, ..Default::default() });
        }
    };
    view! {
        <div class="explain-area" on:click=open>{children()}</div>
        <Dialog name="explain" title=l.t("explain.title")>
            <Transition fallback=|| view! { <Skeleton lines=8/> }>
                {move || Suspend::new(async move {
                    match answer.await {
                        Ok(Some(explanation)) => view! { <ExplainView explanation/> }.into_any(),
                        Ok(None) => ().into_any(),
                        Err(error) => view! { <ErrorNote error/> }.into_any(),
                    }
                })}
            </Transition>
        </Dialog>
    }
}

/// The address of the dialog, if a plain click went to a link to Explain.
#[cfg(feature = "hydrate")]
fn dialog_address(page: Url, event: &leptos::ev::MouseEvent) -> Option<String> {
    use wasm_bindgen::JsCast;
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let href = target.closest("a[href^='/explain/']").ok()??.get_attribute("href")?;
    let (path, rest) = href.split_once('?').unwrap_or((&href, ""));
    let metric = path.strip_prefix("/explain/")?;
    let who = rest.split('&').find_map(|pair| pair.strip_prefix("person=")).unwrap_or_default();
    Some(page.q("explain", metric).q("dialog", "explain").q("who", who).href())
}

#[cfg(not(feature = "hydrate"))]
fn dialog_address(_: Url, _: &leptos::ev::MouseEvent) -> Option<String> {
    None
}

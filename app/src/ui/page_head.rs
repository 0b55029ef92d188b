//! The top of a page: the way here, title, pickers, actions.

use leptos::prelude::*;
use leptos_meta::Title;

use crate::i18n::use_locale;

/// One stop on the way to this page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Its name.
    pub label: String,
    /// Its address.
    pub href: String,
}

impl Crumb {
    /// A stop.
    pub fn new(label: impl Into<String>, href: impl ToString) -> Self {
        Self { label: label.into(), href: href.to_string() }
    }
}

/// The document's title. It is written into the page as it is, so what could end it is escaped here.
#[component]
pub fn DocumentTitle(
    /// The page's title.
    text: String,
) -> impl IntoView {
    view! { <Title text=escaped(&text)/> }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// Title of page and document, with pickers and actions (the children) at the right.
#[component]
pub fn PageHead(
    /// The page's title.
    #[prop(into)]
    title: String,
    /// One sentence below.
    #[prop(optional, into)]
    lead: String,
    /// The way here, outermost first.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Pickers and actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <DocumentTitle text=title.clone()/>
        <header class="page-head">
            <div class="page-head-words">
                {(!crumbs.is_empty()).then(|| view! { <Breadcrumbs crumbs/> })}
                <h1>{title}</h1>
                {(!lead.is_empty()).then(|| view! { <p class="lead">{lead}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-head-tools">{children()}</div> })}
        </header>
    }
}

/// The way to this page, without the page itself.
#[component]
pub fn Breadcrumbs(
    /// Outermost first.
    crumbs: Vec<Crumb>,
) -> impl IntoView {
    let l = use_locale();
    let items = crumbs.into_iter().map(|c| view! { <li><a href=c.href>{c.label}</a></li> }).collect_view();
    view! {
        <nav class="crumbs" aria-label=l.t("ui.crumbs")>
            <ol>{items}</ol>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_cannot_end_the_title() {
        let text = super::escaped("R&D </title><meta http-equiv=refresh>");
        assert_eq!(text, "R&amp;D &lt;/title>&lt;meta http-equiv=refresh>");
    }
}

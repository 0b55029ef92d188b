//! The table of a page as a file.

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::route::Url;

/// Links to the page's table as CSV and XLSX, with its filters.
#[component]
pub fn ExportLinks(
    /// The page with its filters.
    of: Url,
) -> impl IntoView {
    let l = use_locale();
    let link = move |format: &'static str| {
        let name = format.to_uppercase();
        view! { <a class="button link" rel="external" href=of.export(format).href()>{name}</a> }
    };
    let (csv, xlsx) = (link.clone()("csv"), link("xlsx"));
    view! { <span class="row export" role="group" aria-label=l.t("export.label")>{csv}{xlsx}</span> }
}

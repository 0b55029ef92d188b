//! Pages of a long list.

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::ui::address::here;

/// "1–50 of 8 800" with links to the pages around; nothing at all when everything fits on one page.
#[component]
pub fn Pagination(
    /// Page shown, from 1.
    page: u32,
    /// Rows per page.
    per_page: u32,
    /// Rows there are.
    total: i64,
) -> impl IntoView {
    let l = use_locale();
    let per_page = i64::from(per_page.max(1));
    let page = i64::from(page.max(1));
    let pages = (total + per_page - 1) / per_page;
    (pages > 1).then(|| {
        let first = (page - 1) * per_page + 1;
        let last = (page * per_page).min(total);
        let count = |n| domain::format::count(l.locale(), n);
        let link = |to: i64, label: String, enabled: bool| {
            let to = if to <= 1 { String::new() } else { to.to_string() };
            let href = here().q("page", &to).href();
            if enabled {
                view! { <a class="button secondary" href=href>{label}</a> }.into_any()
            } else {
                view! { <span class="button secondary disabled" aria-hidden="true">{label}</span> }.into_any()
            }
        };
        view! {
            <nav class="pagination" aria-label=l.t("ui.pages")>
                {link(page - 1, l.t("ui.previous"), page > 1)}
                <span class="soft">{l.tf("ui.rows_of", &[("first", &count(first)), ("last", &count(last)), ("total", &count(total))])}</span>
                {link(page + 1, l.t("ui.next"), page < pages)}
            </nav>
        }
    })
}

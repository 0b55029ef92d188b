//! Grey shapes of the size of what is still coming; seen on navigation inside the browser only.

use leptos::prelude::*;

use crate::i18n::use_locale;

/// A block of grey lines.
#[component]
pub fn Skeleton(
    /// How many lines.
    #[prop(default = 3)]
    lines: usize,
    /// Draws a block of a chart's height above the lines.
    #[prop(optional)]
    chart: bool,
) -> impl IntoView {
    let l = use_locale();
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{l.t("ui.loading")}</span>
            {chart.then(|| view! { <span class="skeleton-chart"></span> })}
            {(0..lines).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
}

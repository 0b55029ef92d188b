//! Twelve months of one figure, with links to the other figures it can show.

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::ui::address::here;
use crate::ui::{Chart, ChartView, Tab, Tabs};

/// The chart and its tabs.
#[component]
pub fn Trend(
    /// The chart.
    chart: ChartView,
    /// What it can show: metric, name, whether it is this one.
    choices: Vec<(String, String, bool)>,
) -> impl IntoView {
    let l = use_locale();
    let tabs = choices
        .into_iter()
        .map(|(metric, label, current)| Tab { label, href: here().q("trend", metric).href(), current })
        .collect();
    view! {
        <section class="card trend">
            <h2 class="card-title">{l.t("scorecard.trend")}</h2>
            <Tabs label=l.t("scorecard.trend") tabs/>
            {if chart.option.is_empty() {
                view! { <p class="soft">{chart.summary}</p> }.into_any()
            } else {
                view! { <Chart chart/> }.into_any()
            }}
        </section>
    }
}

//! Who differs from whom: a dot with its interval on a scale that all rows of a table share.

use leptos::prelude::*;

use crate::ui::bullet::at;

/// The numbers of one row.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DotData {
    /// The value; `None` when it is not measurable.
    pub value: Option<f64>,
    /// Its interval, low to high.
    pub interval: Option<(f64, f64)>,
    /// The group's value, drawn as a line.
    pub group: Option<f64>,
    /// The target, drawn as a thick line.
    pub target: Option<f64>,
    /// The scale, the same for all rows.
    pub scale: (f64, f64),
    /// Whether it cannot be told apart from the group.
    pub unclear: bool,
    /// All of it in one sentence.
    pub label: String,
}

/// The dot with whiskers.
#[component]
pub fn DotWhisker(
    /// The numbers.
    data: DotData,
) -> impl IntoView {
    let (low, high) = data.scale;
    let span = if high > low { high - low } else { 1.0 };
    let x = move |value: f64| 4.0 + ((value - low) / span).clamp(0.0, 1.0) * 152.0;
    let label = data.label;
    view! {
        <svg class="dots" class:unclear=data.unclear viewBox="0 0 160 16" width="160" height="16" role="img">
            <title>{label}</title>
            <rect class="dots-axis" x="4" y="7.75" width="152" height="0.5"></rect>
            {data.group.map(|v| view! { <rect class="dots-group" x=at(x(v) - 0.5) y="1" width="1" height="14"></rect> })}
            {data.target.map(|v| view! { <rect class="dots-target" x=at(x(v) - 1.0) y="2" width="2" height="12"></rect> })}
            {data
                .interval
                .map(|(a, b)| view! { <rect class="dots-whisker" x=at(x(a)) y="7" width=at((x(b) - x(a)).max(1.0)) height="2"></rect> })}
            {data.value.map(|v| view! { <circle class="dots-dot" cx=at(x(v)) cy="8" r="4"></circle> })}
        </svg>
    }
}

//! How far towards the target: a bullet bar after Stephen Few.
//!
//! Drawn as SVG on the server; it has no style attributes, so the content policy can stay strict.

use leptos::prelude::*;

/// The numbers of a bullet bar, all on one scale.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct BulletData {
    /// What was reached; `None` when it is not measurable.
    pub actual: Option<f64>,
    /// The target.
    pub target: f64,
    /// Where it should be today.
    pub pace: Option<f64>,
    /// The stretch value.
    pub stretch: Option<f64>,
    /// The forecast, low to high.
    pub forecast: Option<(f64, f64)>,
    /// All of it in one sentence, for screen readers and as the tooltip.
    pub label: String,
}

impl BulletData {
    /// The end of the scale: a little beyond the largest mark.
    fn scale(&self) -> f64 {
        let marks = [self.actual, Some(self.target), self.pace, self.stretch, self.forecast.map(|f| f.1)];
        let most = marks.into_iter().flatten().fold(0.0_f64, f64::max);
        if most > 0.0 { most * 1.06 } else { 1.0 }
    }
}

/// A number as an SVG coordinate, the same text on both sides.
pub(crate) fn at(value: f64) -> String {
    format!("{:.2}", value.max(0.0))
}

/// An upright line that stays as thin however wide the bar is drawn.
fn mark(x: f64, from: u8, to: u8) -> String {
    format!("M{} {from}V{to}", at(x))
}

/// The bar; `state` (a key of `State`) colours it.
#[component]
pub fn BulletBar(
    /// The numbers.
    data: BulletData,
    /// CSS class behind `state-`.
    #[prop(optional, into)]
    state: String,
) -> impl IntoView {
    let x = {
        let scale = data.scale();
        move |value: f64| (value / scale * 200.0).clamp(0.0, 200.0)
    };
    let label = data.label.clone();
    view! {
        <svg class=format!("bullet state-{state}") viewBox="0 0 200 16" preserveAspectRatio="none" role="img">
            <title>{label}</title>
            <rect class="bullet-ground" x="0" y="3" width="200" height="10" rx="1"></rect>
            {data
                .forecast
                .map(|(low, high)| {
                    let (from, to) = (x(low), x(high));
                    view! { <rect class="bullet-forecast" x=at(from) y="6.5" width=at((to - from).max(1.0)) height="3"></rect> }
                })}
            {data.actual.map(|actual| view! { <rect class="bullet-actual" x="0" y="4.5" width=at(x(actual)) height="7"></rect> })}
            {data.stretch.map(|v| view! { <path class="bullet-stretch" vector-effect="non-scaling-stroke" d=mark(x(v), 3, 13)></path> })}
            {data.pace.map(|v| view! { <path class="bullet-pace" vector-effect="non-scaling-stroke" d=mark(x(v), 1, 15)></path> })}
            <path class="bullet-target" vector-effect="non-scaling-stroke" d=mark(x(data.target), 1, 15)></path>
        </svg>
    }
}

//! How it went over the last periods, as small as a word.

use leptos::prelude::*;

use crate::ui::bullet::at;

/// A line through 2 to 24 points; gaps where nothing was measurable; the last point is hollow while its
/// period still runs.
#[component]
pub fn Sparkline(
    /// Oldest first.
    points: Vec<Option<f64>>,
    /// What it shows, in words, for screen readers.
    #[prop(into)]
    label: String,
    /// Whether the last period still runs.
    #[prop(optional)]
    partial: bool,
) -> impl IntoView {
    let known = points.iter().flatten();
    let low = known.clone().copied().fold(f64::INFINITY, f64::min);
    let high = known.copied().fold(f64::NEG_INFINITY, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    #[expect(clippy::cast_precision_loss, reason = "at most a few dozen points")]
    let step = 96.0 / (points.len().saturating_sub(1).max(1)) as f64;
    let mut path = String::new();
    let mut pen_up = true;
    let mut last = None;
    for (i, point) in points.iter().enumerate() {
        let Some(value) = point else {
            pen_up = true;
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "at most a few dozen points")]
        let px = 2.0 + step * i as f64;
        let py = if high > low { 18.0 - (value - low) / span * 14.0 } else { 11.0 };
        path.push_str(if pen_up { "M" } else { "L" });
        path.push_str(&format!("{} {}", at(px), at(py)));
        pen_up = false;
        last = Some((px, py));
    }
    view! {
        <svg class="sparkline" viewBox="0 0 100 22" width="100" height="22" role="img">
            <title>{label}</title>
            <path d=path></path>
            {last.map(|(px, py)| view! { <circle class:hollow=partial cx=at(px) cy=at(py) r="2"></circle> })}
        </svg>
    }
}

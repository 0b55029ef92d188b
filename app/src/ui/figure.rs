//! A figure with what belongs to it: unit, n, interval, and the way to Explain.

use leptos::prelude::*;

use crate::i18n::use_locale;
use crate::ui::icon::{Glyph, Icon};

/// A figure as it is shown; all parts are formatted already.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FigureView {
    /// The value with its unit, or the words for "not measurable".
    pub value: String,
    /// How many cases, e.g. `57`.
    pub n: Option<String>,
    /// Interval, e.g. `52–76`.
    pub interval: Option<String>,
    /// Address of the explanation.
    pub explain: Option<String>,
    /// Whether there is no value, only a reason.
    pub missing: bool,
}

/// The figure in running text, a card or a table cell.
#[component]
pub fn Figure(
    /// What to show.
    figure: FigureView,
    /// The page's one large number.
    #[prop(optional)]
    large: bool,
    /// Name of the metric, for the name of the Explain link.
    #[prop(optional, into)]
    label: String,
) -> impl IntoView {
    let l = use_locale();
    let name = l.tf("ui.explain", &[("what", &label)]);
    view! {
        <span class="figure" class:large=large class:missing=figure.missing>
            <span class="figure-value">{figure.value}</span>
            {figure.interval.map(|interval| view! { <span class="figure-side">" ("{interval}")"</span> })}
            {figure.n.map(|n| view! { <span class="figure-side">" n\u{a0}=\u{a0}"{n}</span> })}
            {figure
                .explain
                .map(|href| view! { <a class="figure-info" href=href aria-label=name.clone() title=name><Icon glyph=Glyph::Info/></a> })}
        </span>
    }
}

/// Whether a change is for the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Verdict {
    /// Better.
    Better,
    /// Worse.
    Worse,
    /// The same.
    Same,
    /// Cannot be told apart from chance.
    Unclear,
}

/// A change against an earlier period or another group, in words ("+4 deals", "−2.1 pp").
#[component]
pub fn ChangeText(
    /// The change, formatted with its sign.
    #[prop(into)]
    text: String,
    /// What it means.
    verdict: Verdict,
) -> impl IntoView {
    let l = use_locale();
    let (class, key) = match verdict {
        Verdict::Better => ("change better", "change.better"),
        Verdict::Worse => ("change worse", "change.worse"),
        Verdict::Same => ("change", "change.same"),
        Verdict::Unclear => ("change unclear", "change.unclear"),
    };
    view! {
        <span class=class>
            {text}
            <span class="visually-hidden">" "{l.t(key)}</span>
        </span>
    }
}

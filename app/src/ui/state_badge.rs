//! How a target stands: shape, colour and word together, so that none carries the meaning alone.

use leptos::prelude::*;

use crate::i18n::use_locale;

/// How a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum State {
    /// Expected to be reached.
    OnTrack,
    /// Behind its pace, but reachable.
    AtRisk,
    /// Not to be reached as things go.
    OffTrack,
    /// Reached, but a guardrail is broken.
    GuardrailBroken,
    /// No value can be given.
    NotMeasurable,
    /// Too few cases to tell it from chance.
    TooFew,
    /// Reached.
    Reached,
    /// Ended without being reached.
    Missed,
    /// Its period has not begun.
    NotStarted,
    /// A guardrail's limit is kept.
    LimitKept,
    /// A guardrail's limit is passed.
    LimitBroken,
}

impl State {
    /// All states, for legends and the developers' page.
    pub const ALL: [Self; 11] = [
        Self::OnTrack,
        Self::AtRisk,
        Self::OffTrack,
        Self::GuardrailBroken,
        Self::NotMeasurable,
        Self::TooFew,
        Self::Reached,
        Self::Missed,
        Self::NotStarted,
        Self::LimitKept,
        Self::LimitBroken,
    ];

    /// The shape.
    pub fn shape(self) -> &'static str {
        match self {
            Self::OnTrack | Self::Reached | Self::LimitKept => "●",
            Self::AtRisk => "▲",
            Self::OffTrack | Self::Missed => "■",
            Self::GuardrailBroken | Self::LimitBroken => "◆",
            Self::NotMeasurable | Self::NotStarted => "○",
            Self::TooFew => "◌",
        }
    }

    /// Text key of the word, and CSS class behind `state-`.
    pub fn key(self) -> &'static str {
        match self {
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::GuardrailBroken => "guardrail_broken",
            Self::NotMeasurable => "not_measurable",
            Self::TooFew => "too_few",
            Self::Reached => "reached",
            Self::Missed => "missed",
            Self::NotStarted => "not_started",
            Self::LimitKept => "limit_kept",
            Self::LimitBroken => "limit_broken",
        }
    }
}

/// The state with its word.
#[component]
pub fn StateBadge(
    /// Which state.
    state: State,
) -> impl IntoView {
    let l = use_locale();
    view! {
        <span class=format!("state state-{}", state.key())>
            <span class="state-shape" aria-hidden="true">{state.shape()}</span>
            {l.t(&format!("state.{}", state.key()))}
        </span>
    }
}

//! The words for how a target goes.

use serde::{Deserialize, Serialize};

/// The verdict on a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// The period has not begun.
    NotStarted,
    /// As expected or better.
    OnTrack,
    /// Behind, but within what can still turn out well.
    AtRisk,
    /// Behind by more than luck.
    OffTrack,
    /// Met, and nothing broken.
    Reached,
    /// Met, but a guardrail is broken: not green.
    ReachedGuardrailBroken,
    /// The period has ended and it was not met.
    Missed,
    /// There is no figure.
    NotMeasurable,
    /// There is a figure, but it rests on too few facts to judge.
    TooFew,
}

impl Judgement {
    /// Stable code, the key in the locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::OnTrack => "on_track",
            Self::AtRisk => "at_risk",
            Self::OffTrack => "off_track",
            Self::Reached => "reached",
            Self::ReachedGuardrailBroken => "reached_guardrail_broken",
            Self::Missed => "missed",
            Self::NotMeasurable => "not_measurable",
            Self::TooFew => "too_few",
        }
    }
}

/// Why the verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The period begins later.
    PeriodAhead,
    /// The value is met at the end, or a growing total passed it already.
    ValueMet,
    /// Met or on track, but a guardrail is broken.
    GuardrailBroken,
    /// The period ended short of the value.
    PeriodEnded,
    /// There is no figure; the outcome says why.
    NoFigure,
    /// Fewer facts than the organisation's minimum.
    FewFacts,
    /// At or ahead of the pace line.
    AheadOfPace,
    /// Behind the pace line, but the forecast's band holds the target.
    BehindPaceWithinBand,
    /// Behind the pace line by less than a tenth.
    SlightlyBehindPace,
    /// Behind the pace line, and the forecast stays short.
    BehindPace,
    /// A limit that may not be passed has been passed.
    LimitPassed,
    /// On the good side, and the interval too.
    ClearlyGood,
    /// On the good side, but the interval holds the target.
    GoodWithinNoise,
    /// On the bad side, but the interval holds the target.
    BadWithinNoise,
    /// On the bad side, and the interval too.
    ClearlyBad,
}

impl Reason {
    /// Stable code, the key in the locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PeriodAhead => "period_ahead",
            Self::ValueMet => "value_met",
            Self::GuardrailBroken => "guardrail_broken",
            Self::PeriodEnded => "period_ended",
            Self::NoFigure => "no_figure",
            Self::FewFacts => "few_facts",
            Self::AheadOfPace => "ahead_of_pace",
            Self::BehindPaceWithinBand => "behind_pace_within_band",
            Self::SlightlyBehindPace => "slightly_behind_pace",
            Self::BehindPace => "behind_pace",
            Self::LimitPassed => "limit_passed",
            Self::ClearlyGood => "clearly_good",
            Self::GoodWithinNoise => "good_within_noise",
            Self::BadWithinNoise => "bad_within_noise",
            Self::ClearlyBad => "clearly_bad",
        }
    }
}

//! SMART targets: what is agreed, whether it is well put, and how it goes.

mod attainment;
mod definition;
mod draft;
mod forecast;
mod linter;
mod pace;
mod progress;
mod smart;
mod status;
mod verdict;

use serde::{Deserialize, Serialize};

pub use attainment::{attainment, gap, part_there, prorate, prorate_to, score, weights_by_value};
pub use definition::Definition;
pub use draft::{MilestoneDraft, Partial, TargetDraft, input_text};
pub use forecast::{Forecast, forecast_rate, forecast_total};
pub use linter::{LintContext, Remark, lint};
pub use pace::{Distribution, TargetPart, distributed, expected_share, expected_share_of_part, monthly_parts};
pub use progress::{GuardrailReading, Progress, ProgressInput, progress};
pub use smart::{Achievability, Evidence, Letter, LetterCheck, Missing, Past, check};
pub use status::Status;
pub use verdict::{Judgement, Reason};

use crate::{Date, Micros, ObjectiveId, Period, PersonId, Ratio, TeamId};

/// What a target asks of its metric. Equality counts as reached in every direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// At least the value by the end of the period.
    Reach,
    /// Not below the value.
    StayAbove,
    /// Not above the value.
    StayBelow,
    /// Come down to at most the value by the end of the period.
    ReachAtMost,
}

impl Direction {
    /// All.
    pub const ALL: [Self; 4] = [Self::Reach, Self::StayAbove, Self::StayBelow, Self::ReachAtMost];

    /// Stable code, as in forms and the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reach => "reach",
            Self::StayAbove => "stay_above",
            Self::StayBelow => "stay_below",
            Self::ReachAtMost => "reach_at_most",
        }
    }

    /// The inverse of [`Direction::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }

    /// Whether more is better under this direction.
    pub const fn is_up(self) -> bool {
        match self {
            Self::Reach | Self::StayAbove => true,
            Self::StayBelow | Self::ReachAtMost => false,
        }
    }

    /// Whether a value meets the target; equal is met.
    pub fn is_met(self, actual: Ratio, target: Ratio) -> bool {
        if self.is_up() { actual >= target } else { actual <= target }
    }
}

/// Whose target it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "level", content = "id", rename_all = "snake_case")]
pub enum Who {
    /// The organisation's.
    Organisation,
    /// A team's.
    Team(TeamId),
    /// A person's.
    Person(PersonId),
}

impl Who {
    /// `organisation`, `team` or `person`.
    pub const fn level(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Team(_) => "team",
            Self::Person(_) => "person",
        }
    }
}

/// A counter-metric and its limit: the target does not count as well reached when this one breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardrail {
    /// Id of the counter-metric.
    pub metric: String,
    /// On which side of the limit it must stay.
    pub direction: Direction,
    /// The limit in the metric's unit (a share, units of money, days …).
    pub limit: Micros,
}

/// A value to be reached on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// By this day.
    pub day: Date,
    /// This value, in the metric's unit.
    pub value: Micros,
}

/// A target. Values are in the metric's unit: 0.35 is 35 %, 84000 is money in whole units, each exact to
/// six decimals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Id of the metric.
    pub metric: String,
    /// Whose it is.
    pub who: Who,
    /// From when until when.
    pub period: Period,
    /// What is asked.
    pub direction: Direction,
    /// Where one starts from.
    pub baseline: Option<Micros>,
    /// What is to be reached.
    pub value: Micros,
    /// What would be splendid.
    pub stretch: Option<Micros>,
    /// Values on the way.
    pub milestones: Vec<Milestone>,
    /// How it is spread over the period.
    pub distribution: Distribution,
    /// The objective it serves.
    pub objective: Option<ObjectiveId>,
    /// Why it matters.
    pub why: String,
    /// Counter-metrics.
    pub guardrails: Vec<Guardrail>,
    /// Share of the scorecard in percent, 0..=100.
    pub weight: u8,
    /// A goal that the person set for themselves.
    pub is_personal: bool,
}

impl Target {
    /// The value as an exact number in the metric's unit.
    pub fn exact_value(&self) -> Ratio {
        self.value.to_ratio()
    }
}

#[cfg(test)]
mod tests;

//! The life of a target.

use serde::{Deserialize, Serialize};

use crate::{Date, Outcome, Period};

/// Where a target stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being written; only its author sees it.
    Draft,
    /// Put to the person.
    Proposed,
    /// Agreed by the person.
    Agreed,
    /// Agreed, and its period has begun.
    Running,
    /// Ended and met.
    Reached,
    /// Ended and not met.
    Missed,
    /// Withdrawn.
    Cancelled,
}

impl Status {
    /// All.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Proposed, Self::Agreed, Self::Running, Self::Reached, Self::Missed, Self::Cancelled];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::Running => "running",
            Self::Reached => "reached",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The inverse of [`Status::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }

    /// The statuses that may follow.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Draft => &[Self::Proposed, Self::Cancelled],
            // A counter-proposal keeps it proposed; taking it back makes it a draft again.
            Self::Proposed => &[Self::Proposed, Self::Draft, Self::Agreed, Self::Cancelled],
            // A change of what was agreed must be agreed again.
            Self::Agreed => &[Self::Proposed, Self::Running, Self::Reached, Self::Missed, Self::Cancelled],
            Self::Running => &[Self::Proposed, Self::Reached, Self::Missed, Self::Cancelled],
            Self::Reached | Self::Missed | Self::Cancelled => &[],
        }
    }

    /// Whether this may become that.
    pub fn may_become(self, next: Self) -> bool {
        self.next().contains(&next)
    }

    /// Whether nothing can follow.
    pub const fn is_final(self) -> bool {
        self.next().is_empty()
    }

    /// What time makes of it: an agreed target runs once its period has begun and is closed once it has
    /// ended, even if nothing changed. What was never agreed stays what it is. Not measurable at the end
    /// is missed: nothing shows that it was met.
    pub fn on_day(self, today: Date, period: Period, met: &Outcome<bool>) -> Self {
        match self {
            Self::Agreed | Self::Running if today >= period.to() => match met {
                Outcome::Value(true) => Self::Reached,
                Outcome::Value(false) | Outcome::NotMeasurable(_) => Self::Missed,
            },
            Self::Agreed if today >= period.from() => Self::Running,
            Self::Draft
            | Self::Proposed
            | Self::Agreed
            | Self::Running
            | Self::Reached
            | Self::Missed
            | Self::Cancelled => self,
        }
    }
}

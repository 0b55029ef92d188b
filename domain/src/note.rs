//! Notes: the words beside the numbers. A note is never summed into a rank.

mod snapshot;

use serde::{Deserialize, Serialize};

pub use snapshot::Snapshot;

use crate::field::FieldError;
use crate::metric::{Metric, catalogue};
use crate::policy::Visibility;
use crate::{Calendar, Period};

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// The relationship with customers.
    Relationship,
    /// How well customers are served.
    ServiceQuality,
    /// Working together.
    Collaboration,
    /// Doing the right thing.
    Ethics,
    /// What was learned.
    Learning,
    /// What happened around the numbers.
    Context,
    /// Thanks.
    Recognition,
    /// Something worth copying.
    BestPractice,
}

impl NoteKind {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Relationship,
        Self::ServiceQuality,
        Self::Collaboration,
        Self::Ethics,
        Self::Learning,
        Self::Context,
        Self::Recognition,
        Self::BestPractice,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Relationship => "relationship",
            Self::ServiceQuality => "service_quality",
            Self::Collaboration => "collaboration",
            Self::Ethics => "ethics",
            Self::Learning => "learning",
            Self::Context => "context",
            Self::Recognition => "recognition",
            Self::BestPractice => "best_practice",
        }
    }

    /// The inverse of [`NoteKind::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.code() == code)
    }
}

/// An answer of 1 to 5, shown in words (`rubric.<n>`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Rubric(u8);

impl Rubric {
    /// `None` outside 1..=5.
    pub fn new(answer: u8) -> Option<Self> {
        (1..=5).contains(&answer).then_some(Self(answer))
    }

    /// 1 to 5.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Rubric {
    type Error = &'static str;
    fn try_from(n: u8) -> Result<Self, Self::Error> {
        Self::new(n).ok_or("an answer is 1 to 5")
    }
}

impl From<Rubric> for u8 {
    fn from(r: Rubric) -> u8 {
        r.0
    }
}

/// Longest text of what was seen, in characters.
pub const MAX_EVIDENCE: usize = 4000;

/// A note as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteDraft {
    /// Code of a [`NoteKind`].
    pub kind: String,
    /// What was seen.
    pub evidence: String,
    /// `1` to `5`, or blank.
    pub rubric: String,
    /// Code of a [`Visibility`].
    pub visibility: String,
    /// Id of the metric it is about, or blank.
    pub metric: String,
    /// Name of the period it is about, or blank.
    pub period: String,
}

/// A note that can be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it is about.
    pub kind: NoteKind,
    /// What was seen.
    pub evidence: String,
    /// The answer of 1 to 5.
    pub rubric: Option<Rubric>,
    /// Who may read it.
    pub visibility: Visibility,
    /// The metric it is about; then the server adds a [`Snapshot`].
    pub metric: Option<&'static Metric>,
    /// The period it is about.
    pub period: Option<Period>,
}

impl NoteDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// One remark for each field that is missing or wrong.
    pub fn parse(&self, calendar: &Calendar) -> Result<Note, Vec<FieldError>> {
        let mut errors = Vec::new();
        let evidence = self.evidence.trim();
        if evidence.is_empty() {
            errors.push(FieldError::new("evidence", "required"));
        } else if evidence.chars().count() > MAX_EVIDENCE {
            errors.push(FieldError::new("evidence", "too_long").arg("max", MAX_EVIDENCE));
        }
        let kind = NoteKind::from_code(self.kind.trim());
        if kind.is_none() {
            errors.push(FieldError::new("kind", "required"));
        }
        let visibility = Visibility::from_code(self.visibility.trim());
        if visibility.is_none() {
            errors.push(FieldError::new("visibility", "required"));
        }
        let rubric = match self.rubric.trim() {
            "" => None,
            text => {
                let read = text.parse().ok().and_then(Rubric::new);
                if read.is_none() {
                    errors.push(FieldError::new("rubric", "rubric_range"));
                }
                read
            }
        };
        let metric = match self.metric.trim() {
            "" => None,
            id => {
                let found = catalogue::find(id);
                if found.is_none() {
                    errors.push(FieldError::new("metric", "unknown_metric"));
                }
                found
            }
        };
        let period = match self.period.trim() {
            "" => None,
            text => Period::parse(text, calendar).map_err(|e| errors.push(FieldError::new("period", e.code()))).ok(),
        };
        match (kind, visibility) {
            (Some(kind), Some(visibility)) if errors.is_empty() => {
                Ok(Note { kind, evidence: evidence.to_owned(), rubric, visibility, metric, period })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests;

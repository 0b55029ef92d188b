//! What figures can be broken down by.

use domain::Grain;

use crate::query::column::TextColumn;

/// What figures can be broken down by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// The person credited.
    Person,
    /// The team that the person was in on the fact's date.
    Team,
    /// The person's direct manager on that date.
    Manager,
    /// Parts of the period.
    Time(Grain),
    /// A text column of the facts.
    Text(TextColumn),
}

impl Dimension {
    /// Name, as on the command line and in the API.
    pub fn name(&self) -> &str {
        match self {
            Self::Person => "person",
            Self::Team => "team",
            Self::Manager => "manager",
            Self::Time(grain) => grain.code(),
            Self::Text(column) => column.name(),
        }
    }

    /// All but columns of the organisation's own, in the order in which help lists them.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::Person, Self::Team, Self::Manager];
        all.extend(Grain::ALL.map(Self::Time));
        all.extend(TextColumn::ALL.iter().cloned().map(Self::Text));
        all
    }

    /// The dimension of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        let known = Self::all().into_iter().find(|d| d.name() == name);
        known.or_else(|| TextColumn::from_name(name).map(Self::Text))
    }

    /// Whether it divides the period.
    pub fn is_time(&self) -> bool {
        matches!(self, Self::Time(_))
    }

    /// Whether it tells people apart.
    pub(super) fn needs_person(&self) -> bool {
        matches!(self, Self::Person | Self::Team | Self::Manager)
    }
}

//! Objectives: the tree that targets hang under. Organisation → team → person, one parent each, no cycles.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ObjectiveId;
use crate::field::FieldError;
pub use crate::metric::Perspective;

/// How far ahead an objective looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Horizon {
    /// Within the year.
    Short,
    /// Beyond it.
    Long,
}

impl Horizon {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Short, Self::Long];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Long => "long",
        }
    }

    /// The inverse of [`Horizon::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|h| h.code() == code)
    }
}

/// Whose objective it is; ordered from wide to narrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The organisation's.
    Organisation,
    /// A team's.
    Team,
    /// A person's.
    Person,
}

impl Level {
    /// All, from wide to narrow.
    pub const ALL: [Self; 3] = [Self::Organisation, Self::Team, Self::Person];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Team => "team",
            Self::Person => "person",
        }
    }

    /// The inverse of [`Level::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.code() == code)
    }

    /// Whether an objective of this level may hang under one of that. Teams form a tree, so a team's may
    /// hang under another team's; people's do not hang under each other.
    pub const fn may_hang_under(self, parent: Self) -> bool {
        match (self, parent) {
            (Self::Organisation | Self::Team | Self::Person, Self::Organisation)
            | (Self::Team | Self::Person, Self::Team) => true,
            (Self::Organisation, Self::Team) | (Self::Organisation | Self::Team | Self::Person, Self::Person) => false,
        }
    }
}

/// An objective in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its parent, if any.
    pub parent: Option<ObjectiveId>,
    /// Whose it is.
    pub level: Level,
}

/// Why an objective cannot hang where it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The parent does not exist.
    #[error("no such objective")]
    UnknownParent,
    /// The parent is the objective itself or hangs under it.
    #[error("an objective cannot hang under itself")]
    Cycle,
    /// A wide objective cannot hang under a narrow one.
    #[error("organisation, then team, then person")]
    LevelOrder,
}

impl TreeError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownParent => "unknown_parent",
            Self::Cycle => "objective_cycle",
            Self::LevelOrder => "objective_level_order",
        }
    }
}

/// Whether an objective may hang under a parent, given all that exist. For a new one its id is not in the tree.
///
/// # Errors
/// [`TreeError`].
pub fn check_parent(
    tree: &BTreeMap<ObjectiveId, Node>,
    id: ObjectiveId,
    level: Level,
    parent: Option<ObjectiveId>,
) -> Result<(), TreeError> {
    let Some(parent) = parent else { return Ok(()) };
    let mut seen = BTreeSet::from([id]);
    let mut at = Some(parent);
    while let Some(current) = at {
        if !seen.insert(current) {
            return Err(TreeError::Cycle);
        }
        at = tree.get(&current).ok_or(TreeError::UnknownParent)?.parent;
    }
    let above = tree.get(&parent).ok_or(TreeError::UnknownParent)?;
    let below = tree.values().filter(|n| n.parent == Some(id));
    if !level.may_hang_under(above.level) || below.into_iter().any(|n| !n.level.may_hang_under(level)) {
        return Err(TreeError::LevelOrder);
    }
    Ok(())
}

/// Longest title, in characters.
const MAX_TITLE: usize = 200;
/// Longest explanation, in characters.
const MAX_WHY: usize = 2000;

/// An objective as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectiveDraft {
    /// What is to be achieved.
    pub title: String,
    /// Why.
    pub why: String,
    /// Code of a [`Horizon`].
    pub horizon: String,
    /// Code of a [`Perspective`].
    pub perspective: String,
}

/// An objective's words and kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objective {
    /// What is to be achieved.
    pub title: String,
    /// Why.
    pub why: String,
    /// How far ahead it looks.
    pub horizon: Horizon,
    /// Perspective of the balanced scorecard.
    pub perspective: Perspective,
}

impl ObjectiveDraft {
    /// Reads the form.
    ///
    /// # Errors
    /// One remark for each field that is missing or wrong.
    pub fn parse(&self) -> Result<Objective, Vec<FieldError>> {
        let mut errors = Vec::new();
        let (title, why) = (self.title.trim(), self.why.trim());
        if title.is_empty() {
            errors.push(FieldError::new("title", "required"));
        }
        for (field, text, most) in [("title", title, MAX_TITLE), ("why", why, MAX_WHY)] {
            if text.chars().count() > most {
                errors.push(FieldError::new(field, "too_long").arg("max", most));
            }
        }
        let horizon = Horizon::from_code(self.horizon.trim());
        let perspective = Perspective::from_code(self.perspective.trim());
        if horizon.is_none() {
            errors.push(FieldError::new("horizon", "required"));
        }
        if perspective.is_none() {
            errors.push(FieldError::new("perspective", "required"));
        }
        match (horizon, perspective) {
            (Some(horizon), Some(perspective)) if errors.is_empty() => {
                Ok(Objective { title: title.to_owned(), why: why.to_owned(), horizon, perspective })
            }
            _ => Err(errors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: i64) -> ObjectiveId {
        ObjectiveId::new(n)
    }

    fn tree() -> BTreeMap<ObjectiveId, Node> {
        BTreeMap::from([
            (id(1), Node { parent: None, level: Level::Organisation }),
            (id(2), Node { parent: Some(id(1)), level: Level::Team }),
            (id(3), Node { parent: Some(id(2)), level: Level::Team }),
            (id(4), Node { parent: Some(id(3)), level: Level::Person }),
        ])
    }

    #[test]
    fn no_cycles_and_the_order_of_levels() {
        let t = tree();
        assert_eq!(check_parent(&t, id(5), Level::Person, Some(id(3))), Ok(()));
        assert_eq!(check_parent(&t, id(5), Level::Person, None), Ok(()));
        assert_eq!(check_parent(&t, id(2), Level::Team, Some(id(3))), Err(TreeError::Cycle));
        assert_eq!(check_parent(&t, id(2), Level::Team, Some(id(2))), Err(TreeError::Cycle));
        assert_eq!(check_parent(&t, id(5), Level::Team, Some(id(9))), Err(TreeError::UnknownParent));
        assert_eq!(check_parent(&t, id(5), Level::Organisation, Some(id(2))), Err(TreeError::LevelOrder));
        assert_eq!(check_parent(&t, id(5), Level::Person, Some(id(4))), Err(TreeError::LevelOrder));
        // A team's objective that has a team's below it cannot become a person's.
        assert_eq!(check_parent(&t, id(2), Level::Person, Some(id(1))), Err(TreeError::LevelOrder));
    }

    #[test]
    fn a_form_is_read_or_remarked_on() {
        let draft = ObjectiveDraft {
            title: " Grow ".into(),
            horizon: "long".into(),
            perspective: "customer".into(),
            ..Default::default()
        };
        assert_eq!(draft.parse().unwrap().title, "Grow");
        assert_eq!(ObjectiveDraft::default().parse().unwrap_err().len(), 3);
    }
}

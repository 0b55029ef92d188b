//! The tree of objectives and the form for a new one.

use domain::ids::ObjectiveId;
use serde::{Deserialize, Serialize};

use super::Pair;

/// One objective in the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveView {
    /// The objective.
    pub id: ObjectiveId,
    /// What is to be reached.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// Whose it is, by name; empty for the organisation's.
    pub who: String,
    /// `organisation`, `team` or `person`.
    pub level: String,
    /// `short` or `long`.
    pub horizon: String,
    /// Perspective of the balanced scorecard.
    pub perspective: String,
    /// How deep it hangs in the tree.
    pub depth: u32,
    /// Targets under it.
    pub targets: u32,
    /// Whether the reader may archive it.
    pub may_archive: bool,
}

/// The tree of objectives with what can be chosen for a new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveTree {
    /// Parents before their children.
    pub objectives: Vec<ObjectiveView>,
    /// For whom the reader may make one, as (value, words); empty when they may not.
    pub who: Vec<Pair>,
}

/// A new objective as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ObjectiveFields {
    /// What is to be reached.
    pub title: String,
    /// Why it matters.
    pub why: String,
    /// `organisation`, `team:…` or `person:…`.
    pub who: String,
    /// Objective above it; empty for none.
    pub parent: String,
    /// `short` or `long`.
    pub horizon: String,
    /// Perspective.
    pub perspective: String,
}

//! The data of the pages of facts.

use std::collections::{BTreeMap, HashMap};

use domain::ids::FactId;
use serde::{Deserialize, Serialize};

/// Which facts are asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FactsQuery {
    /// Kind of fact.
    pub kind: String,
    /// Only facts with this in a text.
    pub search: String,
    /// First day, `2026-01-31`; empty is any.
    pub from: String,
    /// Last day; empty is any.
    pub to: String,
    /// Only facts of this person; empty is anybody's.
    pub person: String,
    /// Only facts of the people of this team, by where they were on a fact's day; empty is anybody's.
    pub team: String,
    /// Only facts with these values, by the names of columns; `-` is nothing.
    pub filters: BTreeMap<String, String>,
    /// Place after which the page starts.
    pub after: String,
}

/// A filter that a list offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactFilter {
    /// Name in the address: that of a column in files, or `team`.
    pub name: String,
    /// What is chosen; empty is anything.
    pub value: String,
    /// What can be chosen, as (value, text).
    pub options: Vec<(String, String)>,
}

/// A page of facts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactList {
    /// What was asked.
    pub query: FactsQuery,
    /// Name of the person or team whose facts are asked for; empty when it is everybody.
    pub whose: String,
    /// Filters that can be set.
    pub filters: Vec<FactFilter>,
    /// Whether the reader brings facts in.
    pub may_add: bool,
    /// Columns that have a value on this page, by their names in files.
    pub columns: Vec<String>,
    /// Whether a column holds numbers.
    pub numeric: Vec<bool>,
    /// The facts.
    pub rows: Vec<FactRow>,
    /// Where the next page starts.
    pub next: Option<String>,
}

/// One fact of a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactRow {
    /// The fact.
    pub id: FactId,
    /// Whether the reader may correct it.
    pub may_change: bool,
    /// One text per column; empty where there is none.
    pub cells: Vec<String>,
}

/// A field of a fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactField {
    /// Name in files.
    pub name: String,
    /// What stands in it.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Our own values, where only those are allowed.
    pub choices: Vec<String>,
    /// Whether it is a date.
    pub is_date: bool,
}

/// One fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactView {
    /// Kind of fact.
    pub kind: String,
    /// The fact; none of one that is to be made.
    pub id: Option<FactId>,
    /// Its fields.
    pub fields: Vec<FactField>,
    /// Moment of the last change, which a correction must know.
    pub changed_at: i64,
    /// What it was before, newest first.
    pub history: Vec<FactBefore>,
}

/// What a fact was before a change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactBefore {
    /// Day and time of the change.
    pub at: String,
    /// Who or which file changed it; empty if that is not known any more.
    pub by: String,
    /// Name of a field with what stood in it before.
    pub before: Vec<(String, String)>,
}

/// A fact as it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FactInput {
    /// Kind of fact.
    pub kind: String,
    /// The fact; none makes a new one.
    pub id: Option<FactId>,
    /// Moment of the change that the form was made from.
    pub changed_at: i64,
    /// Values by name.
    pub fields: HashMap<String, String>,
}

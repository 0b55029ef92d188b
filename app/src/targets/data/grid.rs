//! The yearly grid: what each person is to reach on a KPI in each month.

use std::collections::HashMap;

use domain::ids::PersonId;
use serde::{Deserialize, Serialize};

/// Which grid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GridQuery {
    /// The year; empty is the current one.
    pub year: String,
    /// KPI of the catalogue; empty is revenue.
    pub kpi: String,
    /// Only people of this team or one below it; empty is everybody.
    pub team: String,
    /// How many people stand on the pages before.
    pub skip: String,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridCell {
    /// Name of its field, `pPERSON-2017-03`.
    pub name: String,
    /// What is to be reached, as it is typed; empty is no target.
    pub value: String,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridRow {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Twelve months.
    pub cells: Vec<GridCell>,
    /// Their sum, of a KPI that adds up.
    pub sum: String,
}

/// The grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridView {
    /// What is shown, with nothing left open.
    pub query: GridQuery,
    /// Years that can be chosen.
    pub years: Vec<String>,
    /// KPIs that can be chosen, as (id, name).
    pub kpis: Vec<(String, String)>,
    /// Teams that can be chosen, as (id, path).
    pub teams: Vec<(String, String)>,
    /// Code of the unit.
    pub unit: String,
    /// Twelve months in words.
    pub months: Vec<String>,
    /// The people of this page.
    pub rows: Vec<GridRow>,
    /// Sums of all people by month and over the year, of a KPI that adds up; else empty.
    pub sums: Vec<String>,
    /// How many people there are in all.
    pub people: u32,
    /// Where the next page starts.
    pub next: Option<u32>,
}

/// A grid as it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GridInput {
    /// Which one.
    pub query: GridQuery,
    /// What stands in the cells, by their names.
    pub cells: HashMap<String, String>,
    /// What stood in them when the page was made: what is the same is no change.
    pub before: HashMap<String, String>,
}

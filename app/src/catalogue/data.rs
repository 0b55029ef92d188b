//! What the catalogue shows. The server words everything in the reader's language.

use super::choices_data::Definition;
use serde::{Deserialize, Serialize};

use super::own_data::OwnKpi;

/// Which KPIs are listed; empty is all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CatalogueQuery {
    /// Words of a name in any language, of the explanation, or an id.
    pub q: String,
    /// Code of the kind of company that starts with it.
    pub template: String,
    /// Code of the perspective of the scorecard.
    pub perspective: String,
}

/// What a KPI is in the current quarter, for what the reader sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Today {
    /// The value; none when it is not measurable.
    pub value: Option<String>,
    /// Why it is not measurable, in words.
    pub why: Option<String>,
    /// Number of facts it rests on.
    pub n: Option<String>,
    /// Page that explains it; empty where there is none.
    pub explain: String,
    /// The value as a plain number, for a file.
    pub exact: Option<String>,
}

/// One KPI of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KpiLine {
    /// Id of the catalogue.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it measures, in a sentence.
    pub summary: String,
    /// Code of its unit.
    pub unit: String,
    /// Code of the direction that is better.
    pub better: String,
    /// What it is now; none where facts of its kind are not kept yet, or the reader sees nobody's figures.
    pub today: Option<Today>,
    /// Version of the formula.
    pub version: u32,
    /// Whether it compares two categories, which are chosen on its page.
    pub needs_pair: bool,
}

/// The KPIs of one perspective.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KpiGroup {
    /// Code of the perspective.
    pub perspective: String,
    /// Its KPIs.
    pub kpis: Vec<KpiLine>,
}

/// The catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// What was asked.
    pub query: CatalogueQuery,
    /// What was found, in the order of a scorecard.
    pub groups: Vec<KpiGroup>,
    /// How many were found.
    pub found: u32,
    /// How many there are.
    pub all: u32,
    /// Codes of the kinds of company.
    pub templates: Vec<String>,
    /// Codes of the perspectives.
    pub perspectives: Vec<String>,
    /// Whether the reader may add KPIs of the organisation's own.
    pub may_add: bool,
    /// Whose values are shown, and of when; none where the reader sees nobody's figures.
    pub scope: Option<Scope>,
}

/// Whose values are shown, and of when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scope {
    /// Own name, the organisation, or the teams that the reader sees.
    pub who: String,
    /// The current quarter.
    pub period: String,
}

/// A KPI beside another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Related {
    /// Id of the catalogue.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A worked example with the numbers as the reader writes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WorkedExample {
    /// What is given, as (measure, value).
    pub given: Vec<(String, String)>,
    /// The formula with the numbers in it; none where it says no more than the result.
    pub numbers: Option<String>,
    /// What it comes to, or why it comes to nothing.
    pub result: String,
}

/// What is asked of the page of a KPI; empty is what it begins with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KpiQuery {
    /// Its id, as in the address.
    pub id: String,
    /// Code of the length of the periods listed.
    pub by: String,
    /// The first of two categories to compare: what is bought anyway.
    pub from: String,
    /// The second: what is bought with it.
    pub to: String,
}

/// Two categories that a KPI compares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairChoice {
    /// All that there are in what the reader sees.
    pub categories: Vec<String>,
    /// The first; empty while none is chosen.
    pub from: String,
    /// The second; empty while none is chosen.
    pub to: String,
}

/// A KPI in one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KpiPeriod {
    /// The period.
    pub period: String,
    /// Whether it has not ended.
    pub partial: bool,
    /// What it was.
    pub value: Today,
    /// The 95 % interval of a rate.
    pub interval: Option<String>,
    /// Version of the formula, of an own KPI.
    pub version: Option<u32>,
}

/// Everything about one KPI.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct KpiDetail {
    /// Id of the catalogue.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in the other language, and that language's code.
    pub other_name: (String, String),
    /// What it measures.
    pub explanation: String,
    /// The formula in words.
    pub formula: String,
    /// The formula in ids.
    pub formula_ids: String,
    /// Code of its unit.
    pub unit: String,
    /// Code of the direction that is better.
    pub better: String,
    /// How it rolls up over time, in words.
    pub over_time: String,
    /// How it rolls up over people and teams, in words.
    pub over_people: String,
    /// What it is when there is nothing to measure, in words.
    pub nothing: String,
    /// Counter-metrics to watch.
    pub guardrails: Vec<Related>,
    /// Codes of the kinds of company that start with it.
    pub templates: Vec<String>,
    /// The organisation's choices on which it depends.
    pub definitions: Vec<Definition>,
    /// Version of the choices; 0 while nothing was chosen.
    pub choices_version: i32,
    /// Code of its perspective.
    pub perspective: String,
    /// Version of the formula.
    pub version: u32,
    /// Whether it is kept for old periods only.
    pub retired: bool,
    /// A worked example.
    pub example: Option<WorkedExample>,
    /// What it is now.
    pub today: Option<Today>,
    /// The categories that it compares, of one that does.
    pub pair: Option<PairChoice>,
    /// Codes of the lengths of periods that can be listed; empty where the reader sees nobody's figures.
    pub grains: Vec<String>,
    /// Code of the length that is listed.
    pub by: String,
    /// What it was in periods of that length, the newest first.
    pub periods: Vec<KpiPeriod>,
    /// Whose value that is, and of when.
    pub scope: Option<Scope>,
    /// What is particular to one of the organisation's own.
    pub own: Option<OwnKpi>,
}

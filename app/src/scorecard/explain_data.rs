//! What stands behind one number.

use serde::{Deserialize, Serialize};

use super::data::{Link, PeriodView};
use crate::ui::ChartView;

/// Which number: metric, whose, of when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExplainQuery {
    /// Metric of the catalogue.
    pub metric: String,
    /// Person as in the address, if of one.
    pub person: String,
    /// Team as in the address, if of one; neither is everything that the reader sees.
    pub team: String,
    /// Name of the period; empty is the latest quarter with data.
    pub period: String,
    /// The first of two categories, of a KPI that compares them.
    #[serde(default)]
    pub from: String,
    /// The second.
    #[serde(default)]
    pub to: String,
}

/// The same question under another definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Metric of the catalogue.
    pub metric: String,
    /// Its name.
    pub name: String,
    /// Its definition in a sentence.
    pub definition: String,
    /// The value, or why there is none.
    pub value: String,
    /// The formula with the numbers in it.
    pub numbers: String,
    /// Page that explains it; empty for the one being explained.
    pub href: String,
}

/// Everything behind one number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Metric of the catalogue.
    pub metric: String,
    /// Its name.
    pub name: String,
    /// Its definition in a sentence.
    pub definition: String,
    /// Whose number it is.
    pub scope: String,
    /// Scorecard or board it stands on.
    pub back: String,
    /// Of when.
    pub period: PeriodView,
    /// The value; none when not measurable.
    pub value: Option<String>,
    /// Why it is not measurable.
    pub why: Option<String>,
    /// The formula in words.
    pub formula: String,
    /// The formula with the numbers in it.
    pub numbers: String,
    /// Number of facts, in words.
    pub n: Option<String>,
    /// The interval, in words, or why there is none; of what is not measurable neither.
    pub interval: Option<String>,
    /// Remarks: open deals left out, one deal that makes up much of a sum.
    pub remarks: Vec<String>,
    /// Which facts count and which do not.
    pub filters: Vec<String>,
    /// Version of the formula.
    pub version: u32,
    /// How it rolls up, in words.
    pub roll_up: String,
    /// What the data reaches to, in words.
    pub as_of: String,
    /// What the facts behind it lack, a sentence for each kind.
    pub missing: Vec<String>,
    /// The measures and KPIs that an own formula is made of, with their values.
    pub parts: Vec<Variant>,
    /// The same question under its other definitions, this one first.
    pub variants: Vec<Variant>,
    /// Counter-metrics to watch, with their values.
    pub guardrails: Vec<Variant>,
    /// Twelve months of it.
    pub trend: ChartView,
    /// Lists of the facts behind it, as (text, address).
    pub records: Vec<Link>,
}

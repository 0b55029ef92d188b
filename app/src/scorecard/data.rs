//! What a scorecard shows. The server formats and words everything in the reader's language; the values
//! that a drawing needs come along as plain numbers.

use domain::ids::{PersonId, TeamId};
use serde::{Deserialize, Serialize};

use crate::ui::{ChartView, Verdict};

/// A period as pages show it, with where its picker leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PeriodView {
    /// Name in addresses, e.g. `2017Q2`.
    pub name: String,
    /// Name for people, e.g. "Q2 2017".
    pub label: String,
    /// First and last day in words.
    pub days: String,
    /// Said when it has not ended: how much of it has passed and what it is compared with.
    pub partial: Option<String>,
    /// What changes are measured against, in words.
    pub compared: String,
    /// Name of the period before.
    pub previous: String,
    /// Name of the period after; none when it lies in the future.
    pub next: Option<String>,
    /// The month, quarter and year around it, as (name, label, whether it is this one).
    pub grains: Vec<(String, String, bool)>,
    /// Recent periods of the same length, newest first.
    pub recent: Vec<Pick>,
}

/// A change against the same part of the period before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// "+3.2 points", "−12 %", or the words why none is given.
    pub text: String,
    /// Whether that is for the better.
    pub verdict: Verdict,
    /// The value compared with, in words.
    pub before: String,
}

/// The team beside a person's figure; only from five people on, and never with names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamRange {
    /// The team's own figure.
    pub total: String,
    /// Lowest to highest among its people; none where too few of them are measurable.
    pub range: Option<String>,
    /// How many people the range covers.
    pub people: u32,
}

/// A figure as files hold it: not rounded for the eye.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exact {
    /// Metric of the catalogue.
    pub metric: String,
    /// The value as a plain number; none when it is not measurable.
    pub value: Option<String>,
    /// Why it is not measurable, in words.
    pub why: Option<String>,
    /// Number of facts it rests on.
    pub n: Option<i64>,
    /// Bounds of the 95 % interval as plain numbers.
    pub interval95: Option<(String, String)>,
}

/// One figure with everything an honest reader needs beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kpi {
    /// Metric of the catalogue.
    pub metric: String,
    /// Its name.
    pub name: String,
    /// The value with its unit; none when it is not measurable.
    pub value: Option<String>,
    /// Why it is not measurable, in words.
    pub why: Option<String>,
    /// Number of facts it rests on.
    pub n: Option<String>,
    /// The 95 % interval, e.g. "52–76 %".
    pub interval: Option<String>,
    /// The last twelve months, oldest first; none where not measurable.
    pub spark: Vec<Option<f64>>,
    /// The sparkline in words.
    pub spark_words: String,
    /// Whether the last of them is a month that has not ended.
    pub spark_partial: bool,
    /// Against the same part of the period before.
    pub change: Option<Change>,
    /// The team beside it.
    pub team: Option<TeamRange>,
    /// Remarks: open deals left out, one deal that makes up much of a sum.
    pub remarks: Vec<String>,
    /// Page that explains it.
    pub explain: String,
    /// The same for a file.
    pub exact: Exact,
}

/// The figures of one perspective of the balanced scorecard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PerspectiveView {
    /// Stable code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its figures.
    pub kpis: Vec<Kpi>,
    /// Said when there are none.
    pub empty: Option<String>,
}

/// A name and the address it leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Text.
    pub label: String,
    /// Address.
    pub href: String,
}

/// A choice of a picker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    /// Value in the address.
    pub value: String,
    /// Text.
    pub label: String,
}

/// Which scorecard, of when, with which trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScorecardQuery {
    /// Whose, as in the address; empty or `me` is the reader's own.
    pub person: String,
    /// Name of the period; empty is the latest quarter with data.
    pub period: String,
    /// Metric of the trend chart; empty is the first.
    pub trend: String,
}

/// One person's scorecard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorecard {
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Whether it is the reader's own.
    pub is_own: bool,
    /// Their team in the period.
    pub team: Option<(TeamId, String)>,
    /// Its board, where the reader may open it.
    pub team_href: Option<String>,
    /// Their manager in the period.
    pub manager: Option<String>,
    /// Of when.
    pub period: PeriodView,
    /// Today's verdict in a sentence or two.
    pub verdict: String,
    /// Where figures are that can be told of the organisation only.
    pub elsewhere: Option<Link>,
    /// The figures.
    pub perspectives: Vec<PerspectiveView>,
    /// Twelve months of one figure.
    pub trend: ChartView,
    /// Figures that the trend can show, as (metric, name, whether it is this one).
    pub trends: Vec<(String, String, bool)>,
    /// People whose scorecard the reader may open.
    pub people: Vec<Pick>,
    /// Said when no words stand beside the numbers of this period.
    pub no_words: Option<String>,
    /// Said when there is nothing at all to show.
    pub empty: Option<String>,
    /// What the data reaches to, in words.
    pub as_of: String,
}

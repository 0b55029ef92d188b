//! What a team board shows.

use domain::ids::{PersonId, TeamId};
use serde::{Deserialize, Serialize};

use super::data::{ChartView, Choice, Kpi, Link, PeriodView, TeamRange, Tone};

/// Which team, of when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamQuery {
    /// Which; none is everything that the reader sees.
    pub team: Option<TeamId>,
    /// Name of the period; empty is the latest quarter with data.
    pub period: String,
    /// Metric of the trend chart; empty is the first.
    pub trend: String,
}

/// A rate with its interval on the common scale of the board; shares of 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Whisker {
    /// The value as text, or why there is none.
    pub text: String,
    /// The value.
    pub value: Option<f64>,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Number of decided deals.
    pub n: i64,
    /// The group's line.
    pub group: Option<f64>,
    /// Whether it differs from the group, in words.
    pub words: String,
    /// Better, worse or not to be told apart.
    pub tone: Tone,
}

/// A sum on its way to a target; shares of the largest on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bullet {
    /// The value as text.
    pub text: String,
    /// "of 120 k", when there is a target.
    pub target_text: Option<String>,
    /// The value.
    pub actual: f64,
    /// The target.
    pub target: Option<f64>,
    /// Where it should be by now.
    pub pace: Option<f64>,
    /// End of the scale.
    pub max: f64,
}

/// How a row stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StateView {
    /// Code of the state: on_track, at_risk, off_track, guardrail_broken, not_measurable, too_few, none …
    pub code: String,
    /// The state in a word.
    pub word: String,
    /// Why, in a sentence.
    pub why: String,
}

/// One person or team on the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardRow {
    /// The person, on a row of one.
    pub person: Option<PersonId>,
    /// The name.
    pub name: String,
    /// Their scorecard or board.
    pub href: String,
    /// Revenue towards its target.
    pub revenue: Bullet,
    /// Deals won.
    pub deals_won: String,
    /// Win rate.
    pub win_rate: Whisker,
    /// Notes of the period that the reader may read; none where they may not know.
    pub words: Option<i64>,
    /// How the targets stand.
    pub state: StateView,
}

/// One line of what a team's member who may not see colleagues sees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RangeRow {
    /// Name of the metric.
    pub name: String,
    /// The team's figure and the range of its people.
    pub range: TeamRange,
}

/// A team's board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamBoard {
    /// Which; none is everything that the reader sees.
    pub team: Option<TeamId>,
    /// Its name.
    pub name: String,
    /// The teams above it that the reader may open.
    pub above: Vec<Link>,
    /// Of when.
    pub period: PeriodView,
    /// What asks for attention, most urgent first.
    pub attention: Vec<Link>,
    /// The team's own figures.
    pub totals: Vec<Kpi>,
    /// Its people by name; none where the reader may see the total only.
    pub people: Option<Vec<BoardRow>>,
    /// Ranges without names, where there are five people or more.
    pub ranges: Vec<RangeRow>,
    /// Said where fewer than five people hide the range.
    pub range_hidden: Option<String>,
    /// The teams directly below it.
    pub subteams: Vec<BoardRow>,
    /// Twelve months of one figure.
    pub trend: ChartView,
    /// Figures that the trend can show, as (metric, name, whether it is this one).
    pub trends: Vec<(String, String, bool)>,
    /// Teams the reader may open.
    pub teams: Vec<Choice>,
    /// Said when there is nothing at all to show.
    pub empty: Option<String>,
    /// What the data reaches to, in words.
    pub as_of: String,
}

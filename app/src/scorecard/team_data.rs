//! What a team board shows.

use domain::ids::{PersonId, TeamId};
use serde::{Deserialize, Serialize};

use super::data::{Exact, Kpi, Link, PeriodView, Pick, TeamRange};
use crate::ui::{BulletData, ChartView, DotData, State};

/// Which team, of when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TeamQuery {
    /// Which, as in the address; empty is everything that the reader sees.
    pub team: String,
    /// Name of the period; empty is the latest quarter with data.
    pub period: String,
    /// Metric of the trend chart; empty is the first.
    pub trend: String,
}

/// A rate with its interval on the common scale of the board.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// The value, or why there is none.
    pub text: String,
    /// Number of facts it rests on.
    pub n: String,
    /// The drawing; none when it is not measurable.
    pub dots: Option<DotData>,
    /// Whether it differs from the group, in words.
    pub words: String,
}

/// A sum on its way to a target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// The value, with the target where there is one.
    pub text: String,
    /// The drawing; none without a target.
    pub bullet: Option<BulletData>,
}

/// A figure of a row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum BoardFigure {
    /// An amount or a number.
    Amount(Progress),
    /// A rate with its interval.
    Rate(Rate),
}

/// A figure that rows have.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BoardColumn {
    /// KPI.
    pub metric: String,
    /// Its short name.
    pub name: String,
    /// Whether it is a rate with an interval.
    pub is_rate: bool,
}

/// Rows that stand on one scale.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BoardRows {
    /// Their figures.
    pub columns: Vec<BoardColumn>,
    /// By name.
    pub rows: Vec<BoardRow>,
}

/// How the targets of a row stand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The worst state among them; none without targets.
    pub state: Option<State>,
    /// In a sentence.
    pub words: String,
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
    /// Its figures, in the order of the columns.
    pub figures: Vec<BoardFigure>,
    /// Notes of the period that the reader may read; none where they may not know.
    pub words: Option<i64>,
    /// How the targets stand.
    pub standing: Standing,
    /// Its figures for a file.
    pub exact: Vec<Exact>,
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
    /// Where figures are that can be told of the organisation only.
    pub elsewhere: Option<Link>,
    /// What asks for attention, most urgent first.
    pub attention: Vec<Link>,
    /// The team's own figures.
    pub totals: Vec<Kpi>,
    /// Its people by name; none where the reader may see the total only.
    pub people: Option<BoardRows>,
    /// Ranges without names, where there are five people or more.
    pub ranges: Vec<RangeRow>,
    /// Said where fewer than five people hide the range.
    pub range_hidden: Option<String>,
    /// The teams directly below it.
    pub subteams: BoardRows,
    /// Twelve months of one figure.
    pub trend: ChartView,
    /// Figures that the trend can show, as (metric, name, whether it is this one).
    pub trends: Vec<(String, String, bool)>,
    /// Teams the reader may open.
    pub teams: Vec<Pick>,
    /// Said when there is nothing at all to show.
    pub empty: Option<String>,
    /// What the data reaches to, in words.
    pub as_of: String,
}

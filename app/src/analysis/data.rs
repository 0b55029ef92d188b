//! What the pages of analysis show.

use domain::ids::FactId;
use serde::{Deserialize, Serialize};

use crate::scorecard::api::{Link, PeriodView, Pick};
use crate::ui::{ChartView, DotData, Verdict};

/// An analysis of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// Recurring revenue: movements, retention, what if.
    Recurring,
    /// Winning and losing: definitions, reasons of loss, patterns.
    Winning,
    /// Channels and campaigns.
    Channels,
    /// Baskets: what transactions are worth and what is bought together.
    Baskets,
}

impl Which {
    /// All, in the order of the templates.
    pub const ALL: [Self; 4] = [Self::Recurring, Self::Winning, Self::Channels, Self::Baskets];

    /// Name in addresses, and key of its texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Recurring => "recurring",
            Self::Winning => "winning",
            Self::Channels => "channels",
            Self::Baskets => "baskets",
        }
    }

    /// The analysis of a name in an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.code() == code)
    }
}

/// Which analysis, of whom and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AnalysisQuery {
    /// Name of the analysis.
    pub which: String,
    /// Name of the period; empty is the latest quarter with facts of the kind.
    pub period: String,
    /// Only of this person.
    pub person: String,
    /// Only of this team.
    pub team: String,
    /// By what groups are told apart; empty is the first choice.
    pub by: String,
    /// What if: share of the opening that leaves each month, in percent as typed; empty is today's.
    pub churn: String,
    /// What if: share by which customers shrink each month.
    pub contraction: String,
    /// What if: share by which customers grow each month.
    pub expansion: String,
    /// What if: monthly amount of new customers each month.
    pub new: String,
    /// What if: months to look ahead.
    pub months: String,
}

/// Which event, and what is looked at around it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventQuery {
    /// The event's identifier.
    pub id: String,
    /// The KPI; empty is the first that fits.
    pub kpi: String,
    /// Months before and after; empty is six.
    pub months: String,
    /// Only of this person.
    pub person: String,
    /// Only of this team.
    pub team: String,
    /// The first category of an attach rate.
    pub from: String,
    /// The second category of an attach rate.
    pub to: String,
    /// By how many percent a price rose; empty is read from the subscriptions.
    pub rise: String,
}

/// What a sentence means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It says how to read what follows.
    Plain,
    /// Something to look at: parts and whole go opposite ways, inputs are missing.
    Alarm,
}

/// A sentence that says what was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// What it means.
    pub tone: Tone,
    /// The sentence.
    pub text: String,
}

impl Said {
    /// How to read what follows, or what was found.
    pub fn plain(text: String) -> Self {
        Self { tone: Tone::Plain, text }
    }

    /// Something to look at.
    pub fn alarm(text: String) -> Self {
        Self { tone: Tone::Alarm, text }
    }
}

/// A choice above the page, kept in its address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picker {
    /// Name in the address.
    pub name: String,
    /// What is chosen.
    pub label: String,
    /// What is chosen now.
    pub current: String,
    /// What can be chosen.
    pub options: Vec<Pick>,
}

/// A cell of a table: words, or a figure with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CellView {
    /// The text.
    pub text: String,
    /// Number of cases.
    pub n: Option<i64>,
    /// The 95 % interval in words.
    pub interval: Option<String>,
    /// Its bounds as plain numbers, for files.
    pub bounds: Option<(String, String)>,
    /// Dot and interval on the scale of the column.
    pub dots: Option<DotData>,
    /// Where it leads.
    pub href: Option<String>,
    /// Whether it is for the better.
    pub verdict: Option<Verdict>,
    /// The value as a plain number, for files.
    pub exact: Option<String>,
}

impl CellView {
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A table of an analysis. The first cell of a row names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableView {
    /// Heads, and whether a column holds figures.
    pub head: Vec<(String, bool)>,
    /// Rows.
    pub rows: Vec<Vec<CellView>>,
}

/// A part of an analysis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Name of its table in the address of a file.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// How to read it.
    pub lead: String,
    /// The drawing.
    pub chart: Option<ChartView>,
    /// The numbers.
    pub table: Option<TableView>,
}

/// A field of a form that is kept in the address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Name in the address.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// What today's value is, or what may be typed.
    pub hint: String,
    /// What stands in it.
    pub value: String,
    /// Unit behind it.
    pub unit: String,
    /// What is wrong with what was typed.
    pub remark: Option<String>,
}

/// A form that is kept in the address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FormView {
    /// What it is about.
    pub title: String,
    /// How to use it.
    pub lead: String,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The word on its button.
    pub submit: String,
    /// The block that shows what it leads to.
    pub result: Vec<Block>,
}

/// Said where there is nothing to analyse: what the page will show, and the one next step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Empty {
    /// In a few words.
    pub title: String,
    /// What will be seen and why it is not there yet.
    pub text: String,
    /// The next step, if the reader can take it.
    pub step: Option<Link>,
}

/// A page of analysis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnalysisView {
    /// Which one is open; none on the pages of events.
    pub which: Option<Which>,
    /// Its title.
    pub title: String,
    /// One sentence below.
    pub lead: String,
    /// Analyses that have facts, the one of the template first.
    pub tabs: Vec<Which>,
    /// The period.
    pub period: Option<PeriodView>,
    /// Other choices.
    pub pickers: Vec<Picker>,
    /// What was found.
    pub said: Vec<Said>,
    /// The parts.
    pub blocks: Vec<Block>,
    /// What the reader can set.
    pub form: Option<FormView>,
    /// Said when there is nothing to show.
    pub empty: Option<Empty>,
}

/// An event of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// Its identifier.
    pub id: FactId,
    /// The day in words.
    pub day: String,
    /// What happened.
    pub title: String,
    /// Its kind, as files name it.
    pub kind: String,
    /// Whom it touched, in words.
    pub scope: String,
}

/// The list of events and the analyses beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventList {
    /// Analyses that have facts, the one of the template first.
    pub tabs: Vec<Which>,
    /// Events, newest first.
    pub events: Vec<EventRow>,
    /// Whether there are more than are listed.
    pub is_cut: bool,
    /// Whether the reader brings facts in.
    pub may_add: bool,
}

//! Measures: aggregations of facts, defined once for every store.

use serde::{Deserialize, Serialize};

use super::Unit;
use crate::Why;

mod list;

pub use list::Measure;

/// Kinds of fact that a measure may aggregate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// Deals (opportunities).
    Deals,
    /// Subscriptions, by which customers pay again and again.
    Subscriptions,
    /// Results of a campaign on a channel on one day.
    CampaignDays,
    /// Leads: from records of their own or from campaign days, as the organisation chose.
    Leads,
    /// Lines of sales, returns and adjustments.
    SalesLines,
    /// What people did: calls, meetings, e-mails.
    Activities,
    /// Answers of customers on a scale.
    Satisfaction,
    /// Targets that were set.
    Targets,
    /// Figures of the organisation's own.
    Measurements,
    /// Memberships of teams.
    People,
    /// Customers, as their deals, subscriptions and purchases tell of them.
    Customers,
}

/// State of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DealStatus {
    /// Not decided yet.
    Open,
    /// Won.
    Won,
    /// Lost.
    Lost,
    /// Left out because it never was an opportunity.
    Disqualified,
}

impl DealStatus {
    /// All.
    pub const ALL: [Self; 4] = [Self::Open, Self::Won, Self::Lost, Self::Disqualified];

    /// Stable code, as in files, the API and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Won => "won",
            Self::Lost => "lost",
            Self::Disqualified => "disqualified",
        }
    }

    /// The inverse of [`DealStatus::code`]; case and surrounding spaces are ignored.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// The date that puts a fact into a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateColumn {
    /// The day the deal was decided.
    ClosedOn,
    /// The day the deal was created, or else engaged: the cohort it belongs to.
    CreatedOrEngaged,
    /// This column.
    On(&'static str),
    /// The engine that computes the figure looks at all dates itself.
    ByEngine,
    /// The day asked about: the deal was created or engaged by then, or is undated, and had not been
    /// closed by then. The forecast closing date of an open deal is ignored.
    BalanceDay,
}

/// How facts become one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aggregation {
    /// Number of facts; a deal with split credit counts whole for each person and once in a total.
    Count,
    /// Σ of a money column, of a person their share of it; in the reporting currency.
    SumMoney(&'static str),
    /// Whole days between two dates, as a histogram, so that mean and median stay exact in any roll-up.
    Days {
        /// First existing one of these columns is the start.
        from: &'static [&'static str],
        /// The end.
        to: &'static str,
    },
    /// Σ of a column of whole numbers that count things.
    SumCount(&'static str),
    /// Σ of a column of plain numbers.
    SumNumber(&'static str),
    /// Number of different values of a column; blank is none.
    Distinct(&'static str),
    /// A figure that no single pass over the facts gives: one of the modules of this crate computes it from
    /// all of them.
    Engine {
        /// The field that holds it: `recurring::Movements::new`.
        figure: &'static str,
        /// Unit of the figure.
        unit: Unit,
    },
}

/// A test on a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// Has this value.
    Is(&'static str),
    /// Is this number or more.
    AtLeast(i64),
    /// Is this number or less.
    AtMost(i64),
    /// Is less than this number.
    Below(i64),
}

/// Whether values of successive periods may be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timing {
    /// Events of a period: January + February is both months.
    Additive,
    /// A state at one day: over time the last one counts, over people the sum.
    Balance,
    /// A state before the first day: over time the first one counts, over people the sum.
    Opening,
    /// Different things, which may be the same ones in another period or of another person: never added.
    Recount,
}

/// What a measure aggregates, complete enough for a store to compute it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureDef {
    /// Stable name.
    pub id: &'static str,
    /// The kind of fact.
    pub fact: FactKind,
    /// How facts become a value.
    pub aggregation: Aggregation,
    /// Facts with one of these statuses; of a [`Timing::Balance`] the status on the day asked about.
    pub status: &'static [DealStatus],
    /// Only facts where this column is filled.
    pub filled: Option<&'static str>,
    /// Only facts that pass all these tests.
    pub only: &'static [(&'static str, Test)],
    /// The date that puts a fact into the period.
    pub date: DateColumn,
    /// Whether it adds up over time.
    pub timing: Timing,
    /// Why it is not known where no store says anything of it; none: then it counts nothing. Revenue of a
    /// campaign that nobody reported is not a revenue of 0.
    pub absent: Option<Why>,
    /// The measure among whose facts its own are, so that their ratio is a share.
    pub part_of: Option<Measure>,
}

impl Measure {
    /// Stable name, as in the API and in snapshots.
    pub const fn id(self) -> &'static str {
        self.def().id
    }

    /// The inverse of [`Measure::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|m| m.id() == id)
    }

    /// The unit of its total.
    pub const fn unit(self) -> Unit {
        match self.def().aggregation {
            Aggregation::Count => Unit::Count,
            Aggregation::SumMoney(_) => Unit::Money,
            Aggregation::Days { .. } => Unit::Days,
            Aggregation::SumCount(_) | Aggregation::Distinct(_) => Unit::Count,
            Aggregation::SumNumber(_) => Unit::Number,
            Aggregation::Engine { unit, .. } => unit,
        }
    }
}

//! The shape of a metric's definition.

use serde::{Deserialize, Serialize};

use super::{Choice, Measure, Unit};
use crate::Why;

/// Which direction is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Neither: it depends.
    Neither,
}

/// What is taken of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Take {
    /// The count or the sum.
    Total,
    /// The mean of a histogram.
    Mean,
    /// The median of a histogram.
    Median,
}

/// How a metric is computed. Formula text is generated from this, so it cannot differ from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One measure.
    Simple(Measure, Take),
    /// Σ of measures.
    Sum(&'static [Measure]),
    /// Σ of measures ÷ Σ of measures.
    Ratio {
        /// Above the line.
        numerator: &'static [Measure],
        /// Below the line.
        denominator: &'static [Measure],
    },
    /// A ratio of facts that *began* in the period: what became of them to date.
    Cohort {
        /// Above the line.
        numerator: &'static [Measure],
        /// Below the line.
        denominator: &'static [Measure],
    },
    /// One measure from the start of the fiscal year that holds the period's last day, up to that day or today.
    Cumulative(Measure),
    /// A product of other metrics and their inverses.
    Derived(&'static [Term]),
    /// A formula over measures and metrics in the language of [`crate::formula`], for what is subtracted or scaled.
    Formula(&'static str),
}

/// A factor of a derived metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// × this metric.
    Times(&'static str),
    /// ÷ this metric.
    Over(&'static str),
}

/// How values of successive periods become the value of the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverTime {
    /// They are added.
    Sum,
    /// The last one counts.
    LastOfPeriod,
    /// Measures are added and the formula is evaluated again.
    RecomputeFromParts,
}

/// How values of several people or teams become the value of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OverPeople {
    /// They are added.
    Sum,
    /// Facts are counted again, because a shared one counts for each person and once in the total.
    Recount,
    /// Measures are taken for all and the formula is evaluated again.
    RecomputeFromParts,
}

/// How a metric rolls up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RollUp {
    /// Over time.
    pub time: OverTime,
    /// Over people.
    pub people: OverPeople,
    /// Over teams.
    pub teams: OverPeople,
}

/// What the metric is when there is nothing to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Empty {
    /// Zero: counts and sums of nothing.
    Zero,
    /// Not measurable: ratios and means of nothing.
    NotMeasurable,
}

/// Uncertainty that is stated with the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interval {
    /// Wilson's 95 % interval: numerator and denominator count facts, the first among the second.
    Wilson,
    /// None is stated.
    None,
}

/// The balanced scorecard's perspectives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Perspective {
    /// Money.
    Financial,
    /// What customers notice.
    Customer,
    /// How the work goes.
    Process,
    /// Learning and growth.
    Growth,
}

impl Perspective {
    /// All, in the order of a scorecard.
    pub const ALL: [Self; 4] = [Self::Financial, Self::Customer, Self::Process, Self::Growth];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Financial => "financial",
            Self::Customer => "customer",
            Self::Process => "process",
            Self::Growth => "growth",
        }
    }

    /// The inverse of [`Perspective::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.code() == code)
    }
}

/// Kinds of company with a starter set of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Software by subscription.
    Saas,
    /// Consultancy.
    Consultancy,
    /// Digital marketing agency.
    Agency,
    /// Shops.
    Retail,
}

impl Template {
    /// All.
    pub const ALL: [Self; 4] = [Self::Saas, Self::Consultancy, Self::Agency, Self::Retail];

    /// Stable code, as in the command line and the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Saas => "saas",
            Self::Consultancy => "consultancy",
            Self::Agency => "agency",
            Self::Retail => "retail",
        }
    }

    /// The inverse of [`Template::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.code() == code)
    }
}

/// Life of a definition; an id is never deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// In use.
    Active,
    /// Kept for old periods only.
    Retired,
}

/// A measure's value in a worked example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// A number of facts.
    Count(i64),
    /// Whole units of money.
    Money(i64),
    /// Days and how often.
    Days(&'static [(i32, i64)]),
    /// An exact number, written as a formula without names: `30590879.82`, `2000 ÷ 12`.
    Exact(&'static str),
    /// No value.
    Not(Why),
}

/// What a worked example comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The value with as many decimals as are written, rounded half-even.
    Value(&'static str),
    /// Not measurable, and why.
    Not(Why),
}

/// A worked example: documentation and test at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Where the numbers come from; a published source or the demonstration data set.
    pub source: &'static str,
    /// The measures; those not named count nothing.
    pub given: &'static [(Measure, Given)],
    /// The answer.
    pub expected: Expected,
}

impl Example {
    /// An example with a value.
    pub const fn worth(source: &'static str, given: &'static [(Measure, Given)], value: &'static str) -> Self {
        Self { source, given, expected: Expected::Value(value) }
    }

    /// An example that is not measurable.
    pub const fn not(source: &'static str, given: &'static [(Measure, Given)], why: Why) -> Self {
        Self { source, given, expected: Expected::Not(why) }
    }
}

/// The definition of a KPI. Its name and explanation stand in the locale files under `metric.<id>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metric {
    /// Stable id: snake_case, never reused.
    pub id: &'static str,
    /// Unit of the value.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// How it is computed.
    pub kind: Kind,
    /// Facts that n counts.
    pub counted: &'static [Measure],
    /// How it rolls up.
    pub roll_up: RollUp,
    /// What it is when there is nothing to measure.
    pub empty: Empty,
    /// Stated uncertainty.
    pub interval: Interval,
    /// Ids of counter-metrics to watch when this one is a target.
    pub guardrails: &'static [&'static str],
    /// Kinds of company that start with it.
    pub templates: &'static [Template],
    /// Questions on which vendors disagree and the organisation's answers to which it depends on.
    pub choices: &'static [Choice],
    /// Perspective of the balanced scorecard.
    pub perspective: Perspective,
    /// Whether it is in use.
    pub status: Status,
    /// Rises with every change of the formula; old periods keep the version they were closed with.
    pub version: u32,
    /// At least three worked examples, one of them the empty case.
    pub examples: &'static [Example],
}

//! Is it specific, measurable, achievable, relevant and time-bound? What is missing, letter by letter.

use serde::{Deserialize, Serialize};

use super::{Partial, prorate};
use crate::{Date, Outcome, Period, Ratio, stats};

/// A letter of SMART.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// Metric, who, filter.
    Specific,
    /// Baseline, unit, data present and fresh.
    Measurable,
    /// Where it lies in one's own history.
    Achievable,
    /// What it serves.
    Relevant,
    /// Period, milestones.
    TimeBound,
}

impl Letter {
    /// All, in order.
    pub const ALL: [Self; 5] = [Self::Specific, Self::Measurable, Self::Achievable, Self::Relevant, Self::TimeBound];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Specific => "specific",
            Self::Measurable => "measurable",
            Self::Achievable => "achievable",
            Self::Relevant => "relevant",
            Self::TimeBound => "time_bound",
        }
    }
}

/// What a letter lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// No metric chosen.
    Metric,
    /// Nobody chosen.
    Who,
    /// No value.
    Value,
    /// No baseline, and none can be measured.
    Baseline,
    /// No facts at all in the past periods.
    Data,
    /// The newest fact is more than a month old.
    FreshData,
    /// Fewer than three measured past periods to compare with.
    History,
    /// No objective above it.
    Objective,
    /// No words why it matters.
    Why,
    /// No period.
    Period,
    /// The period is over.
    PeriodOver,
    /// A period longer than a quarter has nothing to check on the way.
    Milestones,
}

impl Missing {
    /// Stable code, the key in the locale files.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Who => "who",
            Self::Value => "value",
            Self::Baseline => "baseline",
            Self::Data => "data",
            Self::FreshData => "fresh_data",
            Self::History => "history",
            Self::Objective => "objective",
            Self::Why => "why",
            Self::Period => "period",
            Self::PeriodOver => "period_over",
            Self::Milestones => "milestones",
        }
    }
}

/// A letter, and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterCheck {
    /// The letter.
    pub letter: Letter,
    /// Whether nothing is missing.
    pub complete: bool,
    /// What is missing.
    pub missing: Vec<Missing>,
}

/// A past period of the same length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// The period.
    pub period: Period,
    /// The metric in it.
    pub outcome: Outcome<Ratio>,
    /// On how many facts it rests.
    pub n: Option<i64>,
}

/// What is known about the person's or team's own past.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Past periods of the same length, oldest first.
    pub history: Vec<Past>,
    /// The day of asking.
    pub today: Date,
    /// The newest fact of the metric's kind.
    pub data_as_of: Option<Date>,
    /// When the person joined or joins.
    pub member_from: Option<Date>,
    /// When the person leaves; exclusive.
    pub member_to: Option<Date>,
}

impl Evidence {
    /// Values of the measured past periods, oldest first.
    pub fn measured(&self) -> Vec<Ratio> {
        self.history.iter().filter_map(|p| p.outcome.value().copied()).collect()
    }

    /// The last measured value: the natural baseline.
    pub fn last(&self) -> Option<Ratio> {
        self.history.iter().rev().find_map(|p| p.outcome.value().copied())
    }

    /// Facts in a usual period: the median of those that count any.
    pub fn usual_n(&self) -> Option<i64> {
        let mut ns: Vec<i64> = self.history.iter().filter_map(|p| p.n).filter(|n| *n > 0).collect();
        ns.sort_unstable();
        ns.get(ns.len() / 2).copied()
    }
}

/// Where a value lies in one's own history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Achievability {
    /// Measured past periods.
    pub periods: usize,
    /// Facts in all of them.
    pub n: i64,
    /// Share of past periods that this value would have beaten, in the target's direction.
    pub percentile: Option<Ratio>,
    /// The best past period.
    pub best: Option<Ratio>,
    /// Growth needed over the best: value ÷ best − 1; zero or less means it was done before.
    pub needed_growth: Option<Ratio>,
    /// The value for the part of the period that the person is there, if that is not all of it.
    pub prorated: Option<Ratio>,
}

impl Achievability {
    /// Places a target in its past; `None` while value or direction are missing.
    pub fn of(target: &Partial, evidence: &Evidence) -> Option<Self> {
        let (value, up) = (target.value?.to_ratio(), target.direction?.is_up());
        let past = evidence.measured();
        let best = if up { past.iter().max() } else { past.iter().min() }.copied();
        let below = stats::percentile_of(value, &past);
        let percentile = if up { below } else { below.and_then(|b| Ratio::ONE.checked_sub(b)) };
        let growth = |best: Ratio| value.checked_div(best)?.checked_sub(Ratio::ONE);
        let needed = best.filter(|b| b.signum() > 0).and_then(growth);
        let prorated = target.period.and_then(|p| prorate(value, p, evidence.member_from, evidence.member_to));
        Some(Self {
            periods: past.len(),
            n: evidence.history.iter().filter_map(|p| p.n).fold(0i64, i64::saturating_add),
            percentile,
            best,
            needed_growth: if up { needed } else { needed.map(Ratio::neg) },
            prorated: prorated.filter(|p| *p != value),
        })
    }
}

/// Fewest measured past periods for "achievable".
const MIN_HISTORY: usize = 3;
/// Age in days at which data is no longer fresh.
const STALE_DAYS: i32 = 31;
/// Longest period in days that needs no milestone.
const QUARTER_DAYS: i32 = 92;

/// What each letter lacks. Works on an unfinished form.
pub fn check(target: &Partial, evidence: &Evidence) -> [LetterCheck; 5] {
    let measured = evidence.measured();
    let fresh = evidence.data_as_of.is_some_and(|d| evidence.today.days_since(d) <= STALE_DAYS);
    let milestones_needed = target.period.is_some_and(|p| p.days() > QUARTER_DAYS) && target.milestones.is_empty();
    let lacks = |letter| -> Vec<(Missing, bool)> {
        match letter {
            Letter::Specific => vec![(Missing::Metric, target.metric.is_none()), (Missing::Who, target.who.is_none())],
            Letter::Measurable => vec![
                (Missing::Value, target.value.is_none()),
                (Missing::Baseline, target.baseline.is_none() && measured.is_empty()),
                (Missing::Data, evidence.data_as_of.is_none()),
                (Missing::FreshData, evidence.data_as_of.is_some() && !fresh),
            ],
            Letter::Achievable => {
                vec![(Missing::Value, target.value.is_none()), (Missing::History, measured.len() < MIN_HISTORY)]
            }
            Letter::Relevant => {
                vec![(Missing::Objective, target.objective.is_none()), (Missing::Why, target.why.trim().is_empty())]
            }
            Letter::TimeBound => vec![
                (Missing::Period, target.period.is_none()),
                (Missing::PeriodOver, target.period.is_some_and(|p| p.to() <= evidence.today)),
                (Missing::Milestones, milestones_needed),
            ],
        }
    };
    Letter::ALL.map(|letter| {
        let missing: Vec<Missing> = lacks(letter).into_iter().filter_map(|(m, lacking)| lacking.then_some(m)).collect();
        LetterCheck { letter, complete: missing.is_empty(), missing }
    })
}

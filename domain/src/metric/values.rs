//! What the store answers: one value per measure for one cell (a group of facts).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Aggregation, Histogram, Measure};
use crate::{Outcome, Ratio, Why, money::MICROS_PER_UNIT};

/// The value of one measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeasureValue {
    /// Number of facts.
    Count(i64),
    /// Micro-units of the reporting currency.
    Money(i128),
    /// Days and how often they occurred.
    Days(Histogram),
    /// No value, for example because an exchange rate is missing.
    Not(Why),
}

impl MeasureValue {
    /// What a measure of this kind is when there are no facts.
    pub fn nothing(measure: Measure) -> Self {
        match measure.def().aggregation {
            Aggregation::Count => Self::Count(0),
            Aggregation::SumMoney(_) => Self::Money(0),
            Aggregation::Days { .. } => Self::Days(Histogram::new()),
        }
    }

    /// Both together. Of two reasons the first in a fixed order stays, so that the order of merging
    /// does not matter; of different kinds nothing sensible can be made.
    #[must_use]
    pub fn merge(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Not(a), Self::Not(b)) => Self::Not(a.min(*b)),
            (Self::Not(a), _) => Self::Not(a),
            (_, Self::Not(b)) => Self::Not(*b),
            (Self::Count(a), Self::Count(b)) => a.checked_add(*b).map_or(Self::Not(Why::TooLarge), Self::Count),
            (Self::Money(a), Self::Money(b)) => a.checked_add(*b).map_or(Self::Not(Why::TooLarge), Self::Money),
            (Self::Days(mut a), Self::Days(b)) => match a.merge(b) {
                Some(()) => Self::Days(a),
                None => Self::Not(Why::TooLarge),
            },
            (Self::Count(_), Self::Money(_) | Self::Days(_))
            | (Self::Money(_), Self::Count(_) | Self::Days(_))
            | (Self::Days(_), Self::Count(_) | Self::Money(_)) => Self::Not(Why::NotApplicable),
        }
    }

    /// The total as an exact number: facts, currency units or Σ days.
    pub fn total(&self) -> Outcome<Ratio> {
        match self {
            Self::Count(n) => Outcome::Value(Ratio::from(*n)),
            Self::Money(m) => Outcome::from_option(Ratio::new(*m, i128::from(MICROS_PER_UNIT)), Why::TooLarge),
            Self::Days(h) => Outcome::Value(Ratio::int(h.total())),
            Self::Not(w) => Outcome::NotMeasurable(*w),
        }
    }

    /// Number of facts, where it is known: of counts and histograms.
    pub fn count(&self) -> Option<i64> {
        match self {
            Self::Count(n) => Some(*n),
            Self::Days(h) => h.count(),
            Self::Money(_) | Self::Not(_) => None,
        }
    }
}

/// Values of measures for one cell. Cells of facts that do not overlap are added with
/// [`MeasureValues::merge`]; a measure that is absent counts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MeasureValues(BTreeMap<Measure, MeasureValue>);

impl MeasureValues {
    /// No facts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value of a measure.
    pub fn set(&mut self, measure: Measure, value: MeasureValue) {
        self.0.insert(measure, value);
    }

    /// Adds to the value of a measure.
    pub fn add(&mut self, measure: Measure, value: &MeasureValue) {
        let old = self.0.remove(&measure).unwrap_or_else(|| MeasureValue::nothing(measure));
        self.0.insert(measure, old.merge(value));
    }

    /// The value of a measure; nothing where absent.
    pub fn get(&self, measure: Measure) -> MeasureValue {
        self.0.get(&measure).cloned().unwrap_or_else(|| MeasureValue::nothing(measure))
    }

    /// Adds another cell's values. Only for cells that share no facts.
    pub fn merge(&mut self, other: &Self) {
        for (measure, value) in &other.0 {
            self.add(*measure, value);
        }
    }

    /// What is set.
    pub fn iter(&self) -> impl Iterator<Item = (Measure, &MeasureValue)> {
        self.0.iter().map(|(m, v)| (*m, v))
    }
}

impl FromIterator<(Measure, MeasureValue)> for MeasureValues {
    fn from_iter<I: IntoIterator<Item = (Measure, MeasureValue)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

//! What the store answers: one value per measure for one cell (a group of facts).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Aggregation, Histogram, Measure, Timing, Unit};
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
    /// An exact number in the measure's own unit: whole units of money, points, pieces. For what micro-units
    /// or whole numbers cannot hold, such as the twelfth of a yearly amount.
    Exact(Ratio),
    /// No value, for example because an exchange rate is missing.
    Not(Why),
}

impl MeasureValue {
    /// What a measure of this kind is when there are no facts.
    pub fn nothing(measure: Measure) -> Self {
        let def = measure.def();
        if let Some(why) = def.absent {
            return Self::Not(why);
        }
        match (def.aggregation, measure.unit()) {
            (Aggregation::Days { .. }, _) => Self::Days(Histogram::new()),
            (_, Unit::Count) => Self::Count(0),
            (_, Unit::Money) => Self::Money(0),
            (_, Unit::Ratio | Unit::Days | Unit::Number | Unit::MoneyPerDay) => Self::Exact(Ratio::ZERO),
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
            (a @ (Self::Money(_) | Self::Exact(_)), b @ (Self::Money(_) | Self::Exact(_))) => {
                let sum = a
                    .total()
                    .and_then(|a| b.total().and_then(|b| Outcome::from_option(a.checked_add(b), Why::TooLarge)));
                sum.into_result().map_or_else(Self::Not, Self::Exact)
            }
            (Self::Count(_), Self::Money(_) | Self::Days(_) | Self::Exact(_))
            | (Self::Money(_) | Self::Exact(_), Self::Count(_) | Self::Days(_))
            | (Self::Days(_), Self::Count(_) | Self::Money(_) | Self::Exact(_)) => Self::Not(Why::NotApplicable),
        }
    }

    /// The total as an exact number: facts, currency units or Σ days.
    pub fn total(&self) -> Outcome<Ratio> {
        match self {
            Self::Count(n) => Outcome::Value(Ratio::from(*n)),
            Self::Money(m) => Outcome::from_option(Ratio::new(*m, i128::from(MICROS_PER_UNIT)), Why::TooLarge),
            Self::Days(h) => Outcome::Value(Ratio::int(h.total())),
            Self::Exact(r) => Outcome::Value(*r),
            Self::Not(w) => Outcome::NotMeasurable(*w),
        }
    }

    /// Number of facts, where it is known: of counts and histograms.
    pub fn count(&self) -> Option<i64> {
        match self {
            Self::Count(n) => Some(*n),
            Self::Days(h) => h.count(),
            Self::Money(_) | Self::Exact(_) | Self::Not(_) => None,
        }
    }
}

/// Values of measures for one cell. Cells of facts that do not overlap are added with
/// [`MeasureValues::merge`]; a measure that is absent counts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureValues {
    of_period: BTreeMap<Measure, MeasureValue>,
    /// From the start of the fiscal year up to the period's end, for what runs on through a year.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    of_year: BTreeMap<Measure, MeasureValue>,
}

/// Adds a value to one of a measure.
fn add(all: &mut BTreeMap<Measure, MeasureValue>, measure: Measure, value: &MeasureValue) {
    let sum = match all.remove(&measure) {
        None => value.clone(),
        Some(_) if measure.def().timing == Timing::Recount => MeasureValue::Not(Why::NotApplicable),
        Some(old) => old.merge(value),
    };
    all.insert(measure, sum);
}

impl MeasureValues {
    /// No facts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the value of a measure.
    pub fn set(&mut self, measure: Measure, value: MeasureValue) {
        self.of_period.insert(measure, value);
    }

    /// Sets the value of a measure from the start of the fiscal year up to the period's end.
    pub fn set_of_year(&mut self, measure: Measure, value: MeasureValue) {
        self.of_year.insert(measure, value);
    }

    /// Adds to the value of a measure. Two counts of different things, [`Timing::Recount`], make no third one:
    /// the same customer may be in both.
    pub fn add(&mut self, measure: Measure, value: &MeasureValue) {
        add(&mut self.of_period, measure, value);
    }

    /// The value of a measure; nothing where absent.
    pub fn get(&self, measure: Measure) -> MeasureValue {
        self.of_period.get(&measure).cloned().unwrap_or_else(|| MeasureValue::nothing(measure))
    }

    /// The value of a measure from the start of the fiscal year up to the period's end; nothing where absent.
    pub fn get_of_year(&self, measure: Measure) -> MeasureValue {
        self.of_year.get(&measure).cloned().unwrap_or_else(|| MeasureValue::nothing(measure))
    }

    /// Adds another cell's values. Only for cells that share no facts, of other people in the same period. Of successive
    /// periods what runs on through the year is not added: the last one's holds the others.
    pub fn merge(&mut self, other: &Self) {
        for (measure, value) in &other.of_period {
            self.add(*measure, value);
        }
        for (measure, value) in &other.of_year {
            add(&mut self.of_year, *measure, value);
        }
    }

    /// What is set here and, of other measures of the same facts, there.
    #[must_use]
    pub fn with(mut self, others: Self) -> Self {
        self.of_period.extend(others.of_period);
        self.of_year.extend(others.of_year);
        self
    }

    /// What is set of the period.
    pub fn iter(&self) -> impl Iterator<Item = (Measure, &MeasureValue)> {
        self.of_period.iter().map(|(m, v)| (*m, v))
    }
}

impl FromIterator<(Measure, MeasureValue)> for MeasureValues {
    fn from_iter<I: IntoIterator<Item = (Measure, MeasureValue)>>(pairs: I) -> Self {
        Self { of_period: pairs.into_iter().collect(), of_year: BTreeMap::new() }
    }
}

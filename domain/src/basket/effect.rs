//! Which category lifts the average transaction value.

use super::Contents;
use super::totals::value;
use crate::metric::{Answer, Figure, Measure, MeasureValue, MeasureValues, Unit, catalogue};
use crate::money::MICROS_PER_UNIT;
use crate::stats::mean_difference95;
use crate::sum::Sum;
use crate::{Outcome, Why};

/// Transactions that hold a category against those that do not. It says what goes together, not what causes what:
/// who fills a large basket also meets more categories.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryEffect {
    /// Average transaction value with the category; n is how many they are.
    pub with: Answer,
    /// Average transaction value without it.
    pub without: Answer,
    /// With − without.
    pub difference: Outcome<Figure>,
    /// Student's (Welch's) 95 % interval of the difference, in whole units of the currency; `None` with fewer than two
    /// transactions on a side, or where money is not measurable.
    pub difference95: Option<(f64, f64)>,
    /// What the category itself adds to a transaction that holds it: its amount ÷ those transactions. Where this is
    /// less than the difference, the rest of the basket is larger too.
    pub own: Answer,
}

impl Contents {
    /// The effect of a category on the average transaction value.
    pub fn effect_of(&self, category: u32) -> CategoryEffect {
        let (mut with, mut without, mut own) = (Side::default(), Side::default(), Side::default());
        for parts in self.transactions() {
            // Sums of i64 in memory fit an i128.
            let total: i128 = parts.iter().map(|p| i128::from(p.amount)).sum();
            match parts.binary_search_by_key(&Some(category), |p| p.category) {
                Ok(at) => {
                    with.push(total);
                    own.push(i128::from(parts[at].amount));
                }
                Err(_) => without.push(total),
            }
        }
        let difference95 =
            if self.no_money.is_some() { None } else { mean_difference95(&with.values, &without.values) };
        let [with, without, own] = [with, without, own].map(|side| side.mean(self.no_money));
        let difference = with.value.and_then(|a| {
            without.value.and_then(|b| {
                let difference = a.exact.checked_sub(b.exact);
                Outcome::from_option(difference, Why::TooLarge).map(|r| Figure::new(r, Unit::Money))
            })
        });
        CategoryEffect { with, without, difference, difference95, own }
    }
}

struct Side {
    total: Sum,
    /// Whole units, for the interval.
    values: Vec<f64>,
}

impl Default for Side {
    fn default() -> Self {
        Self { total: Sum::ZERO, values: Vec::new() }
    }
}

impl Side {
    fn push(&mut self, micros: i128) {
        self.total.add(Outcome::Value(micros));
        self.values.push(micros as f64 / MICROS_PER_UNIT as f64);
    }

    /// The average transaction value of this side.
    fn mean(&self, no_money: Option<Why>) -> Answer {
        let total = no_money.map_or(self.total.units(Unit::Money), Outcome::NotMeasurable);
        let measures = MeasureValues::from_iter([
            (Measure::SalesRevenue, value(total)),
            (Measure::Transactions, MeasureValue::Count(self.values.len() as i64)),
        ]);
        catalogue::answer("atv", &measures)
    }
}

//! What is bought together.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::totals::value;
use super::{LineKind, SaleLine};
use crate::metric::{Answer, Figure, Measure, MeasureValue, MeasureValues, Unit, catalogue};
use crate::sum::Sum;
use crate::{Outcome, Why};

/// Lines sold, put together by transaction and category. Made once, asked often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// In order of transaction, then category; each pair once.
    pub(super) parts: Vec<Part>,
    /// Σ quantity per category, in millionths.
    units: BTreeMap<u32, Sum>,
    /// Why money cannot be measured: an amount that is not known, or one too large.
    pub(super) no_money: Option<Why>,
}

/// All of one category in one transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) transaction: u32,
    /// `None`: lines without a category, which count in the transaction's amount only.
    pub(super) category: Option<u32>,
    /// Micro-units.
    pub(super) amount: i64,
}

/// How often, and how much, one category is bought with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Attached {
    /// The category bought with it: B.
    pub category: u32,
    /// Transactions with A and B ÷ transactions with A; n is the latter.
    pub rate: Answer,
    /// Units of B ÷ units of A in all transactions; may pass 1.
    pub units: Answer,
}

impl Contents {
    /// Puts lines together; other than sales are left out.
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a SaleLine>) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        let mut units: BTreeMap<u32, Sum> = BTreeMap::new();
        let mut no_money: Option<Why> = None;
        let mut fail = |why: Why| no_money = Some(no_money.map_or(why, |w| w.min(why)));
        for line in lines.into_iter().filter(|l| l.counts_as() == LineKind::Sale) {
            if let Some(category) = line.category {
                units.entry(category).or_insert(Sum::ZERO).add_micros(Outcome::Value(line.quantity));
            }
            let amount = match line.amount {
                Outcome::Value(amount) => amount.get(),
                Outcome::NotMeasurable(why) => {
                    fail(why);
                    0
                }
            };
            parts.push(Part { transaction: line.transaction, category: line.category, amount });
        }
        parts.sort_unstable_by_key(|p| (p.transaction, p.category));
        parts.dedup_by(|later, first| {
            let same = (later.transaction, later.category) == (first.transaction, first.category);
            if same {
                // Amounts of sales are above zero: a sum too large stays so in any order.
                first.amount = first.amount.checked_add(later.amount).unwrap_or_else(|| {
                    fail(Why::TooLarge);
                    i64::MAX
                });
            }
            same
        });
        Self { parts, units, no_money }
    }

    /// The parts of each transaction.
    pub(super) fn transactions(&self) -> impl Iterator<Item = &[Part]> {
        self.parts.chunk_by(|a, b| a.transaction == b.transaction)
    }

    /// The categories sold, in ascending order.
    pub fn categories(&self) -> impl Iterator<Item = u32> {
        self.units.keys().copied()
    }

    /// Attach rates and attach units of a category A to every other one, the most frequent first.
    pub fn attached_to(&self, category: u32) -> Vec<Attached> {
        let mut with = 0i64;
        let mut together: BTreeMap<u32, i64> = self.categories().filter(|c| *c != category).map(|c| (c, 0)).collect();
        for parts in self.transactions() {
            if parts.binary_search_by_key(&Some(category), |p| p.category).is_ok() {
                with += 1;
                for other in parts.iter().filter_map(|p| p.category) {
                    if let Some(n) = together.get_mut(&other) {
                        *n += 1;
                    }
                }
            }
        }
        let mut ranked: Vec<(u32, i64)> = together.into_iter().collect();
        ranked.sort_by_key(|(_, n)| Reverse(*n));
        ranked
            .into_iter()
            .map(|(other, n)| {
                let measures = MeasureValues::from_iter([
                    (Measure::AttachBase, MeasureValue::Count(with)),
                    (Measure::AttachBoth, MeasureValue::Count(n)),
                    (Measure::AttachUnitsBase, value(self.units_of(category))),
                    (Measure::AttachUnitsSecond, value(self.units_of(other))),
                ]);
                let answer = |id| catalogue::answer(id, &measures);
                Attached { category: other, rate: answer("attach_rate"), units: answer("attach_units") }
            })
            .collect()
    }

    fn units_of(&self, category: u32) -> Outcome<Figure> {
        self.units.get(&category).copied().unwrap_or(Sum::ZERO).units(Unit::Count)
    }
}

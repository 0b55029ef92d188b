//! Adds up the facts of one cell, exactly, and gives its measures.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use domain::metric::Aggregation;
use domain::{Currency, Date, DealId, Measure, MeasureValue, MeasureValues, Ratio, Why};

use super::days::Days;
use super::measures::{Amount, Reading, family_of, passes};
use crate::query::facts::{DealGroup, Family};

/// The sum of one measure so far.
#[derive(Debug)]
enum Sum {
    Count(i64),
    /// Amounts by factor: each is multiplied once, at the end, so that nothing is rounded twice.
    Money(Amount, BTreeMap<Option<i64>, i128>),
    Days(Days),
    Not(Why),
}

/// The facts of one cell so far.
#[derive(Debug)]
pub(super) struct Tally {
    sums: Vec<(Measure, Sum)>,
    /// Split deals that were counted: one counts once, however many of its people are in the cell.
    seen: HashSet<(Family, Reading, DealId)>,
    families: BTreeSet<Family>,
}

impl Tally {
    pub(super) fn new(measures: &BTreeSet<Measure>) -> Self {
        let start = |m: &Measure| match m.def().aggregation {
            Aggregation::Count => Sum::Count(0),
            Aggregation::Days { .. } => Sum::Days(Days::default()),
            _ => Amount::of(*m).map_or(Sum::Not(Why::NotApplicable), |a| Sum::Money(a, BTreeMap::new())),
        };
        Self {
            sums: measures.iter().filter(|m| family_of(**m).is_some()).map(|m| (*m, start(m))).collect(),
            seen: HashSet::new(),
            families: BTreeSet::new(),
        }
    }

    /// The dates by which facts were taken into the cell.
    pub(super) fn families(&self) -> &BTreeSet<Family> {
        &self.families
    }

    /// Whether any deal in it has its credit split.
    pub(super) fn is_split(&self) -> bool {
        !self.seen.is_empty()
    }

    /// Adds a group to the measures that it was read for.
    pub(super) fn add(&mut self, group: &DealGroup, reading: Reading, missing_rate: Option<(Currency, Date)>) {
        self.families.insert(group.family);
        let is_first = group.split.is_none_or(|deal| self.seen.insert((group.family, reading, deal)));
        for (measure, sum) in &mut self.sums {
            let def = measure.def();
            if Reading::of(*measure) != reading
                || family_of(*measure) != Some(group.family)
                || !def.status.contains(&group.status)
                || (def.filled.is_some() && group.factor.is_none())
                || !passes(*measure, group.factor)
            {
                continue;
            }
            let added = match sum {
                Sum::Count(_) | Sum::Days(_) if !is_first => Some(()),
                Sum::Count(n) => n.checked_add(group.count).map(|total| *n = total),
                Sum::Days(days) => group.cycles.iter().try_for_each(|(took, times)| days.add(*took, *times)),
                Sum::Money(..) if group.unconverted > 0 => {
                    *sum = Sum::Not(
                        missing_rate.map_or(Why::NoData, |(currency, date)| Why::MissingRate { currency, date }),
                    );
                    Some(())
                }
                Sum::Money(amount, by_factor) => {
                    let factor = if *amount == Amount::Plain { None } else { group.factor };
                    let so_far = by_factor.entry(factor).or_default();
                    so_far.checked_add(group.amount).map(|total| *so_far = total)
                }
                Sum::Not(_) => Some(()),
            };
            if added.is_none() {
                *sum = Sum::Not(Why::TooLarge);
            }
        }
    }

    /// The measures.
    pub(super) fn values(&self) -> MeasureValues {
        self.sums.iter().map(|(measure, sum)| (*measure, value(sum))).collect()
    }
}

/// Decimals of a micro-unit to which parts are rounded where they cannot be added up exactly: even of all factors there
/// are together not a thousandth of a micro-unit is lost.
const FINE: u32 = 9;

fn value(sum: &Sum) -> MeasureValue {
    match sum {
        Sum::Count(n) => MeasureValue::Count(*n),
        Sum::Days(days) => MeasureValue::Days(days.histogram()),
        Sum::Not(why) => MeasureValue::Not(*why),
        Sum::Money(amount, by_factor) => {
            let parts = || by_factor.iter().map(|(factor, micros)| amount.at(*micros, *factor));
            let exact = parts().try_fold(Ratio::ZERO, |total, part| total.checked_add(part?));
            // Fractions of many different factors have no common denominator that fits.
            let rounded = || parts().try_fold(0, |total: i128, part| total.checked_add(part?.round_half_even(FINE)?));
            exact
                .or_else(|| Ratio::new(rounded()?, 10i128.pow(FINE)))
                .and_then(|total| total.round_half_even(0))
                .map_or(MeasureValue::Not(Why::TooLarge), MeasureValue::Money)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_at_many_discounts_are_added_up() {
        let sums = (1..=990).map(|thousandths| (Some(thousandths * 1_000), 1_234_567_890_123)).collect();
        let MeasureValue::Money(found) = value(&Sum::Money(Amount::BeforeDiscount, sums)) else { panic!("no sum") };
        // Independently, in units of a millionth of a micro-unit, each part rounded down: at most 990 of them less.
        let fine = |thousandths: i128| 1_234_567_890_123i128 * 1_000 * 1_000_000 / (1_000 - thousandths);
        let expected: i128 = (1..=990).map(fine).sum::<i128>() / 1_000_000;
        assert!((found - expected).abs() <= 1, "{found} {expected}");
    }
}

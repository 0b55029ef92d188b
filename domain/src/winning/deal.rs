//! From deals to measures.

use std::collections::BTreeMap;

use crate::metric::{DealStatus, Histogram, Measure, MeasureValue, MeasureValues};
use crate::sum::Sum;
use crate::{Date, Micros, Outcome, Period, Why};

/// A deal as the analysis sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deal {
    /// State today.
    pub status: DealStatus,
    /// Day of creation.
    pub created_on: Option<Date>,
    /// Day of first contact.
    pub engaged_on: Option<Date>,
    /// Day of the decision; of an open deal a forecast, which is ignored.
    pub closed_on: Option<Date>,
    /// In the reporting currency; zero where none is stated.
    pub amount: Outcome<Micros>,
    /// Chance of winning in millionths; none counts as zero.
    pub probability: Option<u32>,
}

/// What is asked: deals decided or begun in a period, and those open on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The period.
    pub period: Period,
    /// The day of balances: the period's end or today, whichever is earlier.
    pub as_of: Date,
}

/// The measures of one group of deals, all that a catalogue's metric of deals needs except discounts.
pub fn measures(deals: impl IntoIterator<Item = Deal>, window: Window) -> MeasureValues {
    let mut tally = Tally::default();
    for deal in deals {
        tally.add(&deal, window);
    }
    tally.values()
}

/// The measures of deals by any attribute; `None` is a group of its own: those that lack it.
pub fn measures_by<K: Ord>(
    deals: impl IntoIterator<Item = (Option<K>, Deal)>,
    window: Window,
) -> BTreeMap<Option<K>, MeasureValues> {
    let mut groups: BTreeMap<Option<K>, Tally> = BTreeMap::new();
    for (key, deal) in deals {
        groups.entry(key).or_default().add(&deal, window);
    }
    groups.into_iter().map(|(key, tally)| (key, tally.values())).collect()
}

/// Counts of facts that all fit in memory cannot exceed an i64.
struct Tally {
    won: i64,
    lost: i64,
    disqualified: i64,
    open: i64,
    created: i64,
    created_won: i64,
    amount_won: Sum,
    amount_lost: Sum,
    amount_open: Sum,
    /// In millionths of micro-units, so that it is rounded once.
    weighted: Sum,
    cycle: Histogram,
    cycle_lost: Histogram,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            won: 0,
            lost: 0,
            disqualified: 0,
            open: 0,
            created: 0,
            created_won: 0,
            amount_won: Sum::ZERO,
            amount_lost: Sum::ZERO,
            amount_open: Sum::ZERO,
            weighted: Sum::ZERO,
            cycle: Histogram::new(),
            cycle_lost: Histogram::new(),
        }
    }
}

impl Tally {
    fn add(&mut self, deal: &Deal, window: Window) {
        let in_period = |day: Option<Date>| day.is_some_and(|d| window.period.contains(d));
        if in_period(deal.created_on.or(deal.engaged_on)) {
            self.created += 1;
            self.created_won += i64::from(deal.status == DealStatus::Won);
        }
        if in_period(deal.closed_on) {
            self.add_decided(deal);
        }
        let first = match (deal.created_on, deal.engaged_on) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let not_closed = deal.status == DealStatus::Open || deal.closed_on.is_some_and(|d| d > window.as_of);
        if not_closed && first.is_none_or(|d| d <= window.as_of) {
            self.open += 1;
            self.amount_open.add_micros(deal.amount);
            let millionths = i128::from(deal.probability.unwrap_or(0));
            // An i64 × a u32 fits.
            self.weighted.add(deal.amount.map(|m| i128::from(m.get()) * millionths));
        }
    }

    fn add_decided(&mut self, deal: &Deal) {
        let took = || Some(deal.closed_on?.days_since(deal.engaged_on.or(deal.created_on)?));
        // Only a count beyond i64 would be refused.
        let count = |days: &mut Histogram| took().and_then(|n| days.add(n, 1));
        match deal.status {
            DealStatus::Won => {
                self.won += 1;
                self.amount_won.add_micros(deal.amount);
                count(&mut self.cycle);
            }
            DealStatus::Lost => {
                self.lost += 1;
                self.amount_lost.add_micros(deal.amount);
                count(&mut self.cycle_lost);
            }
            DealStatus::Disqualified => self.disqualified += 1,
            DealStatus::Open => {}
        }
    }

    fn values(self) -> MeasureValues {
        let money = |sum: Outcome<i128>| match sum {
            Outcome::Value(micros) => MeasureValue::Money(micros),
            Outcome::NotMeasurable(why) => MeasureValue::Not(why),
        };
        let weighted = self.weighted.micros().and_then(|m| {
            Outcome::from_option(crate::Ratio::new(m, 1_000_000).and_then(|r| r.round_half_even(0)), Why::TooLarge)
        });
        let lost = MeasureValue::Days(self.cycle_lost);
        MeasureValues::from_iter([
            (Measure::DealsWon, MeasureValue::Count(self.won)),
            (Measure::DealsLost, MeasureValue::Count(self.lost)),
            (Measure::DealsDisqualified, MeasureValue::Count(self.disqualified)),
            (Measure::DealsOpen, MeasureValue::Count(self.open)),
            (Measure::AmountWon, money(self.amount_won.micros())),
            (Measure::AmountLost, money(self.amount_lost.micros())),
            (Measure::AmountOpen, money(self.amount_open.micros())),
            (Measure::AmountOpenWeighted, money(weighted)),
            (Measure::CycleDaysClosed, MeasureValue::Days(self.cycle.clone()).merge(&lost)),
            (Measure::CycleDaysWon, MeasureValue::Days(self.cycle)),
            (Measure::CycleDaysLost, lost),
            (Measure::CohortCreated, MeasureValue::Count(self.created)),
            (Measure::CohortWon, MeasureValue::Count(self.created_won)),
        ])
    }
}

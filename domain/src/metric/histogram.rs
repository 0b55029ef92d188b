//! Counts per whole number of days: exact mean and median that can be rolled up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Ratio;

/// How many facts took how many days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Histogram(BTreeMap<i32, i64>);

impl Histogram {
    /// Nothing counted.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts `times` facts of `days`; a negative number takes some away again. `None` on overflow,
    /// which leaves it unchanged.
    pub fn add(&mut self, days: i32, times: i64) -> Option<()> {
        let count = self.0.get(&days).copied().unwrap_or(0).checked_add(times)?;
        if count == 0 {
            self.0.remove(&days);
        } else {
            self.0.insert(days, count);
        }
        Some(())
    }

    /// Adds another one. `None` on overflow.
    pub fn merge(&mut self, other: &Self) -> Option<()> {
        other.0.iter().try_for_each(|(days, times)| self.add(*days, *times))
    }

    /// Days and counts, from the shortest.
    pub fn iter(&self) -> impl Iterator<Item = (i32, i64)> {
        self.0.iter().map(|(d, n)| (*d, *n))
    }

    /// Number of facts; `None` on overflow.
    pub fn count(&self) -> Option<i64> {
        self.0.values().try_fold(0i64, |a, n| a.checked_add(*n))
    }

    /// Σ of days; cannot overflow, as i32 × i64 over at most 2³² keys fits i128.
    pub fn total(&self) -> i128 {
        self.iter().map(|(d, n)| i128::from(d) * i128::from(n)).sum()
    }

    /// Exact mean; `None` when empty.
    pub fn mean(&self) -> Option<Ratio> {
        Ratio::new(self.total(), i128::from(self.count()?))
    }

    /// Exact median, the mean of the two middle ones; `None` when empty.
    pub fn median(&self) -> Option<Ratio> {
        let n = self.count().filter(|n| *n > 0)?;
        let low = self.at((n - 1) / 2)?;
        let high = self.at(n / 2)?;
        Ratio::new(i128::from(low) + i128::from(high), 2)
    }

    /// The value at a position, from 0, in sorted order.
    fn at(&self, position: i64) -> Option<i32> {
        let mut before = 0i64;
        self.iter().find_map(|(days, n)| {
            before = before.saturating_add(n);
            (position < before).then_some(days)
        })
    }
}

impl FromIterator<(i32, i64)> for Histogram {
    /// Counts that overflow are left at their last sum.
    fn from_iter<I: IntoIterator<Item = (i32, i64)>>(pairs: I) -> Self {
        let mut h = Self::new();
        for (days, times) in pairs {
            let _ = h.add(days, times);
        }
        h
    }
}

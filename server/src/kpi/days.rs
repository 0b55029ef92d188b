//! Counts per whole number of days while many of them are added up.

use domain::metric::Histogram;

/// Days below this have a place of their own: nearly all there are.
const NEAR: usize = 1_024;

/// How many facts took how many days.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    near: Vec<i64>,
    far: Histogram,
}

impl Days {
    /// Counts `times` facts of `days`. `None` on overflow, which leaves it unchanged.
    pub(super) fn add(&mut self, days: i32, times: i64) -> Option<()> {
        let Some(place) = usize::try_from(days).ok().filter(|d| *d < NEAR) else {
            return self.far.add(days, times);
        };
        if place >= self.near.len() {
            self.near.resize(place + 1, 0);
        }
        self.near[place] = self.near[place].checked_add(times)?;
        Some(())
    }

    /// All counts.
    pub(super) fn histogram(&self) -> Histogram {
        let near = (0i32..).zip(&self.near).filter(|(_, times)| **times != 0).map(|(days, times)| (days, *times));
        near.chain(self.far.iter()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_and_far_days_are_counted() {
        let mut days = Days::default();
        for (day, times) in [(3, 2), (5_000, 1), (-4, 1), (0, 1), (3, -1), (1_023, 1), (1_024, 1), (9, 1), (9, -1)] {
            days.add(day, times).unwrap();
        }
        let found: Vec<_> = days.histogram().iter().collect();
        assert_eq!(found, [(-4, 1), (0, 1), (3, 1), (1_023, 1), (1_024, 1), (5_000, 1)]);
        assert_eq!(days.add(3, i64::MAX), None);
        assert_eq!(days.histogram().iter().find(|(d, _)| *d == 3), Some((3, 1)));
    }
}

//! Moments in UTC.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use super::Date;

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// Wraps milliseconds since 1970 in UTC.
    pub const fn new(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970 in UTC.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The date in UTC; clamped to the years 1..=9999.
    pub fn date_utc(self) -> Date {
        let days = self.0.div_euclid(86_400_000);
        let days = days.clamp(i64::from(Date::MIN.day_number()), i64::from(Date::MAX.day_number()));
        Date::from_day_number(days as i32).unwrap_or(Date::MIN)
    }

    /// Hour, minute and second of the day in UTC.
    pub fn time_utc(self) -> (u32, u32, u32) {
        let s = (self.0.rem_euclid(86_400_000) / 1000) as u32;
        (s / 3600, s / 60 % 60, s % 60)
    }

    /// This many milliseconds later, stopping at the ends of the range.
    pub fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

impl fmt::Display for Timestamp {
    /// `2017-03-09T12:30:00Z`, whole seconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (h, m, s) = self.time_utc();
        write!(f, "{}T{h:02}:{m:02}:{s:02}Z", self.date_utc())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::ids::i64_from_any(d).map(Self)
    }
}

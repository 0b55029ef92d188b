//! The one place that knows what time it is.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::{Date, Timestamp};

/// A source of the present moment: the system's, or one day that does not move (tests, demos).
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The system's clock.
    System,
    /// Noon UTC of one day, for ever.
    Fixed(Date),
}

impl Clock {
    /// The present moment.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp(
                SystemTime::now()
                    .duration_since(UNIX_EPOCH)
                    .map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX)),
            ),
            Self::Fixed(day) => Timestamp((i64::from(day.day_number()) * 24 + 12) * 3_600_000),
        }
    }

    /// Today in a time zone; an unknown zone counts as UTC.
    pub fn today(&self, time_zone: &str) -> Date {
        if let Self::Fixed(day) = self {
            return *day;
        }
        day_in(self.now(), time_zone)
    }
}

/// The day of a moment in a time zone; an unknown zone counts as UTC.
pub fn day_in(moment: Timestamp, time_zone: &str) -> Date {
    let zoned = jiff::Timestamp::from_millisecond(moment.0).ok().and_then(|t| t.in_tz(time_zone).ok());
    match zoned {
        Some(z) => Date::from_ymd(i32::from(z.year()), z.month().unsigned_abs().into(), z.day().unsigned_abs().into())
            .unwrap_or_else(|_| moment.date_utc()),
        None => moment.date_utc(),
    }
}

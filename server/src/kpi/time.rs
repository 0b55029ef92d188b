//! Windows of time: the periods that a question asks about, and the day of balances in each.

use domain::{Calendar, Date, Grain, Period};

use super::KpiError;

/// More parts than this nobody reads, and the statement would grow without bound.
const MOST_PARTS: usize = 1_200;

/// A stretch of time with an answer of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// The days.
    pub period: Period,
    /// The day of balances.
    pub day: Date,
    /// Names of the parts it lies in, one per grain asked.
    pub names: Vec<String>,
}

impl Window {
    /// A window whose balances are taken at its end or today, whichever is earlier.
    pub(super) fn new(period: Period, today: Date) -> Self {
        Self { period, day: period.last().min(today), names: Vec::new() }
    }
}

/// Divides a period by grains. `as_of` is the day of balances: of the whole period as it is, of a part only where
/// the part does not end before it.
pub(super) fn windows(
    period: Period,
    grains: &[Grain],
    calendar: &Calendar,
    today: Date,
    as_of: Option<Date>,
) -> Result<Vec<Window>, KpiError> {
    if grains.is_empty() {
        let mut whole = Window::new(period, today);
        whole.day = as_of.unwrap_or(whole.day);
        return Ok(vec![whole]);
    }
    let mut parts = vec![Window::new(period, as_of.unwrap_or(today))];
    for grain in grains {
        let length = grain.months().map_or(7, |months| months * 28);
        if usize::try_from(period.days() / length).unwrap_or(0) > MOST_PARTS {
            return Err(KpiError::TooManyParts(MOST_PARTS));
        }
        let mut finer = Vec::new();
        for window in parts {
            for (name, part) in window.period.split(*grain, calendar) {
                let mut inner = Window::new(part, as_of.unwrap_or(today));
                inner.names = window.names.clone();
                inner.names.push(name);
                finer.push(inner);
            }
        }
        parts = finer;
    }
    if parts.len() > MOST_PARTS { Err(KpiError::TooManyParts(MOST_PARTS)) } else { Ok(parts) }
}

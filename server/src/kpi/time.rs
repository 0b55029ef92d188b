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
    /// The last day whose facts count.
    pub until: Date,
    /// Names of the parts it lies in, one per grain asked.
    pub names: Vec<String>,
}

impl Window {
    /// A window whose balances are taken at its end or today, whichever is earlier.
    pub(super) fn new(period: Period, today: Date) -> Self {
        Self { period, day: period.last().min(today), until: period.last(), names: Vec::new() }
    }

    /// The same, of which only what is dated up to today counts: what is dated later is a plan and no result.
    pub(super) fn so_far(period: Period, today: Date) -> Self {
        Self { until: period.last().min(today), ..Self::new(period, today) }
    }

    /// The same from the start of the fiscal year that holds its last day whose facts count.
    pub(super) fn of_year(&self, calendar: &Calendar) -> Self {
        let year = Period::containing(self.until, Grain::Year, calendar);
        let from = year.map_or(self.period.from(), Period::from);
        Self { period: Period::new(from, self.period.to()).unwrap_or(self.period), ..self.clone() }
    }

    /// Whether a fact of this day counts.
    pub(super) fn holds(&self, day: Date) -> bool {
        self.period.contains(day) && day <= self.until
    }
}

/// Divides a period by grains. `as_of` is the day of balances: of the whole period as it is, of a part only where
/// the part does not end before it. `so_far` leaves out what is dated after today.
pub(super) fn windows(
    period: Period,
    grains: &[Grain],
    calendar: &Calendar,
    today: Date,
    as_of: Option<Date>,
    so_far: bool,
) -> Result<Vec<Window>, KpiError> {
    let window = |part: Period| {
        let whole = Window::new(part, as_of.unwrap_or(today));
        if so_far { Window { until: part.last().min(today), ..whole } } else { whole }
    };
    if grains.is_empty() {
        let whole = window(period);
        return Ok(vec![Window { day: as_of.unwrap_or(whole.day), ..whole }]);
    }
    let mut parts = vec![window(period)];
    for grain in grains {
        let length = grain.months().map_or(7, |months| months * 28);
        if usize::try_from(period.days() / length).unwrap_or(0) > MOST_PARTS {
            return Err(KpiError::TooManyParts(MOST_PARTS));
        }
        let mut finer = Vec::new();
        for outer in parts {
            for (name, part) in outer.period.split(*grain, calendar) {
                let mut inner = window(part);
                inner.names = outer.names.clone();
                inner.names.push(name);
                finer.push(inner);
            }
        }
        parts = finer;
    }
    if parts.len() > MOST_PARTS { Err(KpiError::TooManyParts(MOST_PARTS)) } else { Ok(parts) }
}

//! How a target is spread over its period, and how much of it is expected by a day.

use serde::{Deserialize, Serialize};

use crate::{Calendar, Date, Grain, Period, Ratio};

/// How a target is spread over its period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// The same every calendar day.
    Even,
    /// The same every working day.
    #[default]
    WorkingDays,
    /// As last year went.
    Seasonal,
    /// By hand.
    ByHand,
}

impl Distribution {
    /// All.
    pub const ALL: [Self; 4] = [Self::Even, Self::WorkingDays, Self::Seasonal, Self::ByHand];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::WorkingDays => "working_days",
            Self::Seasonal => "seasonal",
            Self::ByHand => "by_hand",
        }
    }

    /// The inverse of [`Distribution::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.code() == code)
    }
}

/// A part of a target's period with its weight: an amount by hand, or what the same part brought last year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TargetPart {
    /// The part of the period.
    pub period: Period,
    /// Its weight, not negative.
    pub weight: Ratio,
}

/// Months of a period with the same weights in order; months without a weight get zero.
pub fn monthly_parts(period: Period, weights: &[Ratio], calendar: &Calendar) -> Vec<TargetPart> {
    let months = period.split(Grain::Month, calendar);
    let weights = weights.iter().copied().chain(std::iter::repeat(Ratio::ZERO));
    months.into_iter().zip(weights).map(|((_, period), weight)| TargetPart { period, weight }).collect()
}

/// Running total of what was distributed by hand: x of "distributed x of y".
pub fn distributed(parts: &[TargetPart]) -> Option<Ratio> {
    parts.iter().try_fold(Ratio::ZERO, |sum, p| sum.checked_add(p.weight))
}

/// The share of a period's target that is expected by the end of this day, 0 to 1. Seasonal and by hand
/// spread each part over its working days; where the weights say nothing, working days decide. `None` where working
/// days are needed and the calendar has none, and where numbers are too large.
pub fn expected_share(
    distribution: Distribution,
    period: Period,
    today: Date,
    calendar: &Calendar,
    parts: &[TargetPart],
) -> Option<Ratio> {
    let Some(elapsed) = period.elapsed(today) else {
        return Some(Ratio::ZERO);
    };
    match distribution {
        Distribution::Even => Ratio::new(elapsed.days().into(), period.days().into()),
        Distribution::WorkingDays => by_working_days(period, elapsed, calendar),
        Distribution::Seasonal | Distribution::ByHand => {
            let total = distributed(parts)?;
            if total.signum() <= 0 || parts.iter().any(|p| p.weight.signum() < 0) {
                return by_working_days(period, elapsed, calendar);
            }
            let so_far = parts.iter().try_fold(Ratio::ZERO, |sum, part| {
                let share = match part.period.intersect(elapsed) {
                    Some(done) => by_working_days(part.period, done, calendar)?,
                    None => Ratio::ZERO,
                };
                sum.checked_add(part.weight.checked_mul(share)?)
            })?;
            so_far.checked_div(total)
        }
    }
}

/// As [`expected_share`], of somebody who is there for a part of the period: of what the distribution lays on that part,
/// the share that is expected by the end of this day. A part on which it lays nothing goes by calendar days.
pub fn expected_share_of_part(
    distribution: Distribution,
    period: Period,
    part: Period,
    today: Date,
    calendar: &Calendar,
    parts: &[TargetPart],
) -> Option<Ratio> {
    let share = |day: Date| expected_share(distribution, period, day, calendar, parts);
    if part == period {
        return share(today);
    }
    let Some(elapsed) = part.elapsed(today) else {
        return Some(Ratio::ZERO);
    };
    let before = match part.from().add_days(-1) {
        Some(day) => share(day)?,
        None => Ratio::ZERO,
    };
    let whole = share(part.last())?.checked_sub(before)?;
    if whole.signum() <= 0 {
        return Ratio::new(elapsed.days().into(), part.days().into());
    }
    share(elapsed.last())?.checked_sub(before)?.checked_div(whole)
}

/// Share of working days gone; of a period without any (a weekend), share of days. `None` if nobody ever works.
fn by_working_days(period: Period, elapsed: Period, calendar: &Calendar) -> Option<Ratio> {
    if !calendar.has_working_days() {
        return None;
    }
    let all = calendar.working_days_in(period);
    if all == 0 {
        return Ratio::new(elapsed.days().into(), period.days().into());
    }
    Ratio::new(calendar.working_days_in(elapsed).into(), all.into())
}

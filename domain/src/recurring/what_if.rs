//! What if: recurring revenue over the coming months, from rates that the reader sets.
//!
//! Nothing is hidden in it: each month loses and gains its share of what it opened with, and what is new comes on
//! top. Each movement is rounded half-even to a micro-unit per year, so that every month adds up exactly.

use serde::{Deserialize, Serialize};

use super::{Movements, Mrr};
use crate::{Outcome, Ratio, Why, stats};

/// No projection goes further: ten years.
pub const MAX_MONTHS: u32 = 120;

/// What the reader sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assumptions {
    /// Recurring revenue at the start.
    pub opening: Mrr,
    /// Share of the opening that leaves each month.
    pub churn: Ratio,
    /// Share of the opening by which customers who stay pay less each month.
    pub contraction: Ratio,
    /// Share of the opening by which customers who stay pay more each month.
    pub expansion: Ratio,
    /// Revenue of new and returning customers each month.
    pub new: Mrr,
}

/// One month to come: opening + new + expansion − contraction − churn = closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Month {
    /// At its start.
    pub opening: Mrr,
    /// Of new and returning customers.
    pub new: Mrr,
    /// Increases.
    pub expansion: Mrr,
    /// Decreases.
    pub contraction: Mrr,
    /// Lost.
    pub churn: Mrr,
    /// At its end.
    pub closing: Mrr,
}

/// Carries the assumptions on for some months, at most [`MAX_MONTHS`]. Not measurable: negative assumptions, or
/// more lost in a month than there is.
pub fn project(assumed: &Assumptions, months: u32) -> Outcome<Vec<Month>> {
    let mut all = Vec::new();
    let mut opening = assumed.opening;
    for _ in 0..months.min(MAX_MONTHS) {
        match month(assumed, opening) {
            Ok(next) => {
                opening = next.closing;
                all.push(next);
            }
            Err(why) => return Outcome::NotMeasurable(why),
        }
    }
    Outcome::Value(all)
}

fn month(assumed: &Assumptions, opening: Mrr) -> Result<Month, Why> {
    let Assumptions { churn, contraction, expansion, new, .. } = *assumed;
    let lost = churn.checked_add(contraction).ok_or(Why::TooLarge)?;
    let negative = [churn, contraction, expansion].iter().any(|r| r.signum() < 0);
    if negative || opening < Mrr::ZERO || new < Mrr::ZERO || lost > Ratio::ONE {
        return Err(Why::NotApplicable);
    }
    let churn = opening.times(churn)?;
    let left = opening.minus(churn)?;
    // Both may round up; together they cannot take more than there is.
    let contraction = opening.times(contraction)?.min(left);
    let expansion = opening.times(expansion)?;
    let closing = left.minus(contraction)?.plus(expansion)?.plus(new)?;
    Ok(Month { opening, new, expansion, contraction, churn, closing })
}

/// An assumption read from the past, with its 95 % interval (none with fewer than two months).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The value, exact: a share, or units of the currency per month.
    pub value: Ratio,
    /// The interval of the same.
    pub interval95: Option<(f64, f64)>,
}

/// Where a projection starts: the rates of the months that were.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Today {
    /// What [`project`] takes; `new` is rounded half-even to a micro-unit per year.
    pub assumptions: Assumptions,
    /// Σ churn ÷ Σ opening.
    pub churn: Estimate,
    /// Σ contraction ÷ Σ opening.
    pub contraction: Estimate,
    /// Σ expansion ÷ Σ opening.
    pub expansion: Estimate,
    /// Mean of new + reactivation.
    pub new: Estimate,
}

/// Today's rates from the last months, in order. Not measurable without months, or where no month had an opening.
pub fn today(months: &[Movements]) -> Outcome<Today> {
    start(months).into()
}

fn start(months: &[Movements]) -> Result<Today, Why> {
    let last = months.last().ok_or(Why::NoData)?;
    let openings: Vec<Mrr> = months.iter().map(|m| m.opening).collect();
    let rate = |pick: fn(&Movements) -> Mrr| {
        let parts: Vec<Mrr> = months.iter().map(pick).collect();
        estimate(&parts, &openings)
    };
    let (churn, contraction, expansion) = (rate(|m| m.churn)?, rate(|m| m.contraction)?, rate(|m| m.expansion)?);
    let arrivals: Vec<Mrr> = months.iter().map(|m| m.new.plus(m.reactivation)).collect::<Result<_, _>>()?;
    let unit = Mrr::of_month(crate::Micros(crate::money::MICROS_PER_UNIT));
    let new = estimate(&arrivals, &vec![unit; months.len()])?;
    let assumptions = Assumptions {
        opening: last.closing,
        churn: churn.value,
        contraction: contraction.value,
        expansion: expansion.value,
        new: unit.times(new.value)?,
    };
    Ok(Today { assumptions, churn, contraction, expansion, new })
}

/// Σ parts ÷ Σ wholes, with the interval of a ratio of sums ([`stats::quotient95`]). Never below zero.
fn estimate(parts: &[Mrr], wholes: &[Mrr]) -> Result<Estimate, Why> {
    let sum = |all: &[Mrr]| all.iter().try_fold(Mrr::ZERO, |a, b| a.plus(*b));
    let value = Ratio::new(sum(parts)?.per_year(), sum(wholes)?.per_year()).ok_or(Why::EmptyBase)?;
    let month = |(part, whole): (&Mrr, &Mrr)| (part.per_year() as f64, whole.per_year() as f64);
    let months: Vec<(f64, f64)> = parts.iter().zip(wholes).map(month).collect();
    let interval95 = stats::quotient95(&months).map(|(low, high)| (low.max(0.0), high));
    Ok(Estimate { value, interval95 })
}

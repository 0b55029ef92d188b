//! Attainment, weighted score, splitting and gaps.

use super::Direction;
use crate::{Date, Outcome, Period, Ratio, Why};

/// How much of a target is attained: actual ÷ target, or, where less is better, 1 + (target − actual) ÷
/// target. Exactly at the target it is 1 in both.
pub fn attainment(direction: Direction, actual: Ratio, target: Ratio) -> Outcome<Ratio> {
    if target.signum() <= 0 {
        // Nothing to divide by; only met or not can be said.
        let why = if target.is_zero() { Why::ZeroBase } else { Why::NegativeBase };
        return if actual == target { Outcome::Value(Ratio::ONE) } else { Outcome::NotMeasurable(why) };
    }
    let share = actual.checked_div(target);
    let share = if direction.is_up() { share } else { share.and_then(|s| Ratio::int(2).checked_sub(s)) };
    Outcome::from_option(share, Why::TooLarge)
}

/// Weighted score: Σ weight × attainment ÷ Σ weight, each attainment within floor and cap. `items` are
/// (weight, attainment); those not measurable are left out. Not measurable when nothing has weight. Exact where a common
/// denominator can be held, else to twelve decimals ([`Ratio::sum`]).
pub fn score(items: &[(u32, Outcome<Ratio>)], floor: Option<Ratio>, cap: Option<Ratio>) -> Outcome<Ratio> {
    let mut parts = Vec::with_capacity(items.len());
    let mut weights = 0i128;
    for (weight, attained) in items {
        let Outcome::Value(a) = attained else { continue };
        let a = floor.map_or(*a, |f| f.max(*a));
        let a = cap.map_or(a, |c| c.min(a));
        parts.push(a.checked_mul(Ratio::int(i128::from(*weight))));
        weights += i128::from(*weight);
    }
    if weights == 0 {
        return Outcome::NotMeasurable(Why::EmptyBase);
    }
    let parts: Option<Vec<Ratio>> = parts.into_iter().collect();
    let score = parts.and_then(Ratio::sum).and_then(|sum| sum.checked_div(Ratio::int(weights)));
    Outcome::from_option(score, Why::TooLarge)
}

/// Weights for rolling up children: each child's target ÷ Σ. `None` when they add up to nothing.
pub fn weights_by_value(targets: &[Ratio]) -> Option<Vec<Ratio>> {
    let sum = targets.iter().try_fold(Ratio::ZERO, |a, t| a.checked_add(*t))?;
    targets.iter().map(|t| t.checked_div(sum)).collect()
}

/// Σ children − parent: negative while the children do not add up to the parent. `None` if too large.
pub fn gap(parent: Ratio, children: &[Ratio]) -> Option<Ratio> {
    children.iter().try_fold(Ratio::ZERO, |a, c| a.checked_add(*c))?.checked_sub(parent)
}

/// The part of a target for somebody who is there for a part of its period (joins, leaves), by calendar
/// days. `None` when they are not there at all.
pub fn prorate(value: Ratio, period: Period, member_from: Option<Date>, member_to: Option<Date>) -> Option<Ratio> {
    prorate_to(value, period, part_there(period, member_from, member_to)?)
}

/// The part of a period in which somebody is there, from when they join until they leave. `None` when they are not
/// there at all.
pub fn part_there(period: Period, member_from: Option<Date>, member_to: Option<Date>) -> Option<Period> {
    let from = member_from.unwrap_or(period.from());
    let to = member_to.unwrap_or(period.to());
    Period::new(from, to).ok()?.intersect(period)
}

/// The part of a target that falls on a part of its period, by calendar days. `None` if numbers are too large.
pub fn prorate_to(value: Ratio, period: Period, part: Period) -> Option<Ratio> {
    value.checked_mul(Ratio::new(part.days().into(), period.days().into())?)
}

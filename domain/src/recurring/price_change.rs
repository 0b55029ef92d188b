//! What a price change did: revenue against what was expected, and who left because of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Choices, History, Mrr, Part, Retention, Subscription};
use crate::before_after::{Comparison, Effect, Group, Sample, compare, effect};
use crate::stats::Rate;
use crate::{Date, Micros, Outcome, Period, Ratio, Why};

/// The price of a plan before and after, for the same length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceChange {
    /// The plan.
    pub plan: u32,
    /// The price up to the event.
    pub before: Micros,
    /// The price from the event on.
    pub after: Micros,
}

/// What a price change did by the end of the period after it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PriceEffect {
    /// The customers who were on a plan whose price changed, when it changed.
    pub touched: Retention,
    /// The other customers at that moment.
    pub others: Retention,
    /// Revenue of the touched if all of them had stayed, changed nothing and paid the new price.
    pub expected: Mrr,
    /// Revenue of the touched at the end.
    pub actual: Mrr,
    /// Actual − expected.
    pub shortfall: Mrr,
    /// Churn since the change of the touched against that of the others.
    pub extra_churn: Outcome<Comparison>,
    /// The same, less what already differed before the change: customers on those plans and others, each over
    /// the period before.
    pub against_before: Effect,
}

/// Measures a price change at the day on which the two periods meet ([`crate::before_after::around`]). Verdicts
/// need `minimum` customers on each side. Not measurable: nobody was touched, an old price of zero, periods that do
/// not meet.
pub fn price_effect(
    subscriptions: &[Subscription],
    choices: Choices,
    changes: &[PriceChange],
    periods: (Period, Period),
    minimum: i64,
) -> Outcome<PriceEffect> {
    measure(subscriptions, choices, changes, periods, minimum).into()
}

fn measure(
    subscriptions: &[Subscription],
    choices: Choices,
    changes: &[PriceChange],
    (before, after): (Period, Period),
    minimum: i64,
) -> Result<PriceEffect, Why> {
    if before.to() != after.from() {
        return Err(Why::NotApplicable);
    }
    let history = History::new(subscriptions, choices);
    let on_plan = |eve: Date| -> BTreeSet<u32> {
        changes.iter().flat_map(|c| on(subscriptions, &choices, c.plan, eve)).map(|s| s.customer).collect()
    };
    let split = |period: Period| -> Result<(Retention, Retention), Why> {
        let touched = on_plan(eve(period));
        let one = history.retention_of(period, |c| touched.contains(&c)).into_result()?;
        let two = history.retention_of(period, |c| !touched.contains(&c)).into_result()?;
        Ok((one, two))
    };
    let (touched, others) = split(after)?;
    let (touched_before, others_before) = split(before)?;
    if touched.customers == 0 {
        return Err(Why::EmptyBase);
    }
    let mut expected = touched.base;
    for change in changes {
        let rise = i128::from(change.after.get()) - i128::from(change.before.get());
        let rise = Ratio::new(rise, i128::from(change.before.get())).ok_or(Why::ZeroBase)?;
        let paid = on(subscriptions, &choices, change.plan, eve(after))
            .try_fold(Mrr::ZERO, |sum, s| sum.plus(Mrr::of_year(s.per_year.get().into())))?;
        expected = expected.plus(paid.times(rise)?)?;
    }
    let side = |before: Retention, after: Retention| Group { before: left(before), after: left(after) };
    Ok(PriceEffect {
        touched,
        others,
        expected,
        actual: touched.now,
        shortfall: touched.now.minus(expected)?,
        extra_churn: compare(left(touched), left(others), minimum),
        against_before: effect(side(touched_before, touched), side(others_before, others), minimum),
    })
}

/// The last day before a period; its first at the beginning of the calendar.
fn eve(period: Period) -> Date {
    period.from().add_days(-1).unwrap_or(period.from())
}

/// The subscriptions to a plan on a day.
fn on<'a>(
    all: &'a [Subscription],
    choices: &'a Choices,
    plan: u32,
    day: Date,
) -> impl Iterator<Item = &'a Subscription> {
    all.iter().filter(move |s| s.plan == Some(plan) && s.part == Part::Plan && s.counts_on(day, choices))
}

/// Those who left, of those who were there.
fn left(r: Retention) -> Sample<'static> {
    Sample::Rate(Rate { k: r.lost, n: r.customers })
}

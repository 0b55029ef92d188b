//! What an event did to a KPI: before against after, those touched against those not, with intervals.
//!
//! Any KPI can be asked: a rate (won of decided, churned of customers), a mean (days), a ratio of sums (cost per lead,
//! return on investment, average transaction value), a total per day or week, a balance. [`observe`] says which of
//! these a metric of the catalogue is and makes its sample. The figures here are estimates for judging a difference;
//! the KPI's own exact value stands beside them.

use serde::{Deserialize, Serialize};

use crate::stats::{Rate, difference95, mean, mean_difference95, quotient, quotient_difference95};
use crate::{Date, Outcome, Period, Why};

mod observed;

pub use observed::{Form, Observed, observe};

/// What was seen on one side.
#[derive(Clone, Copy, Debug)]
pub enum Sample<'a> {
    /// Some of many.
    Rate(Rate),
    /// Single values, of which the mean is asked. Of a total: what each day or week adds to it, empty ones too.
    Values(&'a [f64]),
    /// What each unit (day, deal, customer) adds above and below the line, of which Σ ÷ Σ is asked.
    Ratio(&'a [(f64, f64)]),
}

impl Sample<'_> {
    fn n(&self) -> i64 {
        match self {
            Self::Rate(r) => r.n,
            Self::Values(v) => v.len() as i64,
            Self::Ratio(v) => v.len() as i64,
        }
    }

    /// Whether there are units enough to tell how far they lie apart, over a base that is not empty.
    fn has_spread(&self) -> bool {
        match self {
            Self::Rate(_) => false,
            Self::Values(v) => v.len() >= 2,
            Self::Ratio(v) => v.len() >= 2 && v.iter().map(|(_, below)| below).sum::<f64>() != 0.0,
        }
    }

    /// The rate, the mean or the ratio.
    fn value(&self) -> Option<f64> {
        match self {
            Self::Rate(r) => (r.n > 0).then(|| r.k as f64 / r.n as f64),
            Self::Values(v) => mean(v),
            Self::Ratio(v) => quotient(v),
        }
    }
}

/// What may be said of a difference. Whether higher is better is the KPI's business.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The interval lies above zero.
    Higher,
    /// The interval lies below zero.
    Lower,
    /// The interval holds zero: the difference is within noise.
    CannotBeToldApart,
    /// A side has fewer than the organisation's minimum: nothing is said.
    TooFew,
}

/// A difference with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The difference: 0.021 of a rate is 2.1 percentage points.
    pub value: f64,
    /// Its 95 % interval.
    pub interval95: (f64, f64),
    /// What may be said.
    pub verdict: Verdict,
}

impl Difference {
    fn new(value: f64, interval95: (f64, f64), enough: bool) -> Self {
        let verdict = match interval95 {
            _ if !enough => Verdict::TooFew,
            (low, _) if low > 0.0 => Verdict::Higher,
            (_, high) if high < 0.0 => Verdict::Lower,
            _ => Verdict::CannotBeToldApart,
        };
        Self { value, interval95, verdict }
    }
}

/// Two sides and what lies between them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The rate, mean or ratio asked about.
    pub value: f64,
    /// What it is compared with.
    pub base: f64,
    /// Facts behind `value` and behind `base`; of totals and ratios of sums the steps.
    pub n: (i64, i64),
    /// `value` − `base`.
    pub difference: Difference,
}

/// Compares one side with another, for example after with before. The interval is Newcombe's for rates and
/// Welch's for means and ratios of sums; all take the sides as independent. Fewer than `minimum` facts on a side:
/// [`Verdict::TooFew`]. Not measurable: an empty side, a mean or ratio of a single unit, numbers too large, a rate
/// against a mean.
pub fn compare(value: Sample, base: Sample, minimum: i64) -> Outcome<Comparison> {
    let interval = match (value, base) {
        (Sample::Rate(a), Sample::Rate(b)) => difference95(a, b),
        (Sample::Values(a), Sample::Values(b)) => mean_difference95(a, b),
        (Sample::Ratio(a), Sample::Ratio(b)) => quotient_difference95(a, b),
        (Sample::Rate(_) | Sample::Values(_) | Sample::Ratio(_), _) => {
            return Outcome::NotMeasurable(Why::NotApplicable);
        }
    };
    let (Some(interval95), Some(v), Some(b)) = (interval, value.value(), base.value()) else {
        return Outcome::NotMeasurable(if value.has_spread() && base.has_spread() {
            Why::TooLarge
        } else {
            Why::EmptyBase
        });
    };
    let n = (value.n(), base.n());
    let difference = Difference::new(v - b, interval95, n.0.min(n.1) >= minimum);
    Outcome::Value(Comparison { value: v, base: b, n, difference })
}

/// One group before and after the event.
#[derive(Clone, Copy, Debug)]
pub struct Group<'a> {
    /// Before the event.
    pub before: Sample<'a>,
    /// From the event on.
    pub after: Sample<'a>,
}

/// What changed for those touched beyond what changed for everybody else.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// After against before, of those touched.
    pub touched: Outcome<Comparison>,
    /// After against before, of the others: what would have happened anyway.
    pub others: Outcome<Comparison>,
    /// Change of those touched − change of the others. Not measurable when everybody was touched.
    pub extra: Outcome<Difference>,
}

/// The effect of an event. The interval of the extra change combines the two intervals by squares (Zou & Donner
/// 2008), as Newcombe's does with Wilson's.
pub fn effect(touched: Group, others: Group, minimum: i64) -> Effect {
    let one = compare(touched.after, touched.before, minimum);
    let two = compare(others.after, others.before, minimum);
    let extra = one.and_then(|a| {
        two.map(|b| {
            let enough = [a, b].iter().all(|c| c.difference.verdict != Verdict::TooFew);
            let (a, b) = (a.difference, b.difference);
            let value = a.value - b.value;
            let down = (a.value - a.interval95.0).hypot(b.interval95.1 - b.value);
            let up = (a.interval95.1 - a.value).hypot(b.value - b.interval95.0);
            Difference::new(value, (value - down, value + up), enough)
        })
    });
    Effect { touched: one, others: two, extra }
}

/// Equally long periods up to and from an event: this many months each, or as many days as have passed since.
/// `None` before the event, and at the ends of the calendar.
pub fn around(event: Date, months: i32, today: Date) -> Option<(Period, Period)> {
    let whole = Period::new(event, event.add_months(months)?).ok()?;
    let after = whole.elapsed(today)?;
    let from = if after == whole { event.add_months(-months)? } else { event.add_days(-after.days())? };
    Some((Period::new(from, event).ok()?, after))
}

#[cfg(test)]
mod tests;

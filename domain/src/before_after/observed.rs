//! What a KPI of the catalogue, whatever its form, shows of itself for a comparison.

use serde::{Deserialize, Serialize};

use super::Sample;
use crate::metric::{Answer, Interval, Kind, Measure, MeasureValue, MeasureValues, Metric, Take, Timing, evaluate};
use crate::stats::Rate;
use crate::{Outcome, Why};

/// How a KPI is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A share of things counted: some of many.
    Rate,
    /// A ratio of sums: Σ above ÷ Σ below over steps.
    Quotient,
    /// A mean over facts.
    Mean,
    /// A total, per step: periods of another length stay comparable.
    PerStep,
    /// The value of each step by itself: balances, and what is multiplied together. Neighbours of a balance are alike,
    /// so that steps should be long; the interval is the more optimistic the shorter they are.
    Level,
}

impl Form {
    /// How a metric is compared.
    pub fn of(metric: &Metric) -> Self {
        let is_event = |m: Measure| matches!(m.def().timing, Timing::Additive | Timing::Recount);
        match metric.kind {
            _ if metric.interval == Interval::Wilson => Self::Rate,
            Kind::Simple(_, Take::Mean) => Self::Mean,
            Kind::Simple(m, Take::Total) if is_event(m) => Self::PerStep,
            Kind::Sum(all) if all.iter().all(|m| is_event(*m)) => Self::PerStep,
            Kind::Ratio { .. } | Kind::Cohort { .. } => Self::Quotient,
            Kind::Formula(_) if evaluate(metric, &ones(metric)).denominator.is_some() => Self::Quotient,
            Kind::Cumulative(_) => Self::PerStep,
            Kind::Simple(..) | Kind::Sum(_) | Kind::Derived(_) | Kind::Formula(_) => Self::Level,
        }
    }
}

/// One of everything, to see what a formula shows of itself.
fn ones(metric: &Metric) -> MeasureValues {
    metric.measures().into_iter().map(|m| (m, MeasureValue::Exact(crate::Ratio::ONE))).collect()
}

/// A sample with its values.
#[derive(Clone, Debug, PartialEq)]
pub enum Observed {
    /// Some of many.
    Rate(Rate),
    /// What is above and below the line, step by step.
    Ratio(Vec<(f64, f64)>),
    /// Single values.
    Values(Vec<f64>),
}

impl Observed {
    /// As [`compare`](super::compare) takes it.
    pub fn sample(&self) -> Sample<'_> {
        match self {
            Self::Rate(rate) => Sample::Rate(*rate),
            Self::Ratio(units) => Sample::Ratio(units),
            Self::Values(values) => Sample::Values(values),
        }
    }
}

/// More single facts than this are not looked at one by one.
const MOST: i64 = 1_000_000;

/// What a metric shows of one side: `whole` are the measures of its period, `steps` those of each equally long step of
/// it (days, weeks), empty ones too. Not measurable where the metric is not, or a step lacks what the form needs.
pub fn observe(metric: &Metric, whole: &MeasureValues, steps: &[MeasureValues]) -> Outcome<Observed> {
    seen(metric, whole, steps).into()
}

fn seen(metric: &Metric, whole: &MeasureValues, steps: &[MeasureValues]) -> Result<Observed, Why> {
    match Form::of(metric) {
        Form::Rate => {
            let answer = evaluate(metric, whole);
            let (above, below) = parts(&answer)?;
            let count = |r: crate::Ratio| i64::try_from(r.numerator()).ok().filter(|_| r.denominator() == 1);
            let (k, n) = count(above).zip(count(below)).ok_or(Why::TooLarge)?;
            Ok(Observed::Rate(Rate { k, n }))
        }
        Form::Quotient => {
            let step = |values| parts(&evaluate(metric, values)).map(|(a, b)| (a.to_f64(), b.to_f64()));
            steps.iter().map(step).collect::<Result<_, _>>().map(Observed::Ratio)
        }
        Form::Mean => {
            let Kind::Simple(measure, _) = metric.kind else { return Err(Why::NotApplicable) };
            match whole.get(measure) {
                MeasureValue::Days(days) if days.count().is_some_and(|n| n <= MOST) => {
                    let each = days.iter().flat_map(|(day, n)| (0..n).map(move |_| f64::from(day)));
                    Ok(Observed::Values(each.collect()))
                }
                MeasureValue::Days(_) => Err(Why::TooLarge),
                MeasureValue::Not(why) => Err(why),
                MeasureValue::Count(_) | MeasureValue::Money(_) | MeasureValue::Exact(_) => Err(Why::NotApplicable),
            }
        }
        Form::PerStep | Form::Level => {
            let step = |values: &MeasureValues| match metric.kind {
                // What each step adds to what runs on.
                Kind::Cumulative(measure) => values.get(measure).total().map(crate::Ratio::to_f64).into_result(),
                _ => evaluate(metric, values).value.map(|f| f.to_f64()).into_result(),
            };
            steps.iter().map(step).collect::<Result<_, _>>().map(Observed::Values)
        }
    }
}

/// What is above and below the line, even where nothing is below it.
fn parts(answer: &Answer) -> Result<(crate::Ratio, crate::Ratio), Why> {
    let both = answer.numerator.zip(answer.denominator).map(|(a, b)| (a.exact, b.exact));
    both.ok_or(answer.value.why().unwrap_or(Why::NotApplicable))
}

//! What a KPI shows of itself in a period, so that two periods can be compared.

use domain::before_after::{Comparison, Group, Sample, compare};
use domain::metric::{Interval, OverTime};
use domain::stats::Rate;
use domain::{Date, Figure, Outcome, Period, Why};

use crate::kpi::{Kpi, Point};
use crate::service::scorecard::context::Context;

const WEEK: i32 = 7;

/// The steps that a period falls into: weeks, or months of what is a balance. What is left over is in no step.
pub(super) fn steps(periods: (Period, Period), by_month: bool) -> (Vec<Period>, Vec<Period>) {
    let (before, after) = periods;
    let event = after.from();
    let at =
        |n: i32| -> Option<Date> { if by_month { event.add_months(n) } else { event.add_days(n.checked_mul(WEEK)?) } };
    let step = |n: i32| Period::new(at(n)?, at(n + 1)?).ok();
    let inside = |outer: Period| move |step: &Period| step.from() >= outer.from() && step.to() <= outer.to();
    let later = (0..).map_while(step).take_while(inside(after)).collect();
    let mut earlier: Vec<Period> = (1..).map_while(|n| step(-n)).take_while(inside(before)).collect();
    earlier.reverse();
    (earlier, later)
}

/// How a KPI is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Some of many, of the whole period.
    Rate,
    /// A total: what each week adds to it.
    PerStep,
    /// A ratio or a mean: its value in each week that has one.
    Step,
    /// A balance: its value in each month.
    Level,
}

impl Form {
    pub fn of(kpi: &Kpi, c: &Context<'_>) -> Self {
        let metric = match kpi {
            Kpi::Catalogue(metric) if metric.id == "revenue" => c.frame.revenue,
            Kpi::Catalogue(metric) => metric,
            // Of an own formula nobody knows what adds up.
            Kpi::Own(_) => return Self::Step,
        };
        match (metric.interval, metric.roll_up.time) {
            (Interval::Wilson, _) => Self::Rate,
            (_, OverTime::LastOfPeriod) => Self::Level,
            (_, OverTime::Sum) => Self::PerStep,
            (_, OverTime::RecomputeFromParts) => Self::Step,
        }
    }

    /// Key of the words that say it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::PerStep => "per_step",
            Self::Step => "step",
            Self::Level => "level",
        }
    }
}

/// What is seen on one side in one period.
pub(super) enum Observed {
    Rate(Rate),
    Values(Vec<f64>),
}

impl Observed {
    fn of(form: Form, whole: &Point, steps: &[Point]) -> Result<Self, Why> {
        if form != Form::Rate {
            let value = |step: &Point| Some(step.answers.first()?.value.into_value()?.to_f64());
            return Ok(Self::Values(steps.iter().filter_map(value).collect()));
        }
        let found = whole.answers.first().ok_or(Why::NoData)?;
        let count = |figure: Option<Figure>| i64::try_from(figure?.exact.numerator()).ok();
        let (k, n) = count(found.numerator)
            .zip(count(found.denominator))
            .ok_or(found.value.why().unwrap_or(Why::NotApplicable))?;
        Ok(Self::Rate(Rate { k, n }))
    }

    fn sample(&self) -> Sample<'_> {
        match self {
            Self::Rate(rate) => Sample::Rate(*rate),
            Self::Values(values) => Sample::Values(values),
        }
    }
}

/// What a side shows of itself before and after; or why it cannot be compared.
pub(super) struct Seen<'a> {
    pub before: &'a Point,
    pub after: &'a Point,
    samples: Result<(Observed, Observed), Why>,
}

impl Seen<'_> {
    pub fn group(&self) -> Option<Group<'_>> {
        let (before, after) = self.samples.as_ref().ok()?;
        Some(Group { before: before.sample(), after: after.sample() })
    }
}

/// A side comes as: before, after, the steps before, the steps after.
pub(super) fn seen(form: Form, side: &[Point], steps: usize) -> Option<Seen<'_>> {
    let [before, after, rest @ ..] = side else { return None };
    let (earlier, later) = rest.split_at(steps.min(rest.len()));
    let samples = Observed::of(form, before, earlier).and_then(|one| Ok((one, Observed::of(form, after, later)?)));
    Some(Seen { before, after, samples })
}

/// After against before.
pub(super) fn compared(seen: &Seen<'_>, minimum: i64) -> Outcome<Comparison> {
    match &seen.samples {
        Ok((before, after)) => compare(after.sample(), before.sample(), minimum),
        Err(why) => Outcome::NotMeasurable(*why),
    }
}

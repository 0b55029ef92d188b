//! The one path from measures to an answer.

use serde::{Deserialize, Serialize};

use super::{
    Compiled, Figure, Interval, Kind, Measure, MeasureValue, MeasureValues, Metric, Take, Term, Unit, catalogue,
};
use crate::{Outcome, Ratio, Why, stats};

/// A metric's value with everything that an honest reader needs beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The value, or why there is none.
    pub value: Outcome<Figure>,
    /// Number of facts that it rests on.
    pub n: Option<i64>,
    /// Above the line, of ratios and means.
    pub numerator: Option<Figure>,
    /// Below the line, of ratios and means.
    pub denominator: Option<Figure>,
    /// Wilson's 95 % interval, of proportions.
    pub interval95: Option<(f64, f64)>,
}

/// Why no interval is stated with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoInterval {
    /// There is no value that it could be about.
    NotMeasurable,
    /// An amount, a number or a duration: no rate.
    NotARate,
    /// A rate, but no count divided by a count: its uncertainty is not known.
    NotCounts,
    /// A count divided by a count, but what is counted above the line is not known to be among what is counted below it.
    NotAmong,
}

impl NoInterval {
    /// Each reason.
    pub const ALL: [Self; 4] = [Self::NotMeasurable, Self::NotARate, Self::NotCounts, Self::NotAmong];

    /// Stable code, the key of the explanation in the locale files and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotMeasurable => "not_measurable",
            Self::NotARate => "not_a_rate",
            Self::NotCounts => "not_counts",
            Self::NotAmong => "not_among",
        }
    }
}

impl Answer {
    /// Why no interval is stated; none where one is.
    pub fn no_interval(&self) -> Option<NoInterval> {
        if self.interval95.is_some() {
            return None;
        }
        let counts = |figure: Option<Figure>| figure.is_some_and(|f| f.unit == Unit::Count);
        Some(match self.value {
            Outcome::NotMeasurable(_) => NoInterval::NotMeasurable,
            Outcome::Value(figure) if figure.unit != Unit::Ratio => NoInterval::NotARate,
            Outcome::Value(_) if counts(self.numerator) && counts(self.denominator) => NoInterval::NotAmong,
            Outcome::Value(_) => NoInterval::NotCounts,
        })
    }

    /// What is counted above the line of what is counted below it, of a proportion.
    pub fn rate(&self) -> Option<stats::Rate> {
        self.interval95?;
        let count = |figure: Option<Figure>| whole(figure?.exact);
        Some(stats::Rate { k: count(self.numerator)?, n: count(self.denominator)? })
    }

    pub(crate) fn of(value: Outcome<Figure>) -> Self {
        Self { value, n: None, numerator: None, denominator: None, interval95: None }
    }

    /// The answer where there are no facts at all.
    pub fn nothing() -> Self {
        Self::of(Outcome::NotMeasurable(Why::NoData))
    }

    /// One figure ÷ another, with both beside it and, of counts of which the first are among the second,
    /// Wilson's interval. The caller says what n is.
    pub(crate) fn quotient(above: Outcome<Figure>, below: Outcome<Figure>, unit: Unit, interval: Interval) -> Self {
        let value = above.and_then(|a| below.and_then(|b| divide(a.exact, b.exact)));
        let mut answer = Self::of(value.map(|r| Figure::new(r, unit)));
        answer.numerator = above.into_value();
        answer.denominator = below.into_value();
        if let (Interval::Wilson, Outcome::Value(k), Outcome::Value(n)) = (interval, above, below) {
            answer.interval95 = whole(k.exact).zip(whole(n.exact)).and_then(|(k, n)| stats::wilson95(k, n));
        }
        answer
    }
}

/// Computes a metric from the measures of one cell. Exact; numbers too large for it are
/// [`Why::TooLarge`], never wrong.
pub fn evaluate(metric: &Metric, values: &MeasureValues) -> Answer {
    let mut answer = match metric.kind {
        Kind::Simple(m, Take::Total) => Answer::of(values.get(m).total().map(|r| Figure::new(r, metric.unit))),
        Kind::Cumulative(m) => Answer::of(values.get_of_year(m).total().map(|r| Figure::new(r, metric.unit))),
        Kind::Simple(m, take) => of_histogram(metric, &values.get(m), take),
        Kind::Sum(all) => Answer::of(total(all, values).map(|r| Figure::new(r, metric.unit))),
        Kind::Ratio { numerator, denominator } | Kind::Cohort { numerator, denominator } => {
            of_ratio(metric, numerator, denominator, values)
        }
        Kind::Formula(text) => match Compiled::of_catalogue(text) {
            Some(formula) => formula.answer_in(metric.unit, &|name| value_of(name, values)),
            None => Answer::of(Outcome::NotMeasurable(Why::NotApplicable)),
        },
        Kind::Derived(terms) => Answer::of(product(terms, values).map(|r| Figure::new(r, metric.unit))),
    };
    if metric.interval == Interval::Wilson {
        let whole = |f: Option<Figure>| f.and_then(|f| whole(f.exact));
        answer.interval95 =
            whole(answer.numerator).zip(whole(answer.denominator)).and_then(|(k, n)| stats::wilson95(k, n));
    }
    answer.n = match metric.kind {
        Kind::Cumulative(_) => count(metric.counted, |m| values.get_of_year(m)),
        _ => count(metric.counted, |m| values.get(m)),
    };
    answer
}

/// A measure as formulas refer to it: its total, and how many facts that rests on where they are counted.
pub fn measured(measure: Measure, values: &MeasureValues) -> Answer {
    let mut answer = Answer::of(values.get(measure).total().map(|r| Figure::new(r, measure.unit())));
    let counted = measure.counted();
    answer.n = if counted.is_empty() { None } else { count(&counted, |m| values.get(m)) };
    answer
}

/// How many facts some measures count.
fn count(counted: &[Measure], value: impl Fn(Measure) -> MeasureValue) -> Option<i64> {
    counted.iter().try_fold(0i64, |n, m| n.checked_add(value(*m).count()?))
}

/// The value of a metric or measure by name, as formulas refer to it; a name that is both means the metric.
/// A dot may stand for an underscore. Unknown names are [`Why::NotApplicable`].
pub fn value_of(name: &str, values: &MeasureValues) -> Outcome<Ratio> {
    let name = name.replace('.', "_");
    if let Some(metric) = catalogue::find(&name) {
        return evaluate(metric, values).value.map(|f| f.exact);
    }
    Measure::from_id(&name).map_or(Outcome::NotMeasurable(Why::NotApplicable), |m| values.get(m).total())
}

fn total(all: &[Measure], values: &MeasureValues) -> Outcome<Ratio> {
    all.iter().fold(Outcome::Value(Ratio::ZERO), |sum, m| {
        sum.and_then(|a| values.get(*m).total().and_then(|b| Outcome::from_option(a.checked_add(b), Why::TooLarge)))
    })
}

/// The shared unit of measures that are added; the catalogue's test sees to it that they share one.
fn unit(all: &[Measure]) -> Unit {
    all.first().map_or(Unit::Number, |m| m.unit())
}

pub(super) fn divide(a: Ratio, b: Ratio) -> Outcome<Ratio> {
    if b.is_zero() {
        Outcome::NotMeasurable(Why::EmptyBase)
    } else {
        Outcome::from_option(a.checked_div(b), Why::TooLarge)
    }
}

fn of_ratio(metric: &Metric, numerator: &[Measure], denominator: &[Measure], values: &MeasureValues) -> Answer {
    let above = total(numerator, values).map(|r| Figure::new(r, unit(numerator)));
    let below = total(denominator, values).map(|r| Figure::new(r, unit(denominator)));
    Answer::quotient(above, below, metric.unit, metric.interval)
}

fn whole(r: Ratio) -> Option<i64> {
    if r.denominator() == 1 { i64::try_from(r.numerator()).ok() } else { None }
}

fn of_histogram(metric: &Metric, value: &MeasureValue, take: Take) -> Answer {
    let histogram = match value {
        MeasureValue::Days(h) => h,
        MeasureValue::Not(w) => return Answer::of(Outcome::NotMeasurable(*w)),
        MeasureValue::Count(_) | MeasureValue::Money(_) | MeasureValue::Exact(_) => {
            return Answer::of(Outcome::NotMeasurable(Why::NotApplicable));
        }
    };
    let Some(count) = histogram.count() else {
        return Answer::of(Outcome::NotMeasurable(Why::TooLarge));
    };
    let exact = match take {
        Take::Mean => histogram.mean(),
        Take::Median => histogram.median(),
        Take::Total => Some(Ratio::int(histogram.total())),
    };
    let mut answer = Answer::of(Outcome::from_option(exact, Why::EmptyBase).map(|r| Figure::new(r, metric.unit)));
    if matches!(take, Take::Mean) {
        answer.numerator = Some(Figure::new(Ratio::int(histogram.total()), Unit::Days));
        answer.denominator = Some(Figure::new(Ratio::from(count), Unit::Count));
    }
    answer
}

fn product(terms: &[Term], values: &MeasureValues) -> Outcome<Ratio> {
    terms.iter().fold(Outcome::Value(Ratio::ONE), |so_far, term| {
        so_far.and_then(|a| {
            let Some(part) = catalogue::find(term.id()) else {
                return Outcome::NotMeasurable(Why::NotApplicable);
            };
            evaluate(part, values).value.and_then(|b| match term {
                Term::Times(_) => Outcome::from_option(a.checked_mul(b.exact), Why::TooLarge),
                Term::Over(_) => divide(a, b.exact),
            })
        })
    })
}

//! The number that a note was written about, frozen.

use serde::{Deserialize, Serialize};

use crate::metric::{Answer, Metric};
use crate::{Currency, Date, Outcome, Period, Ratio};

/// The number as it stood when the note was written; it does not change when facts do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Id of the metric.
    pub metric: String,
    /// The period it was about.
    pub period: Period,
    /// Plain value (`0.649123`, `275056.00`), or `None` where not measurable.
    pub value: Option<String>,
    /// Why it was not measurable: code.
    pub why: Option<String>,
    /// Currency of a money value.
    pub currency: Option<Currency>,
    /// The target at that time, plain.
    pub target: Option<String>,
    /// Number of facts.
    pub n: Option<i64>,
    /// Wilson's 95 % interval.
    pub interval95: Option<(f64, f64)>,
    /// Version of the metric's formula.
    pub formula_version: u32,
    /// The newest fact at that time.
    pub data_as_of: Option<Date>,
}

impl Snapshot {
    /// Freezes an answer.
    pub fn of(
        metric: &Metric,
        period: Period,
        answer: &Answer,
        target: Option<Ratio>,
        currency: Currency,
        data_as_of: Option<Date>,
    ) -> Self {
        let plain = |exact| crate::Figure::new(exact, metric.unit).to_plain(currency.digits());
        let (value, why) = match &answer.value {
            Outcome::Value(f) => (f.to_plain(currency.digits()), None),
            Outcome::NotMeasurable(w) => (None, Some(w.code().to_owned())),
        };
        let is_money = matches!(metric.unit, crate::Unit::Money | crate::Unit::MoneyPerDay);
        Self {
            metric: metric.id.to_owned(),
            period,
            value,
            why,
            currency: is_money.then_some(currency),
            target: target.and_then(plain),
            n: answer.n,
            interval95: answer.interval95,
            formula_version: metric.version,
            data_as_of,
        }
    }
}

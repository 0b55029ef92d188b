//! Worked examples as a reader sees them: what is given, and what the one path of evaluation makes of it.

use super::{Answer, Example, Given, MeasureValue, MeasureValues, Metric, evaluate};
use crate::formula::Expr;
use crate::money::MICROS_PER_UNIT;
use crate::{Outcome, Why};

impl Given {
    /// As the store would have answered it.
    pub fn value(&self) -> MeasureValue {
        match self {
            Self::Count(n) => MeasureValue::Count(*n),
            Self::Money(units) => MeasureValue::Money(i128::from(*units) * i128::from(MICROS_PER_UNIT)),
            Self::Days(days) => MeasureValue::Days(days.iter().copied().collect()),
            Self::Exact(text) => {
                let unnamed = |_: &str| Outcome::NotMeasurable(Why::NotApplicable);
                let read = Expr::parse(text).map(|number| number.evaluate(&unnamed).into_result());
                read.map_or(MeasureValue::Not(Why::NotApplicable), |r| {
                    r.map_or_else(MeasureValue::Not, MeasureValue::Exact)
                })
            }
            Self::Not(why) => MeasureValue::Not(*why),
        }
    }
}

impl Example {
    /// The measures of the example; of a KPI that runs on through the year those since it began.
    pub fn values(&self) -> MeasureValues {
        let mut values: MeasureValues = self.given.iter().map(|(m, given)| (*m, given.value())).collect();
        self.given.iter().for_each(|(m, given)| values.set_of_year(*m, given.value()));
        values
    }
}

impl Metric {
    /// The example that shows most: the first with a value and something given.
    pub fn shown_example(&self) -> Option<&'static Example> {
        let has_value = |e: &&Example| !e.given.is_empty() && evaluate(self, &e.values()).value.is_measured();
        self.examples.iter().find(has_value).or_else(|| self.examples.first())
    }

    /// What an example comes to.
    pub fn work_out(&self, example: &Example) -> Answer {
        evaluate(self, &example.values())
    }
}

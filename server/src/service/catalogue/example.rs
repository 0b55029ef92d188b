//! A worked example of the catalogue, with its numbers as the reader writes them.

use app::catalogue::api::WorkedExample;
use domain::metric::{Example, Given, Metric, catalogue, value_of};
use domain::{Answer, Currency, Figure, Measure, MeasureValues, Unit, Why, format};

use super::formula::{each_id, name_of};
use super::why_not;
use crate::words::Words;

/// See the module.
pub(super) fn shown(words: Words, currency: Currency, metric: &Metric) -> Option<WorkedExample> {
    let example = metric.shown_example()?;
    let answer = metric.work_out(example);
    let page = Page { words, currency, values: example.values() };
    let result = format::answer(words.0, &answer, currency)
        .unwrap_or_else(|| why_not(words, answer.value.why().unwrap_or(Why::NoData)));
    Some(WorkedExample { given: page.given(example), numbers: page.numbers(metric, &answer, &result), result })
}

struct Page {
    words: Words,
    currency: Currency,
    values: MeasureValues,
}

impl Page {
    fn figure(&self, figure: &Figure) -> String {
        format::figure(self.words.0, figure, self.currency)
    }

    fn given(&self, example: &Example) -> Vec<(String, String)> {
        let line = |(measure, given): &(Measure, Given)| {
            let text = match given {
                Given::Days(days) => {
                    days.iter().map(|(days, often)| self.days(*days, *often)).collect::<Vec<_>>().join(", ")
                }
                _ => self.named(measure.id()).unwrap_or_else(|| self.words.t("said.why.no_data")),
            };
            (name_of(self.words, measure.id()), text)
        };
        example.given.iter().map(line).collect()
    }

    fn days(&self, days: i32, often: i64) -> String {
        let text = self.figure(&Figure { exact: i64::from(days).into(), unit: Unit::Days });
        let often = format::count(self.words.0, often);
        self.words.tf("said.days_given", &[("n", &often), ("days", &text)])
    }

    /// The value of a metric or measure of the example.
    fn named(&self, id: &str) -> Option<String> {
        let unit = catalogue::find(id).map(|m| m.unit).or_else(|| Measure::from_id(id).map(|m| m.unit()))?;
        let exact = value_of(id, &self.values).into_value()?;
        Some(self.figure(&Figure { exact, unit }))
    }

    /// The formula with the numbers in it: `37 ÷ (37 + 20) = 64.9 %`; none where it is a single number.
    fn numbers(&self, metric: &Metric, answer: &Answer, result: &str) -> Option<String> {
        let formula = metric.formula();
        let mut complete = formula.contains(' ');
        let text = each_id(&formula, |id| match id {
            "min" | "max" | "coalesce" => name_of(self.words, id),
            id => self.named(id).unwrap_or_else(|| {
                complete = false;
                String::new()
            }),
        });
        match (&answer.numerator, &answer.denominator) {
            _ if complete => Some(format!("{text} = {result}")),
            (Some(above), Some(below)) => Some(format!("{} ÷ {} = {result}", self.figure(above), self.figure(below))),
            _ => None,
        }
    }
}

//! Formulas as text, read once and computed over measures.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::evaluate::{Answer, divide, value_of};
use super::{Figure, Kind, MeasureValues, Unit, catalogue};
use crate::formula::{Expr, Fault, Vocabulary};
use crate::{Currency, Outcome, Ratio};

/// A formula with its units: one of the organisation's own, or the formula of a metric of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compiled {
    expr: Expr,
    unit: Unit,
    /// Units above and below the line, if the whole is a division and both have one.
    line: Option<(Unit, Unit)>,
}

impl Compiled {
    /// A formula whose names and units fit.
    ///
    /// # Errors
    /// The [`Fault`] of [`Expr::check`].
    pub fn new(expr: Expr, vocabulary: &Vocabulary) -> Result<Self, Fault> {
        let unit = expr.check(vocabulary)?;
        let line = expr.fraction().and_then(|(a, b)| a.check(vocabulary).ok().zip(b.check(vocabulary).ok()));
        Ok(Self { expr, unit, line })
    }

    /// The formula.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The unit of its result.
    pub fn unit(&self) -> Unit {
        self.unit
    }

    /// The answer over the measures of one cell, with what is above and below the line. `others` knows the values
    /// of the organisation's other formulas; what it does not know is a metric or measure of the catalogue.
    pub fn answer(&self, values: &MeasureValues, others: impl Fn(&str) -> Option<Outcome<Ratio>>) -> Answer {
        self.answer_in(self.unit, &|name| others(name).unwrap_or_else(|| value_of(name, values)))
    }

    pub(crate) fn answer_in(&self, unit: Unit, value_of: &impl Fn(&str) -> Outcome<Ratio>) -> Answer {
        let Some((above, below)) = self.expr.fraction() else {
            return Answer::of(self.expr.evaluate(value_of).map(|r| Figure::new(r, unit)));
        };
        let (a, b) = (above.evaluate(value_of), below.evaluate(value_of));
        let mut answer = Answer::of(a.and_then(|a| b.and_then(|b| divide(a, b))).map(|r| Figure::new(r, unit)));
        if let Some((above, below)) = self.line {
            answer.numerator = a.into_value().map(|r| Figure::new(r, above));
            answer.denominator = b.into_value().map(|r| Figure::new(r, below));
        }
        answer
    }

    /// A formula of the catalogue; `None` if it is wrong, which the catalogue's test sees to.
    pub(super) fn of_catalogue(text: &str) -> Option<&'static Self> {
        static READ: OnceLock<BTreeMap<&'static str, Compiled>> = OnceLock::new();
        let all = READ.get_or_init(|| {
            // No formula of the catalogue holds an amount, so any currency will do.
            let vocabulary = Vocabulary::catalogue(Currency::EUR);
            let texts = catalogue::all().iter().filter_map(|m| match m.kind {
                Kind::Formula(text) => Some(text),
                _ => None,
            });
            let read = |text| Some((text, Self::new(Expr::parse(text).ok()?, &vocabulary).ok()?));
            texts.filter_map(read).collect()
        });
        all.get(text)
    }
}

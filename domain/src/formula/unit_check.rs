//! Finds the unit of a formula, or the place where it makes no sense.

use super::dimension::Dimension;
use super::expr::{Expr, Node, Op};
use super::fault::{Fault, Problem, Span};
use super::vocabulary::Vocabulary;
use crate::metric::Unit;
use crate::{Outcome, Why};

impl Expr {
    /// The unit of the result, if every name is known and in use and every operation has a meaning.
    ///
    /// # Errors
    /// The first [`Fault`] from the left.
    pub fn check(&self, vocabulary: &Vocabulary) -> Result<Unit, Fault> {
        let dimension = self.dimension(vocabulary)?;
        dimension.unit().ok_or_else(|| Fault::new(Problem::MeaninglessUnit { unit: dimension.code() }, self.at))
    }

    fn dimension(&self, vocabulary: &Vocabulary) -> Result<Dimension, Fault> {
        let fault = |problem| Err(Fault::new(problem, self.at));
        match &self.node {
            Node::Number(_) => Ok(Dimension::CONSTANT),
            Node::Amount(_, currency) if *currency == vocabulary.currency => Ok(Dimension::MONEY),
            Node::Amount(_, found) => {
                fault(Problem::CurrencyMismatch { found: *found, reporting: vocabulary.currency })
            }
            Node::Name(name) => match vocabulary.find(name) {
                None => fault(Problem::UnknownName { suggestion: vocabulary.suggestion(name) }),
                Some(named) if named.retired => fault(Problem::Retired),
                Some(named) => Ok(Dimension::of(named.unit)),
            },
            Node::Negative(inner) => inner.dimension(vocabulary),
            Node::Binary(op, left, right) => {
                let (a, b) = (left.dimension(vocabulary)?, right.dimension(vocabulary)?);
                match op {
                    Op::Plus | Op::Minus => together((a, left.is_zero(a)), (b, right.is_zero(b)), right.at),
                    Op::Over if right.is_zero(b) => Err(Fault::new(Problem::DividesByZero, right.at)),
                    Op::Times | Op::Over => Ok(a.product(*op, b)),
                }
            }
            Node::Call(_, all) => {
                let mut so_far: Option<(Dimension, bool)> = None;
                for value in all {
                    let dimension = value.dimension(vocabulary)?;
                    let zero = value.is_zero(dimension);
                    so_far = Some(match so_far {
                        None => (dimension, zero),
                        Some(before) => (together(before, (dimension, zero), value.at)?, before.1 && zero),
                    });
                }
                so_far.map(|(d, _)| d).ok_or_else(|| Fault::new(Problem::ValueExpected, self.at))
            }
        }
    }

    /// Whether it is made of numbers only, as its dimension tells, and they come to zero.
    fn is_zero(&self, dimension: Dimension) -> bool {
        dimension.is_constant()
            && self.evaluate(&|_| Outcome::NotMeasurable(Why::NotApplicable)).value().is_some_and(|r| r.is_zero())
    }
}

/// The unit that two values share, each given with whether it is a constant zero: zero is zero in every unit,
/// so it goes with money too.
fn together(left: (Dimension, bool), right: (Dimension, bool), at: Span) -> Result<Dimension, Fault> {
    match (left, right) {
        ((_, true), (unit, _)) | ((unit, _), (_, true)) => Ok(unit),
        ((a, _), (b, _)) => {
            a.with(b).ok_or_else(|| Fault::new(Problem::UnitMismatch { left: a.code(), right: b.code() }, at))
        }
    }
}

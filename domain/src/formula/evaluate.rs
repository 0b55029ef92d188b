//! Computes a formula exactly.

use super::expr::{Expr, Function, Node, Op};
use crate::{Outcome, Ratio, Why};

impl Expr {
    /// The exact value, given the values of the names. What is not measurable stays so with its reason (of two
    /// reasons the left one's); a division by nothing is [`Why::EmptyBase`], a number beyond exact arithmetic
    /// [`Why::TooLarge`]. Amounts are taken to be in the currency of the values, as [`Expr::check`] makes sure.
    pub fn evaluate(&self, value_of: &impl Fn(&str) -> Outcome<Ratio>) -> Outcome<Ratio> {
        match &self.node {
            Node::Number(n) | Node::Amount(n, _) => Outcome::Value(*n),
            Node::Name(name) => value_of(name),
            Node::Negative(inner) => inner.evaluate(value_of).map(Ratio::neg),
            Node::Binary(op, left, right) => {
                left.evaluate(value_of).and_then(|a| right.evaluate(value_of).and_then(|b| apply(*op, a, b)))
            }
            Node::Call(Function::Coalesce, all) => {
                let mut first = None;
                for value in all {
                    match value.evaluate(value_of) {
                        found @ Outcome::Value(_) => return found,
                        Outcome::NotMeasurable(why) => first = first.or(Some(why)),
                    }
                }
                Outcome::NotMeasurable(first.unwrap_or(Why::NotApplicable))
            }
            Node::Call(Function::Min, all) => pick(all, value_of, Ord::min),
            Node::Call(Function::Max, all) => pick(all, value_of, Ord::max),
        }
    }
}

fn apply(op: Op, a: Ratio, b: Ratio) -> Outcome<Ratio> {
    let exact = match op {
        Op::Plus => a.checked_add(b),
        Op::Minus => a.checked_sub(b),
        Op::Times => a.checked_mul(b),
        Op::Over if b.is_zero() => return Outcome::NotMeasurable(Why::EmptyBase),
        Op::Over => a.checked_div(b),
    };
    Outcome::from_option(exact, Why::TooLarge)
}

fn pick(all: &[Expr], value_of: &impl Fn(&str) -> Outcome<Ratio>, better: fn(Ratio, Ratio) -> Ratio) -> Outcome<Ratio> {
    let mut values = all.iter().map(|e| e.evaluate(value_of));
    let first = values.next().unwrap_or(Outcome::NotMeasurable(Why::NotApplicable));
    values.fold(first, |best, value| best.and_then(|a| value.map(|b| better(a, b))))
}

//! A formula as a tree, and how it is printed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::fault::{Fault, Span};
use super::parser;
use super::vocabulary::undotted;
use crate::{Currency, Ratio};

/// An operation on two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Op {
    /// How it is printed.
    pub const fn sign(self) -> char {
        match self {
            Self::Plus => '+',
            Self::Minus => '-',
            Self::Times => '*',
            Self::Over => '/',
        }
    }

    /// Whether it binds more tightly than a sum.
    pub(super) const fn is_product(self) -> bool {
        matches!(self, Self::Times | Self::Over)
    }
}

/// A function of one or more values of the same unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Function {
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The first that is measurable; the first one's reason if none is.
    Coalesce,
}

impl Function {
    /// All.
    pub const ALL: [Self; 3] = [Self::Min, Self::Max, Self::Coalesce];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Min => "min",
            Self::Max => "max",
            Self::Coalesce => "coalesce",
        }
    }

    /// The inverse of [`Function::name`].
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Never negative: a sign in front is [`Node::Negative`].
    Number(Ratio),
    Amount(Ratio, Currency),
    Name(String),
    Negative(Box<Expr>),
    Binary(Op, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
}

/// A formula that was read. Two are equal if they compute the same way; where their parts stood is not compared.
#[derive(Clone, Debug)]
pub struct Expr {
    pub(super) node: Node,
    pub(super) at: Span,
}

impl Expr {
    /// Reads a formula; `FromStr` is the same.
    ///
    /// # Errors
    /// The first [`Fault`] of spelling; names and units are the matter of [`Expr::check`].
    pub fn parse(text: &str) -> Result<Self, Fault> {
        parser::parse(text)
    }

    /// The names that it refers to, each as often and in the order as it is written, and where.
    pub fn references(&self) -> Vec<(&str, Span)> {
        let mut found = Vec::new();
        self.visit(&mut |e| {
            if let Node::Name(name) = &e.node {
                found.push((name.as_str(), e.at));
            }
        });
        found
    }

    /// The names that it refers to as they are kept, without dots, each once, in the order in which they are written.
    pub fn names(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (name, _) in self.references() {
            let name = undotted(name);
            if !found.contains(&name) {
                found.push(name);
            }
        }
        found
    }

    /// Whether the whole is a sum in which each of these names is taken a fixed number of times: then the values of the
    /// parts of a period add up to that of the period.
    pub fn is_sum_of(&self, adds_up: &dyn Fn(&str) -> bool) -> bool {
        match &self.node {
            Node::Name(name) => adds_up(&undotted(name)),
            Node::Negative(of) => of.is_sum_of(adds_up),
            Node::Binary(Op::Plus | Op::Minus, left, right) => left.is_sum_of(adds_up) && right.is_sum_of(adds_up),
            Node::Binary(Op::Times, left, right) => {
                (left.is_number() && right.is_sum_of(adds_up)) || (right.is_number() && left.is_sum_of(adds_up))
            }
            Node::Binary(Op::Over, above, below) => below.is_number() && above.is_sum_of(adds_up),
            Node::Number(_) | Node::Amount(..) | Node::Call(..) => false,
        }
    }

    /// Whether it refers to nothing and has no unit.
    fn is_number(&self) -> bool {
        match &self.node {
            Node::Number(_) => true,
            Node::Negative(of) => of.is_number(),
            Node::Binary(_, left, right) => left.is_number() && right.is_number(),
            Node::Name(_) | Node::Amount(..) | Node::Call(..) => false,
        }
    }

    /// What is above and below the line, if the whole is a division.
    pub fn fraction(&self) -> Option<(&Self, &Self)> {
        match &self.node {
            Node::Binary(Op::Over, above, below) => Some((above, below)),
            _ => None,
        }
    }

    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a Self)) {
        see(self);
        match &self.node {
            Node::Number(_) | Node::Amount(..) | Node::Name(_) => {}
            Node::Negative(inner) => inner.visit(see),
            Node::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Node::Call(_, all) => all.iter().for_each(|e| e.visit(see)),
        }
    }

    /// Prints it as an operand, in parentheses if it would come apart.
    fn operand(&self, f: &mut fmt::Formatter<'_>, comes_apart: impl Fn(Op) -> bool) -> fmt::Result {
        match &self.node {
            Node::Binary(op, ..) if comes_apart(*op) => write!(f, "({self})"),
            _ => write!(f, "{self}"),
        }
    }
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for Expr {}

/// Shortest decimal text of a number; those of formulas have at most eighteen decimals.
fn decimal(n: Ratio) -> String {
    let exact = |scale: &u32| n.checked_mul(Ratio::int(10i128.pow(*scale))).is_some_and(|r| r.denominator() == 1);
    let scale = (0..=18).find(exact).unwrap_or(18);
    n.to_decimal(scale).unwrap_or_else(|| n.to_string())
}

impl fmt::Display for Expr {
    /// In one way of writing: ASCII signs, a space around each, no needless parentheses.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Number(n) => f.write_str(&decimal(*n)),
            Node::Amount(n, currency) => write!(f, "{} {}", decimal(*n), currency.code()),
            Node::Name(name) => f.write_str(name),
            Node::Negative(inner) => {
                f.write_str("-")?;
                inner.operand(f, |_| true)
            }
            Node::Binary(op, left, right) => {
                left.operand(f, |l| op.is_product() && !l.is_product())?;
                write!(f, " {} ", op.sign())?;
                right.operand(f, |r| op.is_product() || !r.is_product())
            }
            Node::Call(function, all) => {
                write!(f, "{}(", function.name())?;
                for (i, e) in all.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{e}")?;
                }
                f.write_str(")")
            }
        }
    }
}

impl FromStr for Expr {
    type Err = Fault;
    fn from_str(text: &str) -> Result<Self, Fault> {
        Self::parse(text)
    }
}

impl Serialize for Expr {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<str>::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

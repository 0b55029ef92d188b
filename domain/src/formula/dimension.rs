//! The algebra of units: what comes of adding, multiplying and dividing them.

use super::expr::Op;
use crate::metric::Unit;

/// What a value without money and days is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// Made of numbers written in the formula only: takes the unit of what it is added to.
    Constant,
    Count,
    Ratio,
    Number,
}

/// A unit as powers of money and days. A count beside money or days is left out: money ÷ count is money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dimension {
    money: i16,
    days: i16,
    plain: Plain,
}

impl Dimension {
    pub(super) const CONSTANT: Self = Self::plain(Plain::Constant);
    pub(super) const MONEY: Self = Self { money: 1, days: 0, plain: Plain::Number };

    const fn plain(plain: Plain) -> Self {
        Self { money: 0, days: 0, plain }
    }

    pub(super) const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Money => Self::MONEY,
            Unit::MoneyPerDay => Self { days: -1, ..Self::MONEY },
            Unit::Days => Self { money: 0, days: 1, plain: Plain::Number },
            Unit::Count => Self::plain(Plain::Count),
            Unit::Ratio => Self::plain(Plain::Ratio),
            Unit::Number => Self::plain(Plain::Number),
        }
    }

    pub(super) fn is_constant(self) -> bool {
        self == Self::CONSTANT
    }

    fn is_plain(self) -> bool {
        self.money == 0 && self.days == 0
    }

    /// The unit of a sum, difference, smallest or largest; `None` if there is none. A constant goes with
    /// everything but money: how much money 5 is depends on the currency.
    pub(super) fn with(self, other: Self) -> Option<Self> {
        match (self.is_constant(), other.is_constant()) {
            _ if self == other => Some(self),
            (true, false) if other.money == 0 => Some(other),
            (false, true) if self.money == 0 => Some(self),
            _ => None,
        }
    }

    /// The unit of a product or quotient.
    pub(super) fn product(self, op: Op, other: Self) -> Self {
        let sign = if op == Op::Over { -1 } else { 1 };
        // Formulas are too short for these to overflow; saturation keeps even that harmless.
        let money = self.money.saturating_add(other.money.saturating_mul(sign));
        let days = self.days.saturating_add(other.days.saturating_mul(sign));
        let plain = match (self.is_plain(), other.is_plain()) {
            (true, true) => plain_product(self.plain, op, other.plain),
            // Money ÷ money is a share.
            (false, false) if op == Op::Over && money == 0 && days == 0 => Plain::Ratio,
            _ => Plain::Number,
        };
        Self { money, days, plain }
    }

    /// The unit that people are shown; `None` where it means nothing. "Per day" is a plain number.
    pub(super) fn unit(self) -> Option<Unit> {
        match (self.money, self.days) {
            (1, 0) => Some(Unit::Money),
            (1, -1) => Some(Unit::MoneyPerDay),
            (0, 1) => Some(Unit::Days),
            (0, -1) => Some(Unit::Number),
            (0, 0) => Some(match self.plain {
                Plain::Count => Unit::Count,
                Plain::Ratio => Unit::Ratio,
                Plain::Number | Plain::Constant => Unit::Number,
            }),
            _ => None,
        }
    }

    /// Stable text for a message: `money`, `count`, `money_per_day`, `money^2*days^-1`.
    pub(super) fn code(self) -> String {
        self.unit().map_or_else(|| format!("money^{}*days^{}", self.money, self.days), |u| u.code().to_owned())
    }
}

fn plain_product(left: Plain, op: Op, right: Plain) -> Plain {
    use Plain::{Constant, Count, Number, Ratio};
    match (left, right) {
        (Count, Count) if op == Op::Over => Ratio,
        // A share of a count, or a multiple of anything, stays what it was.
        (same, Constant) => same,
        (Count, Ratio | Number) => Count,
        (Ratio, Ratio) => Ratio,
        (Constant, same) | (Ratio, same @ Count) if op == Op::Times => same,
        (Number, Count) if op == Op::Times => Count,
        (Constant | Count | Ratio | Number, Count | Ratio | Number) => Number,
    }
}

//! A sum of amounts that fails as a whole when one of them is not known.

use crate::money::MICROS_PER_UNIT;
use crate::{Figure, Micros, Outcome, Ratio, Unit, Why};

/// Σ of micro-units, or why there is none. Of several reasons the first in a fixed order stays, so that the
/// order of the amounts does not matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sum(Outcome<i128>);

impl Sum {
    /// Of nothing.
    pub(crate) const ZERO: Self = Self(Outcome::Value(0));

    /// Adds an amount or another sum.
    pub(crate) fn add(&mut self, other: Outcome<i128>) {
        self.0 = match (self.0, other) {
            (Outcome::Value(a), Outcome::Value(b)) => Outcome::from_option(a.checked_add(b), Why::TooLarge),
            (Outcome::NotMeasurable(a), Outcome::NotMeasurable(b)) => Outcome::NotMeasurable(a.min(b)),
            (Outcome::NotMeasurable(a), Outcome::Value(_)) => Outcome::NotMeasurable(a),
            (Outcome::Value(_), Outcome::NotMeasurable(b)) => Outcome::NotMeasurable(b),
        };
    }

    /// Adds an amount.
    pub(crate) fn add_micros(&mut self, amount: Outcome<Micros>) {
        self.add(amount.map(|m| i128::from(m.get())));
    }

    /// Micro-units.
    pub(crate) fn micros(self) -> Outcome<i128> {
        self.0
    }

    /// Whole units.
    pub(crate) fn units(self, unit: Unit) -> Outcome<Figure> {
        let ratio = |m| Outcome::from_option(Ratio::new(m, i128::from(MICROS_PER_UNIT)), Why::TooLarge);
        self.0.and_then(ratio).map(|r| Figure::new(r, unit))
    }
}

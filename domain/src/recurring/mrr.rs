//! The unit of the engine.

use serde::{Deserialize, Serialize};

use crate::money::MICROS_PER_UNIT;
use crate::{Micros, Ratio, Why};

/// Monthly recurring revenue, held as whole micro-units per *year*, which are twelfths of a micro-unit per
/// month: sums of monthly and yearly plans stay whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mrr(i128);

impl Mrr {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Of micro-units per year.
    pub const fn of_year(micros: i128) -> Self {
        Self(micros)
    }

    /// Of an amount per month.
    pub fn of_month(amount: Micros) -> Self {
        Self(i128::from(amount.get()) * 12)
    }

    /// Micro-units per year.
    pub const fn per_year(self) -> i128 {
        self.0
    }

    /// Units of the currency per month, exact.
    pub fn to_ratio(self) -> Ratio {
        // The denominator is not zero; only i128::MIN falls back, and no sum of amounts comes near it.
        Ratio::new(self.0, 12 * i128::from(MICROS_PER_UNIT)).unwrap_or(Ratio::int(-i128::MAX))
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Why::TooLarge`].
    pub fn plus(self, other: Self) -> Result<Self, Why> {
        self.0.checked_add(other.0).map(Self).ok_or(Why::TooLarge)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Why::TooLarge`].
    pub fn minus(self, other: Self) -> Result<Self, Why> {
        self.0.checked_sub(other.0).map(Self).ok_or(Why::TooLarge)
    }

    /// This many times as much, rounded half-even to a micro-unit per year.
    ///
    /// # Errors
    /// [`Why::TooLarge`].
    pub fn times(self, factor: Ratio) -> Result<Self, Why> {
        let exact = Ratio::int(self.0).checked_mul(factor).ok_or(Why::TooLarge)?;
        exact.round_half_even(0).map(Self).ok_or(Why::TooLarge)
    }
}

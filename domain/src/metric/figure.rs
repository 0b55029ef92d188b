//! A figure: an exact number with its unit.

use serde::{Deserialize, Serialize};

use crate::Ratio;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Units (not micro-units) of the organisation's reporting currency.
    Money,
    /// A share; 1 is 100 %.
    Ratio,
    /// A number of things.
    Count,
    /// Calendar days.
    Days,
    /// A plain number.
    Number,
    /// Units of the reporting currency per calendar day.
    MoneyPerDay,
}

impl Unit {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Money => "money",
            Self::Ratio => "ratio",
            Self::Count => "count",
            Self::Days => "days",
            Self::Number => "number",
            Self::MoneyPerDay => "money_per_day",
        }
    }

    /// Whether a change of it is spoken of in percentage points.
    pub fn is_rate(self) -> bool {
        matches!(self, Self::Ratio)
    }
}

/// An exact number with its unit. Money is in whole units of the currency: 275056, not micro-units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// The exact value.
    pub exact: Ratio,
    /// Its unit.
    pub unit: Unit,
}

impl Figure {
    /// A number with its unit.
    pub const fn new(exact: Ratio, unit: Unit) -> Self {
        Self { exact, unit }
    }

    /// Nearest float, for drawing.
    pub fn to_f64(self) -> f64 {
        self.exact.to_f64()
    }

    /// Plain text for the API and the command line: money with the currency's decimals, counts whole
    /// where they are whole, everything else with six decimals, rounded half-even.
    pub fn to_plain(self, money_digits: u32) -> Option<String> {
        match self.unit {
            Unit::Money | Unit::MoneyPerDay => self.exact.to_decimal(money_digits),
            Unit::Count if self.exact.denominator() == 1 => self.exact.to_decimal(0),
            Unit::Count | Unit::Ratio | Unit::Days | Unit::Number => self.exact.to_decimal(6),
        }
    }
}

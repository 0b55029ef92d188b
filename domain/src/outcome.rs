//! A value, or the reason why there is none. Never 0, NaN or ∞ in place of "not measurable".

use serde::{Deserialize, Serialize};

use crate::{Currency, Date};

/// Why a figure cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Why {
    /// The denominator counts nothing: nobody decided, nothing sold.
    EmptyBase,
    /// No facts of the needed kind exist at all.
    NoData,
    /// An amount in a foreign currency has no exchange rate on or before its date.
    MissingRate {
        /// The foreign currency.
        currency: Currency,
        /// The fact's date.
        date: Date,
    },
    /// The numbers exceed what exact arithmetic can hold.
    TooLarge,
    /// The metric does not apply to the question (for example a balance of a future day).
    NotApplicable,
    /// A change from zero has no percentage.
    ZeroBase,
    /// The base is negative, so a percentage would mislead.
    NegativeBase,
    /// An input is incomplete, for example a channel without spend.
    Incomplete,
    /// The period has not begun.
    NotStarted,
    /// The question must name two things to compare, such as two categories.
    NeedsPair,
    /// A rate of a month is asked of a period in which no whole month has ended.
    NoWholeMonth,
}

impl Why {
    /// Stable code, the key of the explanation in the locale files (`why.<code>`) and in the API.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmptyBase => "empty_base",
            Self::NoData => "no_data",
            Self::MissingRate { .. } => "missing_rate",
            Self::TooLarge => "too_large",
            Self::NotApplicable => "not_applicable",
            Self::ZeroBase => "zero_base",
            Self::NegativeBase => "negative_base",
            Self::Incomplete => "incomplete",
            Self::NotStarted => "not_started",
            Self::NeedsPair => "needs_pair",
            Self::NoWholeMonth => "no_whole_month",
        }
    }

    /// One of each, for tests of the locale files.
    pub fn all() -> [Self; 11] {
        let missing = Self::MissingRate { currency: Currency::EUR, date: Date::MIN };
        [
            Self::EmptyBase,
            Self::NoData,
            missing,
            Self::TooLarge,
            Self::NotApplicable,
            Self::ZeroBase,
            Self::NegativeBase,
            Self::Incomplete,
            Self::NotStarted,
            Self::NeedsPair,
            Self::NoWholeMonth,
        ]
    }
}

/// A measured value or the reason why it is not measurable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome<T> {
    /// Measured.
    Value(T),
    /// Not measurable, and why.
    NotMeasurable(Why),
}

impl<T> Outcome<T> {
    /// The value, if measured.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(v) => Some(v),
            Self::NotMeasurable(_) => None,
        }
    }

    /// The value by move, if measured.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(v) => Some(v),
            Self::NotMeasurable(_) => None,
        }
    }

    /// The reason, if not measurable.
    pub fn why(&self) -> Option<Why> {
        match self {
            Self::Value(_) => None,
            Self::NotMeasurable(w) => Some(*w),
        }
    }

    /// Whether there is a value.
    pub fn is_measured(&self) -> bool {
        matches!(self, Self::Value(_))
    }

    /// Changes the value, keeps the reason.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Value(v) => Outcome::Value(f(v)),
            Self::NotMeasurable(w) => Outcome::NotMeasurable(w),
        }
    }

    /// Goes on with the value, keeps the reason.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Outcome<U>) -> Outcome<U> {
        match self {
            Self::Value(v) => f(v),
            Self::NotMeasurable(w) => Outcome::NotMeasurable(w),
        }
    }

    /// Borrows the value.
    pub fn as_ref(&self) -> Outcome<&T> {
        match self {
            Self::Value(v) => Outcome::Value(v),
            Self::NotMeasurable(w) => Outcome::NotMeasurable(*w),
        }
    }

    /// `Some` is a value, `None` is not measurable for this reason.
    pub fn from_option(value: Option<T>, why: Why) -> Self {
        value.map_or(Self::NotMeasurable(why), Self::Value)
    }

    /// For the `?` operator.
    ///
    /// # Errors
    /// The reason, if not measurable.
    pub fn into_result(self) -> Result<T, Why> {
        match self {
            Self::Value(v) => Ok(v),
            Self::NotMeasurable(w) => Err(w),
        }
    }
}

impl<T> From<Result<T, Why>> for Outcome<T> {
    fn from(r: Result<T, Why>) -> Self {
        match r {
            Ok(v) => Self::Value(v),
            Err(w) => Self::NotMeasurable(w),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_survives_the_wire() {
        for why in Why::all() {
            let o: Outcome<i32> = Outcome::NotMeasurable(why);
            let json = serde_json::to_string(&o).unwrap();
            assert!(json.contains(why.code()), "{json}");
            assert_eq!(serde_json::from_str::<Outcome<i32>>(&json).unwrap(), o);
        }
        assert_eq!(Outcome::Value(2).map(|n| n + 1).into_result(), Ok(3));
    }
}

//! Change between two outcomes: percentage points for rates, percent for amounts.

use serde::{Deserialize, Serialize};

use crate::metric::{Better, Figure};
use crate::{Outcome, Ratio, Why};

/// How a change is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeUnit {
    /// Difference of two shares; 0.021 is 2.1 percentage points.
    Points,
    /// Share of the old amount; 0.12 is 12 percent.
    Percent,
}

/// A change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// As a share: 0.12 is 12 percent or 12 points.
    pub value: Ratio,
    /// How it is said.
    pub unit: ChangeUnit,
}

/// Whether a change is good news.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    /// In the better direction.
    Good,
    /// In the worse direction.
    Bad,
    /// No change, or a metric without a better direction.
    Neutral,
}

impl Change {
    /// Whether it is good news for a metric whose better direction is this.
    pub fn news(&self, better: Better) -> News {
        match (better, self.value.signum()) {
            (Better::Neither, _) | (_, 0) => News::Neutral,
            (Better::Up, 1) | (Better::Down, -1) => News::Good,
            (Better::Up | Better::Down, _) => News::Bad,
        }
    }
}

/// The change from `before` to `now`. An amount has no percentage from a base of zero or below.
pub fn change(before: &Outcome<Figure>, now: &Outcome<Figure>) -> Outcome<Change> {
    let (before, now) = match (before, now) {
        (Outcome::Value(b), Outcome::Value(n)) => (b, n),
        (Outcome::NotMeasurable(w), _) | (_, Outcome::NotMeasurable(w)) => return Outcome::NotMeasurable(*w),
    };
    if before.unit != now.unit {
        return Outcome::NotMeasurable(Why::NotApplicable);
    }
    let Some(difference) = now.exact.checked_sub(before.exact) else {
        return Outcome::NotMeasurable(Why::TooLarge);
    };
    if now.unit.is_rate() {
        return Outcome::Value(Change { value: difference, unit: ChangeUnit::Points });
    }
    match before.exact.signum() {
        0 => Outcome::NotMeasurable(Why::ZeroBase),
        -1 => Outcome::NotMeasurable(Why::NegativeBase),
        _ => Outcome::from_option(difference.checked_div(before.exact), Why::TooLarge)
            .map(|value| Change { value, unit: ChangeUnit::Percent }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Unit;

    fn f(n: i128, d: i128, unit: Unit) -> Outcome<Figure> {
        Outcome::Value(Figure::new(Ratio::new(n, d).unwrap(), unit))
    }

    #[test]
    fn rates_change_in_points_and_amounts_in_percent() {
        let rate = change(&f(1, 4, Unit::Ratio), &f(1, 2, Unit::Ratio)).into_value().unwrap();
        assert_eq!((rate.value.to_string().as_str(), rate.unit), ("1/4", ChangeUnit::Points));
        assert_eq!(rate.news(Better::Down), News::Bad);
        let money = change(&f(100, 1, Unit::Money), &f(112, 1, Unit::Money)).into_value().unwrap();
        assert_eq!((money.value.to_decimal(2).unwrap().as_str(), money.unit), ("0.12", ChangeUnit::Percent));
        assert_eq!(money.news(Better::Up), News::Good);
    }

    #[test]
    fn from_nothing_there_is_no_percentage() {
        assert_eq!(change(&f(0, 1, Unit::Money), &f(5, 1, Unit::Money)).why(), Some(Why::ZeroBase));
        assert_eq!(change(&f(-1, 1, Unit::Money), &f(5, 1, Unit::Money)).why(), Some(Why::NegativeBase));
        assert_eq!(change(&f(0, 1, Unit::Ratio), &f(1, 2, Unit::Ratio)).why(), None);
        assert_eq!(change(&Outcome::NotMeasurable(Why::EmptyBase), &f(1, 2, Unit::Ratio)).why(), Some(Why::EmptyBase));
    }
}

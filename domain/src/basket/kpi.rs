//! KPIs of a group of lines.

use super::Baskets;
use crate::metric::{Answer, Figure, Interval, Unit};
use crate::{Outcome, Ratio};

/// A KPI of a period, a shop, a category or any group of lines: always Σ ÷ Σ (product definition; F4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BasketKpi {
    /// Average transaction value: Σ amount ÷ distinct transactions, before returns.
    Atv,
    /// Units per transaction: Σ quantity ÷ distinct transactions.
    Upt,
    /// Σ amount ÷ Σ quantity.
    AvgUnitPrice,
    /// Customers with two or more transactions in the group ÷ customers in it.
    RepeatPurchaseRate,
    /// Amount returned ÷ amount sold.
    ReturnRate,
}

impl BasketKpi {
    /// All.
    pub const ALL: [Self; 5] = [Self::Atv, Self::Upt, Self::AvgUnitPrice, Self::RepeatPurchaseRate, Self::ReturnRate];

    /// Stable id.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Atv => "atv",
            Self::Upt => "upt",
            Self::AvgUnitPrice => "avg_unit_price",
            Self::RepeatPurchaseRate => "repeat_purchase_rate",
            Self::ReturnRate => "return_rate",
        }
    }

    /// Its value. n counts transactions, of the unit price lines sold, of the repeat rate customers.
    pub fn of(self, baskets: &Baskets) -> Answer {
        let transactions = baskets.transactions;
        let (above, below, unit, n) = match self {
            Self::Atv => (baskets.amount(), count(transactions), Unit::Money, transactions),
            Self::Upt => (baskets.units(), count(transactions), Unit::Number, transactions),
            Self::AvgUnitPrice => (baskets.amount(), baskets.units(), Unit::Money, baskets.lines),
            Self::RepeatPurchaseRate => {
                return share(baskets.repeat_customers, baskets.customers().len() as i64);
            }
            Self::ReturnRate => (baskets.returned(), baskets.amount(), Unit::Ratio, transactions),
        };
        let mut answer = Answer::quotient(above, below, unit, Interval::None);
        answer.n = Some(n);
        answer
    }
}

pub(super) fn count(n: i64) -> Outcome<Figure> {
    Outcome::Value(Figure::new(Ratio::from(n), Unit::Count))
}

/// A share of things counted, with Wilson's interval; n is what is below the line.
pub(super) fn share(above: i64, below: i64) -> Answer {
    let mut answer = Answer::quotient(count(above), count(below), Unit::Ratio, Interval::Wilson);
    answer.n = Some(below);
    answer
}

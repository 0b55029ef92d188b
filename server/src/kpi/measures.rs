//! What the store must read and tell apart for a measure.

use domain::metric::{Aggregation, DateColumn, FactKind, Metric, Status, catalogue};
use domain::{Measure, Ratio};

use super::asked::of_pair;
use crate::query::facts::Family;

/// The metrics in use that can be asked for without saying more than whose and of when.
pub fn loaded() -> impl Iterator<Item = &'static Metric> {
    let is_plain = |metric: &&Metric| !metric.measures().into_iter().any(of_pair);
    catalogue::all().iter().filter(|m| m.status == Status::Active).filter(is_plain)
}

/// The dates by which a measure of deals takes them; none of other facts.
pub(super) fn family_of(measure: Measure) -> Option<Family> {
    let def = measure.def();
    let is_summed = match def.aggregation {
        Aggregation::Count | Aggregation::Days { .. } => true,
        Aggregation::SumMoney(_) => Amount::of(measure).is_some(),
        Aggregation::SumCount(_)
        | Aggregation::SumNumber(_)
        | Aggregation::Distinct(_)
        | Aggregation::Engine { .. } => false,
    };
    if def.fact != FactKind::Deals || !is_summed {
        return None;
    }
    match def.date {
        DateColumn::ClosedOn => Some(Family::Closed),
        DateColumn::CreatedOrEngaged => Some(Family::Began),
        DateColumn::BalanceDay => Some(Family::Open),
        DateColumn::On(_) | DateColumn::ByEngine => None,
    }
}

/// Whether a measure takes each deal by a factor of its own, the chance of winning or the discount, which stored sums
/// do not tell apart.
pub(super) fn has_factor(measure: Measure) -> bool {
    measure.def().filled.is_some() || Amount::of(measure) == Some(Amount::Weighted)
}

/// What a money measure adds up, deal by deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    /// The amount.
    Plain,
    /// The amount × the chance of winning it.
    Weighted,
    /// The discount given: amount × d ÷ (1 − d).
    Discount,
    /// The amount before discount: amount ÷ (1 − d).
    BeforeDiscount,
}

impl Amount {
    /// What a money measure adds up; none if the store cannot.
    pub(super) fn of(measure: Measure) -> Option<Self> {
        match measure.def().aggregation {
            Aggregation::SumMoney("amount") => Some(Self::Plain),
            Aggregation::SumMoney("amount * probability") => Some(Self::Weighted),
            Aggregation::SumMoney("amount * discount_pct / (100 - discount_pct)") => Some(Self::Discount),
            Aggregation::SumMoney("amount * 100 / (100 - discount_pct)") => Some(Self::BeforeDiscount),
            _ => None,
        }
    }

    /// The part of an amount that counts at a factor in millionths; none if it has no meaning.
    pub(super) fn at(self, amount: i128, factor: Option<i64>) -> Option<Ratio> {
        const WHOLE: i128 = 1_000_000;
        let factor = i128::from(factor.unwrap_or(0));
        let (above, below) = match self {
            Self::Plain => (amount, 1),
            Self::Weighted => (amount.checked_mul(factor)?, WHOLE),
            Self::Discount => (amount.checked_mul(factor)?, WHOLE - factor),
            Self::BeforeDiscount => (amount.checked_mul(WHOLE)?, WHOLE - factor),
        };
        if below <= 0 { None } else { Ratio::new(above, below) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_store_can_add_up_every_money_measure_there_is() {
        for measure in Measure::ALL {
            if measure.def().fact == FactKind::Deals
                && let Aggregation::SumMoney(text) = measure.def().aggregation
            {
                assert!(Amount::of(*measure).is_some(), "{}: {text}", measure.id());
            }
        }
    }

    #[test]
    fn a_discount_is_taken_off_the_amount_before_it() {
        let exact = |n: i128| Ratio::new(n, 1);
        assert_eq!(Amount::Discount.at(900, Some(100_000)), exact(100));
        assert_eq!(Amount::BeforeDiscount.at(900, Some(100_000)), exact(1000));
        assert_eq!(Amount::BeforeDiscount.at(900, Some(1_000_000)), None);
        assert_eq!(Amount::Weighted.at(1000, None), exact(0));
    }
}

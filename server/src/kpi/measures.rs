//! What the store must read and tell apart for a measure.

use domain::metric::{Aggregation, DateColumn, DealStatus, FactKind, Metric, Status, Test, catalogue};
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

/// How deals are read for a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Reading {
    /// From stored sums, if they tell apart what else is asked.
    Sums,
    /// Each by a factor of its own, the chance of winning or the discount, which stored sums do not tell apart.
    Factor,
    /// By the days that deals lost took, which stored sums do not hold.
    Cycle,
}

impl Reading {
    pub(super) fn of(measure: Measure) -> Self {
        let def = measure.def();
        match def.aggregation {
            Aggregation::Days { .. } if def.status.contains(&DealStatus::Lost) => Self::Cycle,
            _ if def.filled.is_some() || Amount::of(measure) == Some(Amount::Weighted) => Self::Factor,
            _ => Self::Sums,
        }
    }
}

/// Whether a deal with this factor, a discount in millionths, passes the tests of a measure of deals.
pub(super) fn passes(measure: Measure, factor: Option<i64>) -> bool {
    const PERCENT: i64 = 10_000;
    measure.def().only.iter().all(|(_, test)| match (test, factor) {
        (Test::AtLeast(n), Some(factor)) => factor >= n * PERCENT,
        (Test::AtMost(n), Some(factor)) => factor <= n * PERCENT,
        (Test::Below(n), Some(factor)) => factor < n * PERCENT,
        (Test::Is(_), _) | (_, None) => false,
    })
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

    /// A column by name that no statement reads would count nothing.
    #[test]
    fn the_only_column_that_measures_of_deals_test_is_their_discount() {
        let of_deals = Measure::ALL.iter().map(|m| m.def()).filter(|d| d.fact == FactKind::Deals);
        for def in of_deals.filter(|d| !d.only.is_empty()) {
            assert!(def.only.iter().all(|(column, _)| *column == "discount_pct"), "{}", def.id);
            assert_eq!(def.filled, Some("discount_pct"), "{}", def.id);
        }
    }

    #[test]
    fn a_deal_given_away_has_no_list_amount() {
        let whole = Some(1_000_000);
        for (measure, below, at) in [
            (Measure::DiscountGiven, true, false),
            (Measure::ListAmount, true, false),
            (Measure::DealsDiscountKnown, true, false),
            (Measure::DealsGivenAway, false, true),
        ] {
            assert_eq!((passes(measure, Some(999_999)), passes(measure, whole)), (below, at), "{}", measure.id());
            assert!(!passes(measure, None));
        }
        assert!(passes(Measure::DealsWon, None));
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

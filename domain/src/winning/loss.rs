//! Why deals are lost: counts, shares and money by reason.

use crate::metric::{Answer, Figure, Interval, Measure, MeasureValues, Unit};
use crate::{Outcome, Ratio, Why};

/// Deals lost for one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct LossReason<K> {
    /// The reason; `None`: none was given.
    pub reason: Option<K>,
    /// Deals lost.
    pub lost: i64,
    /// Of all deals lost, with Wilson's interval; n is all deals lost.
    pub share: Answer,
    /// Amount lost.
    pub amount: Outcome<Figure>,
    /// Of all that was lost in money; not measurable where no lost deal has an amount.
    pub amount_share: Answer,
}

/// Reasons of loss from measures grouped by reason, the most frequent first. Groups that lost nothing are
/// left out.
pub fn loss_reasons<K>(groups: impl IntoIterator<Item = (Option<K>, MeasureValues)>) -> Vec<LossReason<K>> {
    let lost: Vec<(Option<K>, i64, Outcome<Figure>)> = groups
        .into_iter()
        .filter_map(|(reason, values)| {
            let amount = values.get(Measure::AmountLost).total().map(|r| Figure::new(r, Unit::Money));
            values.get(Measure::DealsLost).count().filter(|n| *n > 0).map(|n| (reason, n, amount))
        })
        .collect();
    let all = lost.iter().try_fold(0i64, |sum, (_, n, _)| sum.checked_add(*n));
    let all_amount = lost.iter().fold(Outcome::Value(Ratio::ZERO), |sum, (_, _, amount)| {
        sum.and_then(|a| amount.and_then(|b| Outcome::from_option(a.checked_add(b.exact), Why::TooLarge)))
    });
    let count = |n: i64| Figure::new(Ratio::from(n), Unit::Count);
    let mut reasons: Vec<LossReason<K>> = lost
        .into_iter()
        .map(|(reason, lost, amount)| {
            let below = Outcome::from_option(all.map(count), Why::TooLarge);
            let mut share = Answer::quotient(Outcome::Value(count(lost)), below, Unit::Ratio, Interval::Wilson);
            share.n = all;
            let below = all_amount.map(|r| Figure::new(r, Unit::Money));
            let mut amount_share = Answer::quotient(amount, below, Unit::Ratio, Interval::None);
            amount_share.n = all;
            LossReason { reason, lost, share, amount, amount_share }
        })
        .collect();
    reasons.sort_by_key(|r| std::cmp::Reverse(r.lost));
    reasons
}

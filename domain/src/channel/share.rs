//! Where the budget goes, against where the results come from.

use std::collections::BTreeMap;

use super::{Column, Totals};
use crate::metric::{Answer, Interval, Unit};
use crate::{Outcome, Ratio, Why};

/// One group's part of all spend and of all results.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetShare<K> {
    /// The channel or campaign; `None`: none was given.
    pub key: Option<K>,
    /// Spend ÷ all spend; incomplete where any group has results and no spend.
    pub budget: Answer,
    /// Result ÷ all results; incomplete where any group has spend and no results stated.
    pub result: Answer,
    /// Result share − budget share: above zero it brings more than its part of the budget.
    pub gap: Outcome<Ratio>,
}

/// Budget share against the share of a result (leads, customers, revenue …) of every group.
pub fn budget_shares<K: Clone>(groups: &BTreeMap<Option<K>, Totals>, result: Column) -> Vec<BudgetShare<K>> {
    let mut all = Totals::default();
    groups.values().for_each(|totals| all.merge(totals));
    let share = |totals: &Totals, column: Column, other: Column| {
        Answer::quotient(totals.total(column), all.total_beside(column, other), Unit::Ratio, Interval::None)
    };
    groups
        .iter()
        .map(|(key, totals)| {
            let budget = share(totals, Column::Spend, result);
            let result = share(totals, result, Column::Spend);
            let gap = result.value.and_then(|r| {
                budget.value.and_then(|b| Outcome::from_option(r.exact.checked_sub(b.exact), Why::TooLarge))
            });
            BudgetShare { key: key.clone(), budget, result, gap }
        })
        .collect()
}

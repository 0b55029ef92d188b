//! Sums of a customer's months are what the engine says of any whole months.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::properties::history;
use super::*;

/// Balances at the start of a month, and movements from one to another.
fn sum(all: &[CustomerMonth], from: Option<Date>, to: Date) -> Flows {
    let inside = all.iter().filter(|m| from.is_none_or(|from| from <= m.first_day) && m.first_day < to);
    inside.fold(Flows::default(), |sum, m| sum.plus(m.flows, 1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn sums_of_months_are_the_figures_of_the_engine(
        (all, choices) in history(), first in 0i32..8, length in 1i32..22
    ) {
        let history = History::new(&all, choices);
        let months = history.monthly().into_value().unwrap();
        let from = day("2022-01-01").add_months(first).unwrap();
        let to = from.add_months(length).unwrap();
        let period = Period::new(from, to).unwrap();
        let walked = history.movements(&super::months(period)).into_value().unwrap();
        let total = Movements::total(&walked).into_value().unwrap();
        let (opening, moved, closing) = (sum(&months, None, from), sum(&months, Some(from), to), sum(&months, None, to));
        prop_assert_eq!((opening.net(), closing.net()), (total.opening, total.closing));
        let counts = (i128::from(total.customers.opening), i128::from(total.customers.closing));
        prop_assert_eq!((opening.customers, closing.customers), counts);
        let of_month = [moved.new, moved.expansion, moved.reactivation, moved.contraction, moved.churn];
        let engine = [total.new, total.expansion, total.reactivation, total.contraction, total.churn];
        prop_assert_eq!(of_month, engine.map(Mrr::per_year));
        let of_month = [
            moved.expansion_outside_rates,
            moved.reactivation_outside_rates,
            moved.contraction_outside_rates,
            moved.churn_outside_rates,
        ];
        let outside = total.outside_rates;
        let engine = [outside.expansion, outside.reactivation, outside.contraction, outside.churn];
        prop_assert_eq!(of_month, engine.map(Mrr::per_year));
        let of_month =
            [moved.count_new, moved.count_expansion, moved.count_reactivation, moved.count_contraction, moved.count_churn];
        let c = total.customers;
        prop_assert_eq!(of_month, [c.new, c.expansion, c.reactivation, c.contraction, c.churn].map(i128::from));

        let year = history.retention(twelve_months(period).unwrap()).into_value().unwrap();
        let looked = [closing.year_ago, closing.year_ago_now, closing.year_ago_kept];
        prop_assert_eq!(looked, [year.base, year.now, year.kept].map(Mrr::per_year));
        prop_assert_eq!(closing.customers_year_ago, i128::from(year.customers));
        for (back, found) in [(3, closing.churned_in_quarter), (12, closing.churned_in_year)] {
            let back = Period::new(to.add_months(-back).unwrap(), to).unwrap();
            prop_assert_eq!(found, i128::from(history.retention(back).into_value().unwrap().churned));
        }
        for month in super::months(period) {
            let engine = history.retention(month).into_value().unwrap().churned;
            prop_assert_eq!(sum(&months, Some(month.from()), month.to()).churned, i128::from(engine));
        }
        let begun: std::collections::BTreeSet<u32> =
            all.iter().filter(|s| s.counts(&choices) && s.start < to).map(|s| s.customer).collect();
        prop_assert_eq!(closing.begun, begun.len() as i128);
    }

    /// Where no month at an edge is moved, a period that ends within it is as the whole months before it.
    #[test]
    fn a_month_that_is_not_moved_may_be_cut((all, choices) in history(), from in 0i32..150, length in 1i32..200) {
        let mut customers: BTreeMap<u32, Vec<Subscription>> = BTreeMap::new();
        all.into_iter().for_each(|s| customers.entry(s.customer).or_default().push(s));
        let at = |n: i32| Date::from_day_number(19_000 + n).unwrap();
        let (from, to) = (at(from), at(from + length));
        for subscriptions in customers.values() {
            let history = History::new(subscriptions, choices);
            let months = history.monthly().into_value().unwrap();
            let edges = [from.first_of_month(), to.first_of_month()];
            if months.iter().any(|m| m.is_moved && edges.contains(&m.first_day)) {
                continue;
            }
            let walked = history.movements(&super::months(Period::new(from, to).unwrap())).into_value().unwrap();
            let total = Movements::total(&walked).into_value().unwrap();
            let moved = sum(&months, Some(edges[0]), edges[1]);
            prop_assert_eq!(sum(&months, None, edges[0]).net(), total.opening);
            prop_assert_eq!(sum(&months, None, edges[1]).net(), total.closing);
            prop_assert_eq!((moved.new, moved.reactivation), (total.new.per_year(), total.reactivation.per_year()));
            prop_assert_eq!((moved.churn, moved.contraction), (total.churn.per_year(), total.contraction.per_year()));
            if edges[0] < edges[1] {
                let churned = |from, to| history.retention(Period::new(from, to).unwrap()).into_value().unwrap().churned;
                prop_assert_eq!(churned(edges[0], edges[1]), churned(from, to));
            }
        }
    }
}

#[test]
fn only_months_with_changes_are_told() {
    // A renewal at the same price on the day on which the old one ends changes nothing.
    let all = [monthly(1, "2024-01-15", "2024-02-10", 10), monthly(1, "2024-02-10", "2024-04-01", 10)];
    let months = History::new(all, Choices::default()).monthly().into_value().unwrap();
    let told: Vec<_> = months.iter().map(|m| (m.first_day.to_string(), m.is_first, m.is_moved)).collect();
    let expected = [
        ("2024-01-01", true, true),
        // Twelve months on each change shows again; the churn of a quarter ends after three.
        ("2024-04-01", false, true),
        ("2024-07-01", false, false),
        ("2025-01-01", false, false),
        ("2025-04-01", false, false),
    ];
    assert_eq!(told, expected.map(|(day, first, moved)| (day.to_owned(), first, moved)));
    assert_eq!(History::new(Vec::<Subscription>::new(), Choices::default()).monthly(), Outcome::Value(Vec::new()));
}

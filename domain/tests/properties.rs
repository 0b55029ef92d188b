//! Properties of rolling up: parts are added, answers never.
#![allow(clippy::unwrap_used)]

use domain::metric::{Histogram, MeasureValue, MeasureValues, catalogue, evaluate};
use domain::{Currency, Date, Measure, Ratio, Why};
use proptest::prelude::*;

/// A deal that was won or lost on a day.
#[derive(Clone, Debug)]
struct Deal {
    day: i32,
    won: bool,
    micros: i64,
    cycle: i32,
    known_rate: bool,
}

fn deals() -> impl Strategy<Value = Vec<Deal>> {
    let deal = (0i32..100, any::<bool>(), 0i64..1_000_000_000_000, 0i32..200, 0u8..40);
    prop::collection::vec(
        deal.prop_map(|(day, won, micros, cycle, rate)| Deal { day, won, micros, cycle, known_rate: rate > 0 }),
        0..40,
    )
}

fn values<'a>(deals: impl IntoIterator<Item = &'a Deal>) -> MeasureValues {
    let mut v = MeasureValues::new();
    for deal in deals {
        let (count, amount) = if deal.won {
            v.add(Measure::CycleDaysWon, &MeasureValue::Days(Histogram::from_iter([(deal.cycle, 1)])));
            (Measure::DealsWon, Measure::AmountWon)
        } else {
            (Measure::DealsLost, Measure::AmountLost)
        };
        v.add(count, &MeasureValue::Count(1));
        let missing = Why::MissingRate { currency: Currency::USD, date: Date::from_day_number(deal.day).unwrap() };
        let money = if deal.known_rate { MeasureValue::Money(deal.micros.into()) } else { MeasureValue::Not(missing) };
        v.add(amount, &money);
    }
    v
}

fn merged(parts: impl IntoIterator<Item = MeasureValues>) -> MeasureValues {
    let mut sum = MeasureValues::new();
    for part in parts {
        sum.merge(&part);
    }
    sum
}

proptest! {
    #[test]
    fn splitting_a_period_anywhere_keeps_every_metric(deals in deals(), at in 0i32..100) {
        let (before, after): (Vec<_>, Vec<_>) = deals.iter().partition(|d| d.day < at);
        let parts = merged([values(before), values(after)]);
        let whole = values(&deals);
        for metric in catalogue::all() {
            prop_assert_eq!(evaluate(metric, &parts), evaluate(metric, &whole), "{}", metric.id);
        }
    }

    #[test]
    fn the_order_of_merging_does_not_matter(deals in deals(), seed in any::<u64>()) {
        let mut parts: Vec<MeasureValues> = deals.iter().map(|d| values([d])).collect();
        let forward = merged(parts.clone());
        let n = parts.len();
        for i in 0..n {
            parts.swap(i, (seed as usize).wrapping_mul(i + 31) % n);
        }
        prop_assert_eq!(merged(parts), forward);
    }

    #[test]
    fn sums_of_parts_are_the_whole(deals in deals()) {
        let whole = values(&deals);
        let won = deals.iter().filter(|d| d.won).count() as i64;
        prop_assert_eq!(whole.get(Measure::DealsWon), MeasureValue::Count(won));
        let known = deals.iter().filter(|d| d.won).all(|d| d.known_rate);
        let sum: i128 = deals.iter().filter(|d| d.won).map(|d| i128::from(d.micros)).sum();
        if known {
            prop_assert_eq!(whole.get(Measure::AmountWon), MeasureValue::Money(sum));
        }
        let json = serde_json::to_string(&whole).unwrap();
        prop_assert_eq!(serde_json::from_str::<MeasureValues>(&json).unwrap(), whole);
    }

    #[test]
    fn median_and_mean_are_those_of_the_sorted_list(days in prop::collection::vec(-500i32..500, 1..50)) {
        let h: Histogram = days.iter().map(|d| (*d, 1)).collect();
        let mut sorted = days.clone();
        sorted.sort_unstable();
        let n = sorted.len();
        let twice_median = sorted[(n - 1) / 2] + sorted[n / 2];
        prop_assert_eq!(h.median().unwrap().to_f64(), f64::from(twice_median) / 2.0);
        let sum: i64 = days.iter().map(|d| i64::from(*d)).sum();
        prop_assert_eq!(h.mean(), domain::Ratio::new(sum.into(), n as i128));
    }

    #[test]
    fn no_values_panic(counts in prop::collection::vec(any::<i64>(), Measure::ALL.len()), money: i128, below: i128, days in prop::collection::vec((any::<i32>(), any::<i64>()), 0..5)) {
        let mut v = MeasureValues::new();
        for (m, n) in Measure::ALL.iter().zip(&counts) {
            let value = match m.unit() {
                domain::Unit::Money => MeasureValue::Money(money),
                domain::Unit::Days => MeasureValue::Days(days.iter().copied().collect()),
                domain::Unit::Number => Ratio::new(money, below).map_or(MeasureValue::Not(Why::NoData), MeasureValue::Exact),
                _ => MeasureValue::Count(*n),
            };
            v.set(*m, value);
        }
        let twice = merged([v.clone(), v]);
        for metric in catalogue::all() {
            let _ = evaluate(metric, &twice);
        }
    }
}

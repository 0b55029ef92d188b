//! p-values and their correction against published values.

use proptest::prelude::*;

use super::rounded;
use crate::stats::{Rate, holm, two_proportion_p_value};

fn p(a: (i64, i64), b: (i64, i64)) -> f64 {
    two_proportion_p_value(Rate { k: a.0, n: a.1 }, Rate { k: b.0, n: b.1 }).unwrap()
}

#[test]
fn large_samples_are_judged_by_the_pooled_z_test() {
    // Physicians' Health Study, as in Agresti, An Introduction to Categorical Data Analysis: heart attacks 189 of
    // 11,034 on placebo, 104 of 11,037 on aspirin; χ² = 25.0 with one degree of freedom, p = 5.7e-7.
    assert_eq!(format!("{:.3e}", p((189, 11_034), (104, 11_037))), "5.692e-7");
    // homeworksource.com/p/1008622: 140 of 200 against 255 of 340, z = −1.266015, which leaves 0.20551 by mpmath.
    assert_eq!(rounded(p((140, 200), (255, 340)), 5), "0.20551");
    // z = 1.96 leaves 5 %: 100 of 200 against x of 200 crosses it between 80 and 81 (z = 2.010 and 1.909).
    assert!(p((100, 200), (80, 200)) < 0.05 && p((100, 200), (81, 200)) > 0.05);
    assert_eq!(rounded(p((50, 100), (50, 100)), 9), "1.000000000");
}

#[test]
fn handfuls_are_judged_exactly() {
    // Fisher's lady tasting tea (The Design of Experiments, 1935): 3 of 4 against 1 of 4, two-sided 34/70.
    assert!((p((3, 4), (1, 4)) - 34.0 / 70.0).abs() < 1e-12);
    // scipy.stats.fisher_exact, example of its documentation: [[8, 2], [1, 5]], p = 0.0349.
    assert_eq!(rounded(p((8, 10), (1, 6)), 4), "0.0350");
    assert!((p((8, 10), (1, 6)) - 0.034_965_034_965_034_975).abs() < 1e-12);
    // One of one against none of three says nothing; a z-test would call it significant (p = 0.046).
    assert!((p((1, 1), (0, 3)) - 0.25).abs() < 1e-12);
    assert!((p((0, 5), (0, 9)) - 1.0).abs() < 1e-12, "nobody anywhere is no difference");
}

#[test]
fn no_base_no_p_value() {
    let r = |k, n| Rate { k, n };
    assert_eq!(two_proportion_p_value(r(0, 0), r(1, 2)), None);
    assert_eq!(two_proportion_p_value(r(1, 2), r(3, 2)), None);
    assert_eq!(two_proportion_p_value(r(-1, 2), r(1, 2)), None);
}

#[test]
fn holm_equals_published_values() {
    // Wikipedia, Holm–Bonferroni method: 0.01, 0.04, 0.03, 0.005; at 5 % the first and the last are rejected.
    let text: Vec<String> = holm(&[0.01, 0.04, 0.03, 0.005]).into_iter().map(|p| rounded(p, 4)).collect();
    assert_eq!(text, ["0.0300", "0.0600", "0.0600", "0.0200"]);
    assert_eq!(holm(&[0.6, f64::NAN, 2.0]), [1.0, 1.0, 1.0]);
    assert_eq!(holm(&[0.04]), [0.04], "one look needs no correction");
    assert!(holm(&[]).is_empty());
}

fn small_rate(below: i64) -> impl Strategy<Value = (i64, i64)> {
    (1i64..below).prop_flat_map(|n| (0..=n, Just(n)))
}

/// C(n, k) as a float, for small n.
fn choose(n: i64, k: i64) -> f64 {
    if !(0..=n).contains(&k) { 0.0 } else { (1..=k).fold(1.0, |c, i| c * (n - k + i) as f64 / i as f64) }
}

proptest! {
    #[test]
    fn both_ways_round_say_the_same(a in small_rate(400), b in small_rate(400)) {
        prop_assert!((0.0..=1.0 + 1e-9).contains(&p(a, b)));
        prop_assert!((p(a, b) - p(b, a)).abs() < 1e-9);
        let rest = |(k, n): (i64, i64)| (n - k, n);
        prop_assert!((p(a, b) - p(rest(a), rest(b))).abs() < 1e-9);
    }

    #[test]
    fn the_exact_test_is_the_sum_over_all_tables((k1, n1) in small_rate(9), (k2, n2) in small_rate(60)) {
        // With eight at most in one group, four at most are expected of the rarer outcome: never the z-test.
        let chance = |x: i64| choose(n1, x) * choose(n2, k1 + k2 - x) / choose(n1 + n2, k1 + k2);
        let sum: f64 = (0..=n1).map(chance).filter(|c| *c <= chance(k1) * (1.0 + 1e-7)).sum();
        prop_assert!((p((k1, n1), (k2, n2)) - sum).abs() < 1e-9);
    }

    #[test]
    fn correction_keeps_the_order_and_never_makes_bolder(values in prop::collection::vec(0.0f64..=1.0, 0..12)) {
        let adjusted = holm(&values);
        for i in 0..values.len() {
            prop_assert!(values[i] <= adjusted[i] && adjusted[i] <= 1.0);
            prop_assert!(adjusted[i] <= (values[i] * values.len() as f64).min(1.0) + 1e-12 || values.iter().any(|v| *v < values[i]));
            for j in 0..values.len() {
                prop_assert!(values[i] > values[j] || adjusted[i] <= adjusted[j]);
            }
        }
    }

    #[test]
    fn nothing_panics(k: i64, n: i64, l: i64, m: i64, values in prop::collection::vec(any::<f64>(), 0..6)) {
        let _ = two_proportion_p_value(Rate { k, n }, Rate { k: l, n: m });
        prop_assert!(holm(&values).iter().all(|p| (0.0..=1.0).contains(p)));
    }

    #[test]
    fn the_largest_counts_are_answered(few in 0i64..9, l in 0i64..=i64::MAX, n in 1i64..9) {
        let all = i64::MAX;
        for (a, b) in [((few, all), (l, all)), ((all - few, all), (l, all)), ((l, all), (n / 2, n)), ((l, all), (n, n))] {
            prop_assert!((0.0..=1.0 + 1e-9).contains(&p(a, b)));
        }
    }
}

//! Intervals of means against published values.

use proptest::prelude::*;

use super::rounded;
use crate::stats::special::t95;
use crate::stats::{mean, mean_difference95, mean95, standard_deviation};

/// Data set `sleep` of R (Cushny and Peebles 1905, used by Student 1908): extra hours under two drugs.
const SLEEP: [[f64; 10]; 2] =
    [[0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0], [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]];

#[test]
fn quantiles_of_students_t() {
    // NIST/SEMATECH e-Handbook, 1.3.6.7.2, column 0.975; 194: the same handbook, 1.3.5.2 (1.9723 there for ZARR13.DAT).
    for (df, t) in [
        (1, "12.706"),
        (2, "4.303"),
        (3, "3.182"),
        (4, "2.776"),
        (5, "2.571"),
        (9, "2.262"),
        (10, "2.228"),
        (20, "2.086"),
        (30, "2.042"),
        (60, "2.000"),
        (100, "1.984"),
        (194, "1.972"),
    ] {
        assert_eq!(rounded(t95(f64::from(df)), 3), t, "{df}");
    }
    assert_eq!(rounded(t95(1e12), 6), "1.959964");
    assert!((t95(999_999.0) - t95(1e6)).abs() < 3e-6, "no step where the normal quantile takes over");
}

#[test]
fn interval_of_a_mean() {
    // R, t.test(extra ~ 1, sleep): mean 1.54, 95 % interval 0.5955845 to 2.4844155.
    let all = SLEEP.concat();
    let (low, high) = mean95(&all).unwrap();
    assert_eq!((rounded(low, 7), rounded(high, 7)), ("0.5955845".into(), "2.4844155".into()));
    assert_eq!(rounded(mean(&all).unwrap(), 2), "1.54");
    assert_eq!((mean95(&[]), mean95(&[3.0])), (None, None), "one value says nothing about its spread");
    assert_eq!(mean95(&[3.0, 3.0]), Some((3.0, 3.0)));
    assert_eq!(mean95(&[f64::MAX, -f64::MAX]), None);
}

#[test]
fn interval_of_a_difference_of_means() {
    // R, t.test(extra ~ group, sleep): Welch, df = 17.776, 95 % interval -3.3654832 to 0.2054832.
    let (low, high) = mean_difference95(&SLEEP[0], &SLEEP[1]).unwrap();
    assert_eq!((rounded(low, 7), rounded(high, 7)), ("-3.3654832".into(), "0.2054832".into()));
    assert_eq!(mean_difference95(&[1.0], &[1.0, 2.0]), None);
    assert_eq!(mean_difference95(&[1.0, 1.0], &[3.0, 3.0]), Some((-2.0, -2.0)));
}

proptest! {
    #[test]
    fn an_interval_holds_its_mean_and_moves_with_it(values in prop::collection::vec(-1e6f64..1e6, 2..20), by in -1e6f64..1e6) {
        let (low, high) = mean95(&values).unwrap();
        let m = mean(&values).unwrap();
        prop_assert!(low <= m && m <= high);
        let moved: Vec<f64> = values.iter().map(|v| v + by).collect();
        let (l, h) = mean95(&moved).unwrap();
        prop_assert!((l - low - by).abs() < 1e-4 && (h - high - by).abs() < 1e-4);
    }

    #[test]
    fn a_difference_turns_its_sign(a in prop::collection::vec(-1e3f64..1e3, 2..9), b in prop::collection::vec(-1e3f64..1e3, 2..9)) {
        let ((l1, h1), (l2, h2)) = (mean_difference95(&a, &b).unwrap(), mean_difference95(&b, &a).unwrap());
        prop_assert!((l1 + h2).abs() < 1e-6 && (h1 + l2).abs() < 1e-6);
    }

    #[test]
    fn quantiles_fall_as_samples_grow(df in 1.0f64..1000.0, more in 0.001f64..100.0) {
        prop_assert!(t95(df) > t95(df + more) && t95(df + more) > 1.959_96);
    }

    #[test]
    fn nothing_panics(a in prop::collection::vec(any::<f64>(), 0..5), b in prop::collection::vec(any::<f64>(), 0..5)) {
        let _ = (mean95(&a), mean_difference95(&a, &b), standard_deviation(&a));
    }
}

//! Ratios of sums against published values.

use proptest::prelude::*;

use super::rounded;
use crate::stats::special::t95;
use crate::stats::{mean95, quotient, quotient_difference95, quotient95};

/// Scheaffer, Mendenhall and Ott, Elementary Survey Sampling, chapter 6: sugar and weight of ten oranges of a truckload
/// of 1,800 pounds.
const ORANGES: [(f64, f64); 10] = [
    (0.021, 0.40),
    (0.030, 0.48),
    (0.025, 0.43),
    (0.022, 0.42),
    (0.033, 0.50),
    (0.027, 0.46),
    (0.019, 0.39),
    (0.021, 0.41),
    (0.023, 0.42),
    (0.025, 0.44),
];

#[test]
fn sugar_of_a_truckload_of_oranges() {
    // There: 101.79 pounds of sugar, give or take two standard errors of 6.3 together.
    assert_eq!(rounded(1800.0 * quotient(&ORANGES).unwrap(), 2), "101.79");
    let (low, high) = quotient95(&ORANGES).unwrap();
    let error = (high - low) / 2.0 / t95(9.0);
    assert_eq!(rounded(1800.0 * 2.0 * error, 1), "6.3");
}

#[test]
fn with_the_same_base_it_is_a_mean() {
    let units = [(3.0, 2.0), (5.0, 2.0), (10.0, 2.0)];
    let (low, high) = quotient95(&units).unwrap();
    let (l, h) = mean95(&[1.5, 2.5, 5.0]).unwrap();
    assert!((low - l).abs() < 1e-12 && (high - h).abs() < 1e-12);
}

#[test]
fn without_a_base_or_with_one_unit_there_is_none() {
    assert_eq!(quotient(&[]), None);
    assert_eq!((quotient(&[(1.0, 0.0)]), quotient95(&[(1.0, 0.0), (2.0, 0.0)])), (None, None));
    assert_eq!((quotient(&[(1.0, 2.0)]), quotient95(&[(1.0, 2.0)])), (Some(0.5), None));
    assert_eq!(quotient_difference95(&[(1.0, 2.0)], &ORANGES), None);
    assert_eq!(quotient_difference95(&ORANGES, &ORANGES).map(|(l, h)| l + h), Some(0.0));
}

proptest! {
    #[test]
    fn an_interval_holds_its_ratio(units in prop::collection::vec((0.0f64..1e6, 1.0f64..1e3), 2..30)) {
        let (ratio, (low, high)) = (quotient(&units).unwrap(), quotient95(&units).unwrap());
        prop_assert!(low <= ratio + 1e-6 * ratio && ratio <= high + 1e-6 * ratio);
    }

    #[test]
    fn nothing_panics(units in prop::collection::vec((any::<f64>(), any::<f64>()), 0..6)) {
        let _ = (quotient(&units), quotient95(&units), quotient_difference95(&units, &units));
    }
}

mod means;
mod quotients;
mod significance;
mod vectors;

use proptest::prelude::*;

use super::*;
use crate::Ratio;

fn rounded(x: f64, decimals: usize) -> String {
    format!("{x:.decimals$}")
}

#[test]
fn wilson_equals_published_values() {
    // Cases from 369da.com (qstid=29626); 45 of 180 from contextawareanalytics.com. Computed there with
    // z = 1.96, which turns 56.1497 into 56.2: hence half a digit and a bit of tolerance.
    for (k, n, low, high) in [
        (31, 52, 46.1, 71.8),
        (20, 52, 26.5, 52.0),
        (9, 17, 31.0, 73.8),
        (0, 3, 0.0, 56.2),
        (1, 1, 20.7, 100.0),
        (45, 180, 19.2, 31.8),
    ] {
        let (l, h) = wilson95(k, n).unwrap();
        assert!((l * 100.0 - low).abs() < 0.051 && (h * 100.0 - high).abs() < 0.051, "{k} of {n}: {l} {h}");
    }
    assert_eq!((wilson95(0, 0), wilson95(2, 1), wilson95(-1, 3)), (None, None, None));
}

#[test]
fn wilson_equals_the_crm_data_set_to_six_decimals() {
    for (k, n, low, high) in vectors::WILSON {
        let (l, h) = wilson95(*k, *n).unwrap();
        assert_eq!((rounded(l, 6), rounded(h, 6)), (rounded(*low, 6), rounded(*high, 6)), "{k} of {n}");
    }
}

#[test]
fn newcombes_difference() {
    // Newcombe 1998, table II, (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339.
    let (low, high) = difference95(Rate { k: 56, n: 70 }, Rate { k: 48, n: 80 }).unwrap();
    assert_eq!((rounded(low, 4), rounded(high, 4)), ("0.0524".into(), "0.3339".into()));
    assert_eq!(distinguishable(Rate { k: 56, n: 70 }, Rate { k: 48, n: 80 }), Some(true));
    assert_eq!(distinguishable(Rate { k: 3, n: 5 }, Rate { k: 2, n: 5 }), Some(false));
    assert_eq!(distinguishable(Rate { k: 0, n: 0 }, Rate { k: 2, n: 5 }), None);
}

#[test]
fn xmr_limits() {
    // Formula: qimacros.com and Wheeler.
    let x = xmr(&[10.0, 12.0, 11.0, 14.0, 9.0, 13.0]).unwrap();
    assert_eq!((x.mean, x.mean_range), (11.5, 3.0));
    assert_eq!(
        (rounded(x.upper, 2), rounded(x.lower, 2), rounded(x.range_limit, 2)),
        ("19.48".into(), "3.52".into(), "9.81".into())
    );
    assert!(x.is_unusual(20.0) && !x.is_unusual(4.0));
    assert_eq!(xmr(&[1.0, 2.0]), None);
    assert_eq!(xmr(&[1.0, f64::NAN, 2.0]), None);
    assert_eq!(xmr(&[f64::MAX, -f64::MAX, f64::MAX]), None);
}

#[test]
fn counts_differ_only_beyond_their_own_scatter() {
    assert_eq!(counts_distinguishable(12.0, 8.0), Some(false));
    assert_eq!(counts_distinguishable(60.0, 30.0), Some(true));
    assert_eq!(counts_distinguishable(0.0, 0.0), Some(false));
    assert_eq!((counts_distinguishable(-1.0, 3.0), counts_distinguishable(f64::NAN, 3.0)), (None, None));
}

/// Between single steps the published range limit, 9.81 here; over four of them twice or half of it.
#[test]
fn a_change_is_unusual_beyond_the_range_limit() {
    let x = xmr(&[10.0, 12.0, 11.0, 14.0, 9.0, 13.0]).unwrap();
    for (added, steps, limit) in [
        (Added::Summed, 1.0, 9.81),
        (Added::Averaged, 1.0, 9.81),
        (Added::Summed, 4.0, 19.62),
        (Added::RunsOn, 4.0, 19.62),
        (Added::Averaged, 4.0, 4.905),
    ] {
        assert!(!x.is_unusual_change(limit - 0.001, steps, added), "{added:?} {steps}");
        assert!(x.is_unusual_change(-limit - 0.001, steps, added), "{added:?} {steps}");
    }
}

#[test]
fn rate_and_mix_add_up() {
    // kiranakkineni.com: visits 30, 100, 70 → 50, 110, 75; rates 2, 6, 5 % → 1.9, 6.2, 5 %. In thousandths of a visit.
    let part = |d0: i64, r0: i64, d1: i64, r1: i64| Part { before: (d0 * r0, d0 * 1000), after: (d1 * r1, d1 * 1000) };
    let m = mix_effect(&[part(30, 20, 50, 19), part(100, 60, 110, 62), part(70, 50, 75, 50)]).unwrap();
    let points = |r: Ratio| r.checked_mul(Ratio::int(100)).unwrap().to_decimal(4).unwrap();
    assert_eq!(points(m.rate), "0.0850");
    assert_eq!(points(m.mix), "-0.2202");
    assert_eq!(points(m.interaction), "-0.0127");
    assert_eq!(points(m.total), "-0.1479");
    assert!(!m.reversed);
}

#[test]
fn simpsons_paradox_is_noticed() {
    // BMJ 1986, kidney stones: A 81/87 and 192/263, B 234/270 and 55/80. From B to A both parts rise, the whole falls.
    let m = mix_effect(&[Part { before: (234, 270), after: (81, 87) }, Part { before: (55, 80), after: (192, 263) }])
        .unwrap();
    assert!(m.reversed && m.total.signum() < 0);
    let back =
        mix_effect(&[Part { before: (81, 87), after: (234, 270) }, Part { before: (192, 263), after: (55, 80) }])
            .unwrap();
    assert!(back.reversed && back.total.signum() > 0, "from A to B both fall, the whole rises");
}

/// Denominators without a common factor: the exact sum could not be held.
#[test]
fn many_parts_of_ordinary_size_have_effects() {
    let bases = [10_007, 20_011, 30_011, 40_009, 50_021, 60_013, 70_001, 80_021, 90_001, 99_991];
    let parts = bases.map(|n| Part { before: (n / 4, n), after: (n / 3, n + 1_234) });
    let m = mix_effect(&parts).unwrap();
    let sum = Ratio::sum([m.rate, m.mix, m.interaction]).unwrap();
    assert_eq!(sum.to_decimal(10), m.total.to_decimal(10));
    // In floating point, by the definitions.
    let whole = |pick: fn(&Part) -> (i64, i64)| {
        let (n, d) = parts.iter().map(pick).fold((0, 0), |(a, b), (n, d)| (a + n, b + d));
        (n as f64 / d as f64, d as f64)
    };
    let ((old, d0), (new, d1)) = (whole(|p| p.before), whole(|p| p.after));
    let one = |p: &Part| {
        let r = |(n, d): (i64, i64)| n as f64 / d as f64;
        let (s0, s1) = (p.before.1 as f64 / d0, p.after.1 as f64 / d1);
        (s0 * (r(p.after) - r(p.before)), (s1 - s0) * (r(p.before) - old))
    };
    let (rate, mix) = parts.iter().map(one).fold((0.0, 0.0), |(a, b), (r, m)| (a + r, b + m));
    assert!((m.rate.to_f64() - rate).abs() < 1e-10 && (m.mix.to_f64() - mix).abs() < 1e-10, "{m:?}");
    assert!((m.total.to_f64() - (new - old)).abs() < 1e-10);
}

#[test]
fn a_part_that_comes_or_goes_is_mix() {
    let m =
        mix_effect(&[Part { before: (10, 100), after: (10, 100) }, Part { before: (0, 0), after: (50, 100) }]).unwrap();
    assert_eq!((m.rate, m.interaction, m.reversed), (Ratio::ZERO, Ratio::ZERO, false));
    assert_eq!((m.mix.to_string(), m.total.to_string()), ("1/5".into(), "1/5".into()));
    let back =
        mix_effect(&[Part { before: (10, 100), after: (10, 100) }, Part { before: (50, 100), after: (0, 0) }]).unwrap();
    assert_eq!(back.mix.to_string(), "-1/5");
    assert_eq!(mix_effect(&[Part { before: (0, 0), after: (1, 2) }]), None, "no change from nothing");
    let broken = Part { before: (3, 0), after: (1, 2) };
    assert_eq!(mix_effect(&[Part { before: (1, 2), after: (1, 2) }, broken]), None);
    assert_eq!(mix_effect(&[]), None);
}

#[test]
fn quantiles_and_shares() {
    let r = |n: i64| Ratio::from(n);
    assert_eq!(median(&[r(3), r(1), r(2), r(10)]).unwrap().to_string(), "5/2");
    assert_eq!(median(&[]), None);
    assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0], 0.25), Some(1.75));
    assert_eq!(quantile(&[], 0.5), None);
    assert_eq!(quantile(&[1.0, 2.0], f64::NAN), None);
    // Examples of Microsoft's help: PERCENTILE of 1, 2, 3, 4 at 0.3; QUARTILE 1 of the eight values.
    assert_eq!(rounded(quantile(&[1.0, 3.0, 2.0, 4.0], 0.3).unwrap(), 6), "1.900000");
    assert_eq!(quantile(&[1.0, 2.0, 4.0, 7.0, 8.0, 9.0, 10.0, 12.0], 0.25), Some(3.5));
    assert_eq!(concentration(&[r(-1), r(3)]), None, "a part below nothing has no share");
    assert_eq!(percentile_of(r(3), &[r(1), r(2), r(3), r(4)]).unwrap().to_string(), "5/8");
    assert_eq!(percentile_of(r(3), &[]), None);
    assert_eq!(concentration(&[r(10), r(30), r(60)]).unwrap().to_string(), "3/5");
    assert_eq!(concentration(&[]), None);
    assert_eq!(concentration(&[r(0)]), None);
    assert_eq!(share_of_largest(r(60), r(100)).unwrap().to_string(), "3/5");
    assert_eq!((share_of_largest(r(60), r(50)), share_of_largest(r(-1), r(5))), (None, None));
    let share = |percent| Ratio::new(percent, 100).unwrap();
    assert_eq!([30, 31].map(|p| is_concentrated(share(p))), [false, true]);
}

fn any_parts() -> impl Strategy<Value = Vec<Part>> {
    let side = || (0i64..50, 0i64..50).prop_map(|(k, more)| (k, k + more));
    prop::collection::vec((side(), side()).prop_map(|(before, after)| Part { before, after }), 1..6)
}

proptest! {
    #[test]
    fn effects_add_up_to_the_total_in_any_order(parts in any_parts(), turn in 0usize..6) {
        if let Some(m) = mix_effect(&parts) {
            let sum = m.rate.checked_add(m.mix).unwrap().checked_add(m.interaction).unwrap();
            prop_assert_eq!(sum, m.total);
            let mut turned = parts.clone();
            turned.rotate_left(turn % parts.len());
            prop_assert_eq!(mix_effect(&turned), Some(m));
        }
    }

    #[test]
    fn an_interval_holds_its_rate(n in 1i64..1_000_000, part in 0.0f64..=1.0) {
        let k = (n as f64 * part) as i64;
        let (low, high) = wilson95(k, n).unwrap();
        let p = k as f64 / n as f64;
        prop_assert!(0.0 <= low && low <= p && p <= high && high <= 1.0);
    }

    #[test]
    fn a_difference_turns_its_sign(a in 0i64..50, b in 0i64..50) {
        let (x, y) = (Rate { k: a, n: 50 }, Rate { k: b, n: 50 });
        let ((l1, h1), (l2, h2)) = (difference95(x, y).unwrap(), difference95(y, x).unwrap());
        prop_assert!((l1 + h2).abs() < 1e-12 && (h1 + l2).abs() < 1e-12);
    }

    #[test]
    fn nothing_panics(k: i64, n: i64, v in prop::collection::vec(any::<f64>(), 0..8), q: f64) {
        let _ = (wilson95(k, n), xmr(&v), quantile(&v, q), standard_deviation(&v));
        let _ = mix_effect(&[Part { before: (k, n), after: (n, k) }]);
    }
}

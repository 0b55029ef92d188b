use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn rate(k: i64, n: i64) -> Sample<'static> {
    Sample::Rate(Rate { k, n })
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
}

/// Newcombe, Statistics in Medicine 17 (1998) 873–890, Table II, method 10: 56/70 − 48/80 and 9/10 − 3/10.
#[test]
fn rates_by_newcombe() {
    let c = compare(rate(56, 70), rate(48, 80), 5).into_value().unwrap();
    close(c.difference.value, 0.2);
    close(c.difference.interval95.0, 0.0524);
    close(c.difference.interval95.1, 0.3339);
    assert_eq!((c.difference.verdict, c.n), (Verdict::Higher, (70, 80)));
    let c = compare(rate(9, 10), rate(3, 10), 5).into_value().unwrap();
    close(c.difference.interval95.0, 0.1705);
    close(c.difference.interval95.1, 0.8090);
    assert_eq!(compare(rate(3, 10), rate(9, 10), 5).into_value().unwrap().difference.verdict, Verdict::Lower);
    assert_eq!(compare(rate(9, 10), rate(3, 10), 11).into_value().unwrap().difference.verdict, Verdict::TooFew);
    let noise = compare(rate(4, 10), rate(3, 10), 5).into_value().unwrap();
    assert_eq!(noise.difference.verdict, Verdict::CannotBeToldApart);
}

/// R's `t.test`, as printed at statscodes.com ("Welch's two sample t-tests in R") and r.omics.wiki ("t-test CI").
#[test]
fn means_by_welch() {
    let x = [5.1, 2.0, 4.1, 6.2, 7.1, 8.3];
    let y = [1.5, 6.4, 3.3, 5.8, 4.8, 7.2, 5.6, 4.5];
    let c = compare(Sample::Values(&x), Sample::Values(&y), 5).into_value().unwrap();
    close(c.difference.interval95.0, -1.935_420);
    close(c.difference.interval95.1, 3.093_754);
    assert_eq!(c.difference.verdict, Verdict::CannotBeToldApart);
    let x = [6.6, 5.3, 2.2, 2.3, 7.1, 1.6, 6.1, 2.0, 2.5, 3.7];
    let y = [6.3, 14.7, 10.3, 7.8, 3.7, 5.8, 4.5, 7.8, 11.1, 10.8];
    let c = compare(Sample::Values(&x), Sample::Values(&y), 5).into_value().unwrap();
    close(c.value, 3.94);
    close(c.base, 8.28);
    close(c.difference.interval95.0, -7.054_604);
    close(c.difference.interval95.1, -1.625_396);
    assert_eq!(c.difference.verdict, Verdict::Lower);
}

#[test]
fn without_a_side_there_is_no_comparison() {
    assert_eq!(compare(rate(0, 0), rate(1, 2), 0).why(), Some(Why::EmptyBase));
    assert_eq!(compare(rate(3, 2), rate(1, 2), 0).why(), Some(Why::EmptyBase));
    assert_eq!(compare(Sample::Values(&[1.0]), Sample::Values(&[1.0, 2.0]), 0).why(), Some(Why::EmptyBase));
    assert_eq!(compare(Sample::Values(&[f64::MAX; 3]), Sample::Values(&[0.0; 2]), 0).why(), Some(Why::TooLarge));
    assert_eq!(compare(Sample::Values(&[f64::NAN; 3]), Sample::Values(&[0.0; 2]), 0).why(), Some(Why::TooLarge));
    assert_eq!(compare(Sample::Values(&[1.0, 2.0]), rate(1, 2), 0).why(), Some(Why::NotApplicable));
}

/// The others rose as much: nothing of the rise is the event's.
#[test]
fn what_happened_to_everybody_is_not_the_events_doing() {
    let group = Group { before: rate(30, 100), after: rate(50, 100) };
    let same = effect(group, group, 5);
    assert_eq!(same.touched.into_value().unwrap().difference.verdict, Verdict::Higher);
    let extra = same.extra.into_value().unwrap();
    assert_eq!((extra.value, extra.verdict), (0.0, Verdict::CannotBeToldApart));
    // By squares: each side of the interval is √(up² + down²) of the single ones, here alike.
    let one = same.touched.into_value().unwrap().difference;
    let (down, up) = (one.value - one.interval95.0, one.interval95.1 - one.value);
    close(extra.interval95.0, -(down * down + up * up).sqrt());
    close(extra.interval95.1, (down * down + up * up).sqrt());
}

#[test]
fn what_happened_to_those_touched_only_is() {
    let touched = Group { before: rate(30, 100), after: rate(60, 100) };
    let others = Group { before: rate(31, 100), after: rate(30, 100) };
    let found = effect(touched, others, 5).extra.into_value().unwrap();
    close(found.value, 0.31);
    assert_eq!(found.verdict, Verdict::Higher);
    assert_eq!(effect(touched, others, 101).extra.into_value().unwrap().verdict, Verdict::TooFew);
    let nobody = Group { before: rate(0, 0), after: rate(0, 0) };
    let alone = effect(touched, nobody, 5);
    assert!(alone.touched.is_measured());
    assert_eq!((alone.others.why(), alone.extra.why()), (Some(Why::EmptyBase), Some(Why::EmptyBase)));
}

#[test]
fn periods_around_an_event_are_equally_long() {
    let of = |today| around(day("2024-03-15"), 2, day(today)).map(|(a, b)| (a.to_string(), b.to_string()));
    let text = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
    assert_eq!(of("2024-12-01"), text("2024-01-15..2024-03-15", "2024-03-15..2024-05-15"));
    // Ten days have passed, today included.
    assert_eq!(of("2024-03-24"), text("2024-03-05..2024-03-15", "2024-03-15..2024-03-25"));
    assert_eq!(of("2024-03-14"), None);
    assert_eq!(around(Date::MIN, 2, Date::MAX), None);
    assert_eq!(around(day("2024-03-15"), i32::MIN, Date::MAX), None);
}

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

/// With a base that is the same everywhere, a ratio of sums is a mean: Welch's interval of the values published above.
#[test]
fn ratios_of_sums() {
    let x = [5.1, 2.0, 4.1, 6.2, 7.1, 8.3].map(|v| (2.0 * v, 2.0));
    let y = [1.5, 6.4, 3.3, 5.8, 4.8, 7.2, 5.6, 4.5].map(|v| (2.0 * v, 2.0));
    let c = compare(Sample::Ratio(&x), Sample::Ratio(&y), 5).into_value().unwrap();
    close(c.difference.interval95.0, -1.935_420);
    close(c.difference.interval95.1, 3.093_754);
    assert_eq!((c.n, c.difference.verdict), ((6, 8), Verdict::CannotBeToldApart));
    // Of unequal days the ratio is of the sums: 300 ÷ 30 and not the mean of 20 and 9.09.
    let days = [(100.0, 5.0), (200.0, 22.0), (0.0, 3.0)];
    let c = compare(Sample::Ratio(&days), Sample::Ratio(&days), 1).into_value().unwrap();
    assert_eq!((c.value, c.difference.value), (10.0, 0.0));
    let none: [(f64, f64); 2] = [(5.0, 0.0), (1.0, 0.0)];
    assert_eq!(compare(Sample::Ratio(&none), Sample::Ratio(&days), 0).why(), Some(Why::EmptyBase));
    assert_eq!(compare(Sample::Ratio(&days[..1]), Sample::Ratio(&days), 0).why(), Some(Why::EmptyBase));
    assert_eq!(compare(Sample::Ratio(&days), rate(1, 2), 0).why(), Some(Why::NotApplicable));
}

mod of_a_metric {
    use super::*;
    use crate::metric::{Histogram, Measure, MeasureValue, MeasureValues, catalogue};

    fn form(id: &str) -> Form {
        Form::of(catalogue::find(id).unwrap())
    }

    fn cell(given: &[(Measure, i64)]) -> MeasureValues {
        let value = |(m, n): &(Measure, i64)| match m.unit() {
            crate::Unit::Money => (*m, MeasureValue::Money(i128::from(*n) * 1_000_000)),
            _ => (*m, MeasureValue::Count(*n)),
        };
        given.iter().map(value).collect()
    }

    fn observed(id: &str, steps: &[MeasureValues]) -> Outcome<Observed> {
        let mut whole = MeasureValues::new();
        steps.iter().for_each(|step| whole.merge(step));
        observe(catalogue::find(id).unwrap(), &whole, steps)
    }

    #[test]
    fn each_has_a_form() {
        for (id, expected) in [
            ("win_rate", Form::Rate),
            ("customer_churn_rate", Form::Rate),
            ("cpl", Form::Quotient),
            ("roi", Form::Quotient),
            ("aov", Form::Quotient),
            ("atv", Form::Quotient),
            ("win_rate_value", Form::Quotient),
            ("avg_deal_value", Form::Quotient),
            ("cycle_days_mean", Form::Mean),
            ("revenue", Form::PerStep),
            ("deals_won", Form::PerStep),
            ("leads", Form::PerStep),
            ("mrr", Form::Level),
            ("pipeline_value", Form::Level),
            ("sales_velocity", Form::Level),
            ("cycle_days_median", Form::Level),
            ("revenue_ytd", Form::PerStep),
        ] {
            assert_eq!(form(id), expected, "{id}");
        }
    }

    #[test]
    fn a_rate_is_of_the_whole_and_a_ratio_of_sums_of_steps() {
        let day = |won, lost| cell(&[(Measure::DealsWon, won), (Measure::DealsLost, lost)]);
        let rate = observed("win_rate", &[day(1, 2), day(0, 0), day(3, 1)]);
        assert_eq!(rate, Outcome::Value(Observed::Rate(Rate { k: 4, n: 7 })));
        let day = |spend, leads| cell(&[(Measure::Spend, spend), (Measure::Leads, leads)]);
        let cpl = observed("cpl", &[day(100, 5), day(20, 0), day(0, 3)]).into_value().unwrap();
        assert_eq!(cpl, Observed::Ratio(vec![(100.0, 5.0), (20.0, 0.0), (0.0, 3.0)]));
        let day = |revenue, spend| cell(&[(Measure::CampaignRevenue, revenue), (Measure::Spend, spend)]);
        let roi = observed("roi", &[day(300, 100), day(50, 100)]).into_value().unwrap();
        assert_eq!(roi, Observed::Ratio(vec![(200.0, 100.0), (-50.0, 100.0)]));
        let c = compare(roi.sample(), roi.sample(), 1).into_value().unwrap();
        assert_eq!(c.value, 0.75, "the KPI itself: (350 − 200) ÷ 200");
        // Unknown spend on one day is unknown spend.
        let unknown = MeasureValues::from_iter([(Measure::Leads, MeasureValue::Count(2))]);
        assert_eq!(observed("cpl", &[cell(&[]), unknown]).why(), Some(Why::NoData));
    }

    #[test]
    fn totals_are_per_step_and_means_of_facts() {
        let day = |units| cell(&[(Measure::AmountWon, units)]);
        let revenue = observed("revenue", &[day(100), cell(&[]), day(50)]).into_value().unwrap();
        assert_eq!(revenue, Observed::Values(vec![100.0, 0.0, 50.0]));
        let days = |all: &[(i32, i64)]| {
            let days = MeasureValue::Days(Histogram::from_iter(all.iter().copied()));
            MeasureValues::from_iter([(Measure::CycleDaysWon, days)])
        };
        let cycle = observed("cycle_days_mean", &[days(&[(3, 2)]), days(&[(10, 1)])]).into_value().unwrap();
        assert_eq!(cycle, Observed::Values(vec![3.0, 3.0, 10.0]));
        let level = |units| cell(&[(Measure::MrrClosing, units)]);
        assert_eq!(observed("mrr", &[level(5), level(7)]), Outcome::Value(Observed::Values(vec![5.0, 7.0])));
    }

    /// Whatever the KPI, there is a sample or a reason.
    #[test]
    fn every_metric_is_observed_or_says_why() {
        for metric in catalogue::all() {
            for example in metric.examples {
                let values = example.values();
                if let Outcome::Value(seen) = observe(metric, &values, &[values.clone(), values.clone()]) {
                    let _ = compare(seen.sample(), seen.sample(), 1);
                }
            }
        }
    }
}

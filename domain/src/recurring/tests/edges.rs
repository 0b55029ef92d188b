//! Cases at the edge: ends, trials, switches, nothing at all.

use super::*;

#[test]
fn amounts_are_kept_per_year() {
    assert_eq!(Interval::Month.per_year(units(10)), Some(units(120)));
    assert_eq!(Interval::Quarter.per_year(units(10)), Some(units(40)));
    assert_eq!(Interval::HalfYear.per_year(units(10)), Some(units(20)));
    assert_eq!(Interval::Year.per_year(units(10)), Some(units(10)));
    assert_eq!(Interval::Month.per_year(Micros(i64::MAX)), None);
    // Three yearly plans of 100 are exactly 25 a month, although a twelfth of 100 is no whole number of micros.
    let hundred = Subscription::new(1, day("2024-01-01"), units(100));
    assert_eq!(metric("mrr", in_month(&[hundred; 3], 1).measures()), Outcome::Value(Ratio::int(25)));
    assert_eq!(rate(metric("arr", in_month(&[hundred; 3], 1).measures()), 2), "300.00");
}

#[test]
fn the_end_is_the_first_day_without_service() {
    // Active at the end of the last day of January, not of February.
    let to_the_first = [monthly(1, "2024-01-01", "2024-02-01", 10)];
    assert_eq!(whole(&in_month(&to_the_first, 1)), [0, 10, 0, 0, 0, 0, 10]);
    assert_eq!(whole(&in_month(&to_the_first, 2)), [10, 0, 0, 0, 0, 10, 0]);
    // The last day of January itself is the first without service.
    let to_the_last = [monthly(1, "2023-12-01", "2024-01-31", 10)];
    assert_eq!(whole(&in_month(&to_the_last, 1)), [10, 0, 0, 0, 0, 10, 0]);
    let on_the_last = [monthly(1, "2024-01-31", "", 10)];
    assert_eq!(whole(&in_month(&on_the_last, 1)), [0, 10, 0, 0, 0, 0, 10]);
}

#[test]
fn cancelled_on_the_same_day_never_was() {
    let all = [monthly(1, "2024-01-05", "2024-01-05", 10), monthly(2, "2024-02-05", "2024-01-05", 10)];
    let counted = Choices { joined_and_left: JoinedAndLeft::Counted, ..Choices::default() };
    for m in moved(&all, counted, Period::year(2024).unwrap()) {
        assert_eq!(whole(&m), [0; 7]);
    }
    assert_eq!(History::new(all, counted).span(), None);
}

#[test]
fn a_trial_at_nothing_is_no_customer_until_it_is_paid() {
    let all = [monthly(1, "2024-01-01", "2024-02-01", 0), monthly(1, "2024-02-01", "", 20)];
    assert_eq!(in_month(&all, 1).customers.closing, 0);
    let february = in_month(&all, 2);
    assert_eq!((whole(&february), february.customers.new), ([0, 20, 0, 0, 0, 0, 20], 1));
}

#[test]
fn a_plan_that_is_given_away_is_no_visit() {
    // Price and discount start on the same day and end on the same day: at the end of no day was there revenue.
    let plan = monthly(1, "2024-01-05", "2024-01-20", 10);
    let all = [plan, Subscription { part: Part::Discount, ..plan }];
    let counted = Choices { joined_and_left: JoinedAndLeft::Counted, ..Choices::default() };
    let history = History::new(all, counted);
    assert_eq!(history.retention(Period::month(2024, 1).unwrap()).into_value().unwrap().churned, 0);
    assert_eq!(whole(&moved(&all, counted, Period::month(2024, 1).unwrap())[0]), [0; 7]);
}

#[test]
fn a_switch_to_a_yearly_plan_of_the_same_price_is_no_movement() {
    let year = Subscription::new(1, day("2024-03-15"), units(120));
    let all = [monthly(1, "2024-01-01", "2024-03-15", 10), year];
    assert_eq!(whole(&in_month(&all, 3)), [10, 0, 0, 0, 0, 0, 10]);
    let cheaper = Subscription { per_year: units(96), ..year };
    assert_eq!(whole(&in_month(&[all[0], cheaper], 3)), [10, 0, 0, 0, 2, 0, 8]);
}

#[test]
fn a_step_with_changes_compares_its_ends() {
    // Up and down again, gone and back again: nothing moved.
    let up = [monthly(1, "2023-01-01", "", 10), monthly(1, "2024-03-05", "2024-03-20", 5)];
    assert_eq!(whole(&in_month(&up, 3)), [10, 0, 0, 0, 0, 0, 10]);
    let away = [monthly(1, "2023-01-01", "2024-03-05", 10), monthly(1, "2024-03-20", "", 10)];
    assert_eq!(whole(&in_month(&away, 3)), [10, 0, 0, 0, 0, 0, 10]);
}

#[test]
fn several_months_sum_their_movements() {
    let all = [
        monthly(1, "2023-01-01", "2024-02-10", 10),
        monthly(1, "2024-03-10", "", 30),
        monthly(2, "2024-01-10", "", 5),
        monthly(3, "2024-01-10", "2024-03-10", 7),
    ];
    let quarter = moved(&all, Choices::default(), period("2024-01-01", "2024-04-01"));
    let sum = Movements::total(&quarter).into_value().unwrap();
    assert_eq!(whole(&sum), [10, 12, 0, 30, 0, 17, 35]);
    let c = sum.customers;
    assert_eq!((c.opening, c.new, c.reactivation, c.churn, c.closing), (1, 2, 1, 2, 2));
    // The customer of the opening was away, but not at the end: nobody lost over the quarter.
    let history = History::new(all, Choices::default());
    let retention = history.retention(period("2024-01-01", "2024-04-01")).into_value().unwrap();
    assert_eq!((retention.customers, retention.lost), (1, 0));
    // By movements gross retention is below zero, by balances it is whole: both definitions stand side by side.
    assert_eq!(rate(metric("grr_monthly", sum.measures()), 4), "-0.7000");
    assert_eq!(rate(metric("grr", retention.measures_of_year()), 4), "1.0000");
    assert_eq!(rate(metric("nrr", retention.measures_of_year()), 4), "3.0000");
}

#[test]
fn without_an_opening_there_are_no_rates() {
    let m = in_month(&[], 1);
    let rates = [
        metric("mrr_churn_rate", m.measures()),
        metric("gross_mrr_churn_rate", m.measures()),
        metric("net_mrr_churn_rate", m.measures()),
        metric("nrr_monthly", m.measures()),
        metric("grr_monthly", m.measures()),
        metric("arpa", m.measures()),
        metric("quick_ratio", m.measures()),
    ];
    for outcome in rates {
        assert_eq!(outcome.why(), Some(Why::EmptyBase));
    }
    let r = History::new([] as [Subscription; 0], Choices::default()).retention(m.period).into_value().unwrap();
    for outcome in [
        metric("customer_churn_rate", r.measures()),
        metric("retention_rate", r.measures()),
        metric("nrr", r.measures_of_year()),
        metric("grr", r.measures_of_year()),
    ] {
        assert_eq!(outcome.why(), Some(Why::EmptyBase));
    }
    assert_eq!(
        (metric("mrr", m.measures()), metric("arr", m.measures())),
        (Outcome::Value(Ratio::ZERO), Outcome::Value(Ratio::ZERO))
    );
}

#[test]
fn months_are_cut_to_the_period() {
    let parts = months(period("2024-01-15", "2024-03-02"));
    let expected = [("2024-01-15", "2024-02-01"), ("2024-02-01", "2024-03-01"), ("2024-03-01", "2024-03-02")];
    assert_eq!(parts, expected.map(|(a, b)| period(a, b)));
    let last = Period::new(day("9999-12-01"), Date::MAX).unwrap();
    assert_eq!(months(last), [last]);
}

#[test]
fn steps_with_a_gap_are_refused() {
    let gap = [Period::month(2024, 1).unwrap(), Period::month(2024, 3).unwrap()];
    let history = History::new([monthly(1, "2024-01-01", "", 1)], Choices::default());
    assert_eq!(history.movements(&gap).why(), Some(Why::NotApplicable));
    let apart: Vec<_> = gap.iter().flat_map(|p| history.movements(&[*p]).into_value().unwrap()).collect();
    assert_eq!(Movements::total(&apart).why(), Some(Why::NotApplicable));
    assert_eq!(Movements::total(&[]).why(), Some(Why::NoData));
    assert_eq!(history.movements(&[]), Outcome::Value(vec![]));
}

#[test]
fn too_large_is_said() {
    let most = Mrr::of_year(i128::MAX);
    assert_eq!(most.plus(Mrr::of_year(1)), Err(Why::TooLarge));
    assert_eq!(Mrr::of_year(i128::MIN).minus(Mrr::of_year(1)), Err(Why::TooLarge));
    assert_eq!(most.times(Ratio::int(2)), Err(Why::TooLarge));
    let huge = Movements { opening: most, expansion: most, churn: most, contraction: most, ..in_month(&[], 1) };
    assert_eq!(metric("gross_mrr_churn_rate", huge.measures()).why(), Some(Why::TooLarge));
    assert_eq!(metric("mrr_churn_rate", huge.measures()), Outcome::Value(Ratio::ONE));
}

#[test]
fn bookings_are_the_records_behind_the_sums() {
    let all = [monthly(7, "2024-01-10", "2024-02-10", 10), monthly(8, "2024-02-01", "", 4)];
    let steps = months(period("2024-01-01", "2024-03-01"));
    let found = History::new(all, Choices::default()).bookings(&steps).into_value().unwrap();
    let plain: Vec<_> = found.iter().map(|b| (b.customer, b.step, b.movement, cents(b.amount))).collect();
    let expected = [
        (7, 0, Movement::New, "10.00".to_owned()),
        (7, 1, Movement::Churn, "10.00".to_owned()),
        (8, 1, Movement::New, "4.00".to_owned()),
    ];
    assert_eq!(plain, expected);
}

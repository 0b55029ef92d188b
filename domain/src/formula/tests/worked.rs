//! What stands beside the answer of an own formula: n, parts, interval.

use std::collections::BTreeMap;

use crate::formula::{Definitions, Expr, Vocabulary, Worked};
use crate::metric::NoInterval;
use crate::metric::{catalogue, evaluate, measured};
use crate::{Currency, Measure, MeasureValue, MeasureValues, Outcome, Why, stats};

fn work_out(formulas: &[(&str, &str)], name: &str, values: &MeasureValues) -> Worked {
    let parsed = formulas.iter().map(|(n, f)| ((*n).to_owned(), Expr::parse(f).unwrap()));
    let all = Definitions::check(&parsed.collect::<BTreeMap<_, _>>(), &Vocabulary::catalogue(Currency::EUR)).unwrap();
    let part = |name: &str| match catalogue::find(name) {
        Some(metric) => evaluate(metric, values),
        None => measured(Measure::from_id(name).unwrap(), values),
    };
    all.only(name).unwrap().work_out(name, part).unwrap()
}

fn of(formula: &str) -> Worked {
    work_out(&[("own", formula)], "own", &values())
}

fn values() -> MeasureValues {
    let count = |measure, n| (measure, MeasureValue::Count(n));
    let money = |measure, units: i128| (measure, MeasureValue::Money(units * 1_000_000));
    MeasureValues::from_iter([
        count(Measure::DealsWon, 37),
        count(Measure::DealsLost, 20),
        money(Measure::AmountWon, 1_000),
        money(Measure::AmountLost, 300),
        count(Measure::Activities, 90),
        count(Measure::ActivitiesCall, 60),
        count(Measure::ActivitiesEmail, 10),
        count(Measure::CustomersOpening, 12),
        count(Measure::CustomersChurned, 3),
    ])
}

#[test]
fn a_share_of_counted_things_has_wilsons_interval_and_the_count_below_the_line_as_n() {
    for (formula, k, n) in [
        ("deals_won / (deals_won + deals_lost)", 37, 57),
        ("deals.lost / (deals_lost + deals_won)", 20, 57),
        ("activities.call / activities", 60, 90),
        ("(activities_call + activities_email) / (activities_email + activities_call)", 70, 70),
        ("customers_churned / customers_opening", 3, 12),
        // The same share as the catalogue has it.
        ("win_rate", 37, 57),
    ] {
        let worked = of(formula);
        assert_eq!(worked.answer.interval95, stats::wilson95(k, n), "{formula}");
        assert_eq!((worked.answer.n, worked.answer.no_interval(), worked.smallest), (Some(n), None, None), "{formula}");
    }
}

#[test]
fn what_is_no_share_has_no_interval_and_says_why() {
    for (formula, why) in [
        ("revenue / deals_won", NoInterval::NotARate),
        ("1 - win_rate", NoInterval::NotCounts),
        ("win_rate * 2", NoInterval::NotCounts),
        ("deals_won / deals_lost", NoInterval::NotAmong),
        ("deals_won / (deals_lost + activities)", NoInterval::NotAmong),
        ("deals_won / (deals_won + cohort_won)", NoInterval::NotAmong),
        ("activities_call / (activities_call + activities)", NoInterval::NotAmong),
        ("deals_won / (deals_won + deals_won)", NoInterval::NotAmong),
        ("deals_won / (deals_won + 1)", NoInterval::NotAmong),
        ("avg_deal_value", NoInterval::NotARate),
    ] {
        let worked = of(formula);
        assert_eq!((worked.answer.no_interval(), worked.answer.interval95), (Some(why), None), "{formula}");
    }
}

#[test]
fn n_is_the_smallest_of_the_parts_and_parts_come_once_each() {
    let worked = of("revenue / deals_lost + amount_lost / activities.call - revenue / 7");
    let parts: Vec<(&str, Option<i64>)> = worked.parts.iter().map(|(name, a)| (name.as_str(), a.n)).collect();
    let expected =
        [("revenue", Some(37)), ("deals_lost", Some(20)), ("amount_lost", None), ("activities_call", Some(60))];
    assert_eq!(parts, expected);
    assert_eq!((worked.answer.n, worked.smallest.as_deref()), (Some(20), Some("deals_lost")));
    assert_eq!(of("2 * 3").answer.n, None, "no part counts anything");
}

#[test]
fn own_formulas_are_parts_with_an_n_of_their_own() {
    let formulas = [("decided", "deals_won + deals_lost"), ("share", "deals_won / decided"), ("twice", "share * 2")];
    let share = work_out(&formulas, "share", &values());
    assert_eq!((share.answer.n, share.answer.interval95), (Some(57), stats::wilson95(37, 57)));
    let twice = work_out(&formulas, "twice", &values());
    assert_eq!((twice.answer.n, twice.smallest.as_deref()), (Some(57), Some("share")));
    assert_eq!(twice.parts[0].1, share.answer);
    // Of nothing there is no share, and no interval.
    let empty = work_out(&formulas, "share", &MeasureValues::new());
    assert_eq!(empty.answer.value, Outcome::NotMeasurable(Why::EmptyBase));
    assert_eq!((empty.answer.n, empty.answer.interval95), (Some(0), None));
}

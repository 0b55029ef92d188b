//! How it goes: pace, forecast, verdict.

use proptest::prelude::*;

use super::super::*;
use super::{answer, d, p, r};
use crate::metric::catalogue;
use crate::period::Holidays;
use crate::{Calendar, Outcome};

fn plain() -> Calendar {
    Calendar { holidays: Holidays::none(), ..Calendar::default() }
}

#[test]
fn work_day_pace_as_published() {
    // steipete/CodexBar #1356: Wednesday 3/5 by working days, 3/7 by days; Friday and Saturday 100 %.
    let week = p("2017-W09");
    let share =
        |distribution, day: &str| expected_share(distribution, week, d(day), &plain(), &[]).unwrap().to_string();
    assert_eq!(share(Distribution::WorkingDays, "2017-03-01"), "3/5");
    assert_eq!(share(Distribution::Even, "2017-03-01"), "3/7");
    assert_eq!(share(Distribution::WorkingDays, "2017-03-03"), "1");
    assert_eq!(share(Distribution::Even, "2017-03-03"), "5/7");
    assert_eq!(share(Distribution::WorkingDays, "2017-03-04"), "1");
    assert_eq!(share(Distribution::WorkingDays, "2017-02-26"), "0");
    assert_eq!(share(Distribution::Even, "2018-01-01"), "1");
}

#[test]
fn nobody_working_has_no_pace() {
    let idle = Calendar { working_days: [false; 7], ..plain() };
    let share = |distribution, period: &str, calendar| {
        expected_share(distribution, p(period), p(period).from(), calendar, &[]).map(|s| s.to_string())
    };
    assert_eq!(share(Distribution::WorkingDays, "2017-W09", &idle), None);
    assert_eq!(share(Distribution::Seasonal, "2017-W09", &idle), None);
    assert_eq!(share(Distribution::Even, "2017-W09", &idle).as_deref(), Some("1/7"));
    // A weekend in an ordinary calendar goes by days.
    assert_eq!(share(Distribution::WorkingDays, "2017-03-04..2017-03-06", &plain()).as_deref(), Some("1/2"));
}

#[test]
fn seasons_follow_last_year_and_fall_back_on_working_days() {
    let q = p("2017Q2");
    let parts = monthly_parts(q, &[r(1, 1), r(2, 1), r(1, 1)], &plain());
    let share =
        |day: &str, parts: &[TargetPart]| expected_share(Distribution::Seasonal, q, d(day), &plain(), parts).unwrap();
    assert_eq!(share("2017-04-30", &parts), r(1, 4));
    assert_eq!(share("2017-05-31", &parts), r(3, 4));
    assert_eq!(
        share("2017-05-31", &[]),
        expected_share(Distribution::WorkingDays, q, d("2017-05-31"), &plain(), &[]).unwrap()
    );
    assert_eq!(distributed(&parts), Some(r(4, 1)));
}

fn target(metric: &str, direction: Direction, value: i64) -> Target {
    Target {
        metric: metric.into(),
        who: Who::Organisation,
        period: p("2017Q2"),
        direction,
        baseline: None,
        value: Micros(value),
        stretch: None,
        milestones: Vec::new(),
        distribution: Distribution::Even,
        objective: None,
        why: String::new(),
        guardrails: Vec::new(),
        weight: 0,
        is_personal: false,
    }
}

fn judged(
    target: &Target,
    answer: &crate::Answer,
    today: &str,
    past: &[f64],
    guardrails: &[GuardrailReading],
) -> (Judgement, Reason) {
    let input = ProgressInput {
        target,
        metric: &Definition::of_catalogue(&target.metric).unwrap(),
        answer,
        there: target.period,
        today: d(today),
        calendar: &plain(),
        parts: &[],
        past,
        guardrails,
        min_n: 5,
    };
    let p = progress(&input);
    assert_eq!(p.guardrail_broken, guardrails.iter().any(GuardrailReading::is_broken));
    (p.judgement, p.reason)
}

#[test]
fn a_growing_total_is_held_against_the_pace_line() {
    let revenue = catalogue::find("revenue").unwrap();
    let t = target("revenue", Direction::Reach, 91_000_000_000);
    let at = |units, today| judged(&t, &answer(revenue, 1, 0, units), today, &[], &[]);
    // 30 of 91 days have passed on 30 April: 30,000 is expected.
    assert_eq!(at(30_000, "2017-04-30"), (Judgement::OnTrack, Reason::AheadOfPace));
    assert_eq!(at(28_000, "2017-04-30"), (Judgement::AtRisk, Reason::SlightlyBehindPace));
    assert_eq!(at(20_000, "2017-04-30"), (Judgement::OffTrack, Reason::BehindPace));
    assert_eq!(at(91_000, "2017-04-30"), (Judgement::Reached, Reason::ValueMet));
    assert_eq!(at(91_000, "2017-07-01"), (Judgement::Reached, Reason::ValueMet), "equal is reached");
    assert_eq!(at(90_999, "2017-07-01"), (Judgement::Missed, Reason::PeriodEnded));
    assert_eq!(at(0, "2017-03-31"), (Judgement::NotStarted, Reason::PeriodAhead));
    let wobbly = [60_000.0, 120_000.0, 80_000.0, 140_000.0];
    assert_eq!(judged(&t, &answer(revenue, 1, 0, 20_000), "2017-04-30", &wobbly, &[]).1, Reason::BehindPaceWithinBand);
}

#[test]
fn a_limit_on_a_growing_total_breaks_at_once_and_not_at_equality() {
    let lost = catalogue::find("deals_lost").unwrap();
    let t = target("deals_lost", Direction::StayBelow, 10_000_000);
    let at = |n, today| judged(&t, &answer(lost, 0, n, 0), today, &[], &[]);
    assert_eq!(at(3, "2017-05-31"), (Judgement::OnTrack, Reason::AheadOfPace));
    assert_eq!(at(7, "2017-05-31"), (Judgement::AtRisk, Reason::SlightlyBehindPace));
    assert_eq!(at(11, "2017-05-31"), (Judgement::OffTrack, Reason::LimitPassed));
    assert_eq!(at(10, "2017-07-01"), (Judgement::Reached, Reason::ValueMet));
}

#[test]
fn a_rate_is_judged_with_its_interval() {
    let rate = catalogue::find("win_rate").unwrap();
    let t = target("win_rate", Direction::Reach, 600_000);
    let at = |won, lost| judged(&t, &answer(rate, won, lost, 0), "2017-05-31", &[], &[]);
    assert_eq!(at(0, 0), (Judgement::NotMeasurable, Reason::NoFigure));
    assert_eq!(at(2, 1), (Judgement::TooFew, Reason::FewFacts));
    assert_eq!(at(37, 20), (Judgement::OnTrack, Reason::GoodWithinNoise));
    assert_eq!(at(800, 200), (Judgement::OnTrack, Reason::ClearlyGood));
    assert_eq!(at(30, 27), (Judgement::AtRisk, Reason::BadWithinNoise));
    assert_eq!(at(300, 700), (Judgement::OffTrack, Reason::ClearlyBad));
}

#[test]
fn hit_with_a_broken_guardrail_is_not_green() {
    let revenue = catalogue::find("revenue").unwrap();
    let t = target("revenue", Direction::Reach, 91_000_000_000);
    let guard = |actual| [GuardrailReading { direction: Direction::StayBelow, limit: r(1, 10), actual }];
    let at = |units, today, actual| judged(&t, &answer(revenue, 1, 0, units), today, &[], &guard(actual));
    let broken = Outcome::Value(r(11, 100));
    assert_eq!(at(95_000, "2017-07-01", broken), (Judgement::ReachedGuardrailBroken, Reason::GuardrailBroken));
    assert_eq!(at(40_000, "2017-04-30", broken), (Judgement::AtRisk, Reason::GuardrailBroken));
    assert_eq!(at(95_000, "2017-07-01", Outcome::Value(r(1, 10))).0, Judgement::Reached, "at the limit is not broken");
    assert_eq!(at(95_000, "2017-07-01", Outcome::NotMeasurable(crate::Why::EmptyBase)).0, Judgement::Reached);
}

#[test]
fn a_forecast_goes_on_and_its_band_narrows() {
    let past = [90.0, 110.0, 100.0, 95.0];
    let early = forecast_total(r(25, 1), r(1, 4), &past).unwrap();
    let late = forecast_total(r(90, 1), r(9, 10), &past).unwrap();
    assert_eq!((early.value, late.value), (100.0, 100.0));
    let width = |f: Forecast| f.band.map(|(a, b)| b - a).unwrap();
    assert!(width(late) < width(early));
    // s ÷ mean of the past is 8.539 ÷ 98.75, t(3) is 3.1824, √(0.75 ÷ 0.25) is 1.7321: 47.66 to either side.
    let (low, high) = early.band.unwrap();
    assert_eq!((format!("{low:.2}"), format!("{high:.2}")), ("52.34".into(), "147.66".into()));
    let (low, high) = forecast_total(Ratio::ZERO, r(1, 4), &past).unwrap().band.unwrap();
    assert_eq!((low, format!("{high:.2}")), (0.0, "47.07".into()), "nothing yet is not certain to stay nothing");
    assert_eq!(forecast_total(r(100, 1), Ratio::ONE, &past).unwrap().band, Some((100.0, 100.0)), "all is in");
    assert_eq!(forecast_total(r(25, 1), r(1, 4), &[1.0, f64::NAN, 2.0]).unwrap().band, None);
    assert_eq!(forecast_total(r(25, 1), r(1, 4), &past[..2]).unwrap().band, None);
    assert_eq!(forecast_total(r(25, 1), Ratio::ZERO, &past), None);
}

#[test]
fn nineteen_of_twenty_periods_end_within_the_band() {
    // Days drawn from a fixed generator (Knuth's MMIX constants): many small ones, few large ones.
    let mut state = 1u64;
    let mut day = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let uniform = (state >> 11) as f64 / (1u64 << 53) as f64;
        (uniform * uniform * 1000.0).round() as i64
    };
    for gone in [6, 15, 30, 55] {
        let mut within = 0;
        for _ in 0..1000 {
            let past: Vec<f64> = (0..8).map(|_| (0..60).map(|_| day()).sum::<i64>() as f64).collect();
            let days: Vec<i64> = (0..60).map(|_| day()).collect();
            let so_far: i64 = days.iter().take(gone).sum();
            let forecast = forecast_total(r(so_far.into(), 1), r(gone as i128, 60), &past).unwrap();
            let (low, high) = forecast.band.unwrap();
            let end = days.iter().sum::<i64>() as f64;
            within += i32::from(low <= end && end <= high);
        }
        assert!((920..=985).contains(&within), "{within} of 1000 with {gone} of 60 days gone");
    }
}

/// A target of 91 for the 91 days of 2017Q2, for somebody who is there from one day until another.
fn of_a_part(there: Option<(&str, &str)>, actual: i64, today: &str) -> Progress {
    let revenue = catalogue::find("revenue").unwrap();
    let t = target("revenue", Direction::Reach, 91_000_000);
    let day = |n: usize| there.map(|days| d([days.0, days.1][n]));
    progress(&ProgressInput {
        target: &t,
        metric: &Definition::from(revenue),
        answer: &answer(revenue, 1, 0, actual),
        there: part_there(t.period, day(0), day(1)).unwrap(),
        today: d(today),
        calendar: &plain(),
        parts: &[],
        past: &[],
        guardrails: &[],
        min_n: 5,
    })
}

#[test]
fn who_joins_or_leaves_owes_a_part_and_is_paced_over_it() {
    let whole = of_a_part(None, 30, "2017-04-30");
    assert_eq!((whole.target, whole.expected), (r(91, 1), Some(r(30, 1))));
    // There from 1 June: 30 of 91 days.
    let joined = |actual, today| of_a_part(Some(("2017-06-01", "2020-01-01")), actual, today);
    assert_eq!(joined(0, "2017-05-31").judgement, Judgement::NotStarted);
    let half = joined(15, "2017-06-15");
    assert_eq!((half.target, half.expected, half.share_elapsed), (r(30, 1), Some(r(15, 1)), Some(r(1, 2))));
    assert_eq!((half.judgement, half.attainment), (Judgement::OnTrack, Outcome::Value(r(1, 2))));
    assert_eq!(half.forecast.unwrap().value, 30.0);
    assert_eq!(joined(30, "2017-07-01").judgement, Judgement::Reached);
    assert_eq!(joined(29, "2017-07-01").judgement, Judgement::Missed);
    // Gone from 1 May on: 30 of 91 days, all of which are over.
    let left = |actual, today| of_a_part(Some(("2010-01-01", "2017-05-01")), actual, today);
    assert_eq!(left(30, "2017-05-20").judgement, Judgement::Reached);
    let behind = left(20, "2017-05-20");
    assert_eq!((behind.expected, behind.judgement), (Some(r(30, 1)), Judgement::OffTrack));
}

#[test]
fn a_part_is_paced_by_the_distribution_over_its_own_days() {
    let q = p("2017Q2");
    // Five working days a week; there from Thursday 1 June to Wednesday 14 June 2017: ten working days.
    let part = Period::new(d("2017-06-01"), d("2017-06-15")).unwrap();
    let share = |day: &str| expected_share_of_part(Distribution::WorkingDays, q, part, d(day), &plain(), &[]);
    assert_eq!(share("2017-05-31"), Some(Ratio::ZERO));
    assert_eq!(share("2017-06-02"), Some(r(1, 5)));
    assert_eq!(share("2017-06-04"), Some(r(1, 5)), "a weekend asks for nothing");
    assert_eq!(share("2017-06-30"), Some(Ratio::ONE));
    // All of the target lies on April by hand: what is owed in June goes by its days.
    let weights = [Ratio::ONE, Ratio::ZERO, Ratio::ZERO];
    let parts = monthly_parts(q, &weights, &plain());
    let june = Period::new(d("2017-06-01"), d("2017-07-01")).unwrap();
    let share = |day: &str| expected_share_of_part(Distribution::ByHand, q, june, d(day), &plain(), &parts);
    assert_eq!(share("2017-06-15"), Some(r(1, 2)));
}

proptest! {
    #[test]
    fn expectation_rises_from_nothing_to_all(day in -10i32..110, weights in prop::collection::vec(0i64..100, 0..4), k in 0usize..4) {
        let q = p("2017Q2");
        let weights: Vec<Ratio> = weights.into_iter().map(Ratio::from).collect();
        let parts = monthly_parts(q, &weights, &plain());
        let share = |n: i32| expected_share(Distribution::ALL[k], q, q.from().add_days(n).unwrap(), &plain(), &parts).unwrap();
        prop_assert!(share(day) <= share(day + 1));
        prop_assert!(Ratio::ZERO <= share(day) && share(day) <= Ratio::ONE);
        prop_assert_eq!(share(200), Ratio::ONE);
    }

    #[test]
    fn who_leaves_and_who_follows_share_one_target(value: i64, day in 1i32..91) {
        let q = p("2017Q2");
        let change = q.from().add_days(day).unwrap();
        let value = Ratio::from(value);
        let before = prorate(value, q, None, Some(change)).unwrap();
        let after = prorate(value, q, Some(change), None).unwrap();
        prop_assert_eq!(before.checked_add(after), Some(value));
    }

    #[test]
    fn more_is_never_judged_worse(a in 0i64..200_000, b in 0i64..200_000, day in 0i32..91) {
        let revenue = catalogue::find("revenue").unwrap();
        let t = target("revenue", Direction::Reach, 91_000_000_000);
        let today = p("2017Q2").from().add_days(day).unwrap().to_string();
        let rank = |units| match judged(&t, &answer(revenue, 1, 0, units), &today, &[80_000.0, 90_000.0, 100_000.0], &[]).0 {
            Judgement::Reached => 3,
            Judgement::OnTrack => 2,
            Judgement::AtRisk => 1,
            _ => 0,
        };
        prop_assert!(rank(a.min(b)) <= rank(a.max(b)));
    }
}

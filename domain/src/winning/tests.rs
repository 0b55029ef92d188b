use proptest::prelude::*;

use super::*;
use crate::metric::{DealStatus, MeasureValue};
use crate::{Currency, Date, Figure, Micros, Outcome, Period, Why};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn year_2025() -> Window {
    Window { period: Period::year(2025).unwrap(), as_of: day("2025-12-31") }
}

fn deal(status: DealStatus, closed_on: &str, units: i64) -> Deal {
    Deal {
        status,
        created_on: Some(day("2025-01-10")),
        engaged_on: None,
        closed_on: (!closed_on.is_empty()).then(|| day(closed_on)),
        amount: Outcome::Value(Micros::from_units(units).unwrap()),
        probability: None,
    }
}

fn text(answer: &Answer) -> Result<String, Why> {
    answer.value.map(|f: Figure| f.exact.to_decimal(6).unwrap()).into_result()
}

fn times(n: usize, deal: Deal) -> impl Iterator<Item = Deal> {
    std::iter::repeat_n(deal, n)
}

/// F4.2 [CA1] (45 won, 135 lost, 80 open) and [AL1] (20 won, 80 lost of which 50 disqualified).
#[test]
fn the_definitions_stand_side_by_side() {
    let (won, lost) = (deal(DealStatus::Won, "2025-03-01", 90), deal(DealStatus::Lost, "2025-03-02", 10));
    let deals = times(45, won).chain(times(135, lost)).chain(times(80, deal(DealStatus::Open, "", 5)));
    let values = measures(deals, year_2025());
    let found: Vec<(&str, String)> = definitions(&values).iter().map(|(m, a)| (m.id, text(a).unwrap())).collect();
    let expected = [
        ("win_rate", "0.250000"),
        ("win_rate_pursued", "0.173077"),
        ("win_rate_disqualified", "0.250000"),
        // 45 × 90 of 45 × 90 + 135 × 10.
        ("win_rate_value", "0.750000"),
        ("win_rate_cohort", "0.173077"),
    ];
    assert_eq!(found, expected.map(|(id, v)| (id, v.to_owned())));
    assert_eq!(definitions(&values)[0].1.n, Some(180));

    let disqualified = deal(DealStatus::Disqualified, "2025-03-02", 0);
    let deals = times(20, won).chain(times(30, lost)).chain(times(50, disqualified));
    let values = measures(deals, year_2025());
    let all = definitions(&values);
    assert_eq!((text(&all[0].1), text(&all[2].1)), (Ok("0.400000".into()), Ok("0.200000".into())));
}

/// F4.2 [DM1]: 1 January to 15 February, 10 January to 5 March, 20 January to 28 February, no leap year: 45, 54 and 39
/// days, on average 46. What is lost counts in a cycle of its own.
#[test]
fn the_sales_cycle_comes_from_dates() {
    let took = |status, created: &str, closed: &str| Deal { created_on: Some(day(created)), ..deal(status, closed, 1) };
    let three = [("2025-01-01", "2025-02-15"), ("2025-01-10", "2025-03-05"), ("2025-01-20", "2025-02-28")];
    let won = three.map(|(created, closed)| took(DealStatus::Won, created, closed));
    let lost = [took(DealStatus::Lost, "2025-03-01", "2025-03-04")];
    let values = measures(won.into_iter().chain(lost), year_2025());
    let of = |id: &str| text(&catalogue::answer(id, &values)).unwrap();
    assert_eq!((of("cycle_days_mean"), of("cycle_days_median")), ("46.000000".into(), "45.000000".into()));
    assert_eq!(of("cycle_days_lost_mean"), "3.000000");
    assert_eq!(
        (of("cycle_days_closed_mean"), of("cycle_days_closed_median")),
        ("35.250000".into(), "42.000000".into())
    );
    // The day of first contact counts before that of creation.
    let engaged = Deal { engaged_on: Some(day("2025-01-11")), ..won[0] };
    let values = measures([engaged], year_2025());
    assert_eq!(text(&catalogue::answer("cycle_days_mean", &values)), Ok("35.000000".into()));
}

#[test]
fn nothing_decided_is_not_measurable() {
    for values in [measures([], year_2025()), measures([deal(DealStatus::Won, "2024-12-31", 1)], year_2025())] {
        assert_eq!(text(&definitions(&values)[0].1), Err(Why::EmptyBase));
    }
    // A won deal without a day of closing is in no period, and no longer open.
    let values = measures([deal(DealStatus::Won, "", 1)], year_2025());
    assert_eq!(decided(&values), Some(Rate { k: 0, n: 0 }));
    assert_eq!(values.get(Measure::DealsOpen), MeasureValue::Count(0));
}

#[test]
fn a_deal_is_open_until_the_day_it_closed_and_a_forecast_closes_nothing() {
    let open_on = |deal: Deal, as_of: &str| {
        let window = Window { as_of: day(as_of), ..year_2025() };
        measures([deal], window).get(Measure::DealsOpen) == MeasureValue::Count(1)
    };
    let won = deal(DealStatus::Won, "2025-03-01", 1);
    assert!(open_on(won, "2025-02-28") && !open_on(won, "2025-03-01") && !open_on(won, "2025-01-09"));
    let forecast = deal(DealStatus::Open, "2025-03-01", 1);
    assert!(open_on(forecast, "2025-06-30"));
    assert_eq!(decided(&measures([forecast], year_2025())), Some(Rate { k: 0, n: 0 }));
    assert!(open_on(Deal { created_on: None, ..forecast }, "2025-01-01"), "an undated one is open");
}

#[test]
fn a_missing_rate_fails_money_and_leaves_counts() {
    let why = Why::MissingRate { currency: Currency::USD, date: day("2025-03-01") };
    let unknown = Deal { amount: Outcome::NotMeasurable(why), ..deal(DealStatus::Won, "2025-03-01", 0) };
    let values = measures([unknown, deal(DealStatus::Lost, "2025-03-01", 4)], year_2025());
    let all = definitions(&values);
    assert_eq!((text(&all[0].1), text(&all[3].1)), (Ok("0.500000".into()), Err(why)));
}

#[test]
fn reasons_of_loss_have_counts_shares_and_money() {
    let lost = |units| deal(DealStatus::Lost, "2025-05-01", units);
    let deals = [
        (Some("price"), lost(100)),
        (Some("price"), lost(300)),
        (None, lost(0)),
        (Some("timing"), lost(600)),
        (Some("timing"), lost(0)),
        (Some("timing"), lost(0)),
        (None, deal(DealStatus::Won, "2025-05-01", 50)),
        (Some("won after all"), deal(DealStatus::Won, "2025-05-01", 50)),
    ];
    let reasons = loss_reasons(measures_by(deals, year_2025()));
    let found: Vec<_> =
        reasons.iter().map(|r| (r.reason, r.lost, text(&r.share).unwrap(), text(&r.amount_share).unwrap())).collect();
    let row = |reason, lost, share: &str, money: &str| (reason, lost, share.to_owned(), money.to_owned());
    assert_eq!(
        found,
        [
            row(Some("timing"), 3, "0.500000", "0.600000"),
            row(Some("price"), 2, "0.333333", "0.400000"),
            row(None, 1, "0.166667", "0.000000"),
        ]
    );
    assert_eq!((reasons[0].share.n, reasons[0].share.interval95), (Some(6), crate::stats::wilson95(3, 6)));
    assert_eq!(loss_reasons::<&str>([]), []);
    let unpriced = loss_reasons(measures_by([(Some("price"), lost(0))], year_2025()));
    assert_eq!(text(&unpriced[0].amount_share), Err(Why::EmptyBase));
}

fn verdicts(groups: &[(i64, i64)]) -> Vec<Verdict> {
    let attribute: Vec<_> = groups.iter().enumerate().map(|(i, (k, n))| (Some(i), Rate { k: *k, n: *n })).collect();
    patterns(&[attribute], 5)[0].iter().map(|p| p.verdict).collect()
}

#[test]
fn a_pattern_is_a_difference_beyond_noise() {
    use Verdict::{Better, CannotTell, TooFew, Worse};
    assert_eq!(verdicts(&[(80, 100), (50, 100), (50, 100)]), [Better, Worse, Worse]);
    assert_eq!(verdicts(&[(52, 100), (50, 100), (49, 100)]), [CannotTell; 3]);
    // Three of three is no pattern.
    assert_eq!(verdicts(&[(3, 3), (50, 100), (50, 100)])[0], TooFew);
    assert_eq!(verdicts(&[(0, 0), (80, 100), (40, 100)]), [TooFew, Better, Worse]);
    // Nothing to compare with.
    assert_eq!(verdicts(&[(50, 100)]), [TooFew]);
    assert_eq!(verdicts(&[(50, 100), (4, 4)]), [TooFew; 2]);
    assert_eq!(verdicts(&[(i64::MAX, i64::MAX), (1, i64::MAX)]), [TooFew; 2]);
}

/// F4.4 [SC1], BMJ 1986: open surgery 273 of 350 against percutaneous 289 of 350. By hand: pooled
/// rate 562/700, standard error 0.030073, z = 1.5201, p = 0.1285.
#[test]
fn two_groups_are_one_question() {
    let pair = vec![(Some("A"), Rate { k: 273, n: 350 }), (Some("B"), Rate { k: 289, n: 350 })];
    let found = patterns(&[pair], 5);
    let p = found[0][0].adjusted_p.unwrap();
    assert!((p - 0.1285).abs() < 5e-5, "{p}");
    assert_eq!(found[0][1].adjusted_p, Some(p));
    let (open, percutaneous) = (&found[0][0], &found[0][1]);
    assert_eq!((open.rest, percutaneous.rest), (Some(percutaneous.rate), Some(open.rate)));
    assert_eq!(open.difference.unwrap().to_string(), "-8/175");
    assert_eq!(open.difference95, crate::stats::difference95(open.rate, percutaneous.rate));
    assert_eq!(open.interval95, crate::stats::wilson95(273, 350));
}

#[test]
fn looking_at_many_asks_for_more() {
    let group = |k, n| (Some(()), Rate { k, n });
    let pair = vec![group(65, 100), group(50, 100)];
    let alone = patterns(std::slice::from_ref(&pair), 5);
    assert_eq!(alone[0][0].verdict, Verdict::Better);
    let noise = vec![group(50, 100), group(51, 100), group(49, 100)];
    let among = patterns(&[noise.clone(), pair, noise], 5);
    assert_eq!(among[1][0].verdict, Verdict::CannotTell);
    // The pair is the least of seven comparisons: 3 + 1 + 3.
    let ratio = among[1][0].adjusted_p.unwrap() / alone[0][0].adjusted_p.unwrap();
    assert!((ratio - 7.0).abs() < 1e-9, "{ratio}");
}

prop_compose! {
    fn any_deal()(status in 0usize..4, days in prop::array::uniform3(prop::option::of(20_000i32..20_400)),
                  micros in any::<i64>(), probability in any::<Option<u32>>(), key in 0u8..4) -> (Option<u8>, Deal) {
        let date = |d: Option<i32>| d.and_then(Date::from_day_number);
        (key.checked_sub(1), Deal {
            status: DealStatus::ALL[status], created_on: date(days[0]), engaged_on: date(days[1]),
            closed_on: date(days[2]), amount: Outcome::Value(Micros(micros)), probability,
        })
    }
}

proptest! {
    #[test]
    fn parts_sum_to_the_whole_in_any_order(mut deals in prop::collection::vec(any_deal(), 0..40)) {
        let groups = measures_by(deals.clone(), year_2025());
        let forward = measures(deals.iter().map(|(_, d)| *d), year_2025());
        deals.reverse();
        let whole = measures(deals.iter().map(|(_, d)| *d), year_2025());
        prop_assert_eq!(&forward, &whole);
        let mut sum = MeasureValues::new();
        groups.values().for_each(|v| sum.merge(v));
        for m in [Measure::DealsWon, Measure::DealsLost, Measure::DealsOpen, Measure::AmountWon, Measure::AmountLost,
            Measure::AmountOpen, Measure::CycleDaysWon, Measure::CohortCreated, Measure::CohortWon] {
            prop_assert_eq!(sum.get(m), whole.get(m), "{}", m.id());
        }
        let shares: i64 = loss_reasons(groups).iter().map(|r| r.lost).sum();
        prop_assert_eq!(Some(shares), whole.get(Measure::DealsLost).count());
    }

    #[test]
    fn a_period_cut_anywhere_gives_the_same_events(deals in prop::collection::vec(any_deal(), 0..40), cut in 1i32..365) {
        let (whole, deals) = (year_2025(), || deals.iter().map(|(_, d)| *d));
        let (before, after) = whole.period.cut(whole.period.from().add_days(cut).unwrap()).unwrap();
        let mut sum = measures(deals(), Window { period: before, ..whole });
        sum.merge(&measures(deals(), Window { period: after, ..whole }));
        let all = measures(deals(), whole);
        for m in [Measure::DealsWon, Measure::DealsLost, Measure::DealsDisqualified, Measure::AmountWon,
            Measure::AmountLost, Measure::CycleDaysWon, Measure::CohortCreated, Measure::CohortWon] {
            prop_assert_eq!(sum.get(m), all.get(m), "{}", m.id());
        }
    }

    #[test]
    fn no_counts_panic(rates in prop::collection::vec((any::<i64>(), any::<i64>()), 0..5), minimum: i64) {
        let groups: Vec<_> = rates.iter().map(|(k, n)| (Some(0), Rate { k: *k, n: *n })).collect();
        prop_assert_eq!(patterns(&[groups], minimum)[0].len(), rates.len());
    }
}

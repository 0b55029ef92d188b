//! Each choice changes figures where vendors disagree, and only there.

use super::*;
use crate::Currency;
use crate::exchange::Rates;

fn with(subscriptions: &[Subscription], month: u32, choices: Choices) -> Movements {
    moved(subscriptions, choices, Period::month(2024, month).unwrap())[0]
}

#[test]
fn joined_and_left() {
    // Customer 1 stays; 2 joins and leaves in March; 3 was a customer once and does the same.
    let all = [
        monthly(1, "2023-01-01", "", 100),
        monthly(2, "2024-03-05", "2024-03-20", 10),
        monthly(3, "2023-01-01", "2023-02-01", 5),
        monthly(3, "2024-03-05", "2024-03-06", 4),
        monthly(3, "2024-03-06", "2024-03-20", 7),
    ];
    let of = |joined_and_left| with(&all, 3, Choices { joined_and_left, ..Choices::default() });
    let ignored = of(JoinedAndLeft::Ignored);
    assert_eq!(whole(&ignored), [100, 0, 0, 0, 0, 0, 100]);
    let seen = of(JoinedAndLeft::MovementsOnly);
    // The most that was paid in between comes and goes.
    assert_eq!(whole(&seen), [100, 10, 0, 7, 0, 17, 100]);
    assert_eq!(rate(metric("mrr_churn_rate", seen.measures()), 2), "0.00");
    assert_eq!(rate(metric("grr_monthly", seen.measures()), 2), "1.00");
    let counted = of(JoinedAndLeft::Counted);
    assert_eq!(whole(&counted), whole(&seen));
    assert_eq!(rate(metric("mrr_churn_rate", counted.measures()), 2), "0.17");
    assert_eq!(rate(metric("grr_monthly", counted.measures()), 2), "0.83");
}

/// Whoever came and went within the month is in no rate, whatever they did meanwhile.
#[test]
fn movements_only_are_in_no_rate() {
    let stays = monthly(1, "2023-01-01", "", 100);
    let visit = [
        monthly(3, "2023-01-01", "2023-02-01", 5),
        monthly(3, "2024-03-05", "2024-03-10", 4),
        monthly(3, "2024-03-10", "2024-03-15", 9),
        monthly(3, "2024-03-15", "2024-03-20", 6),
    ];
    let all: Vec<_> = visit.into_iter().chain([stays]).collect();
    for within_step in [WithinStep::Net, WithinStep::EachDay] {
        let choices = Choices { joined_and_left: JoinedAndLeft::MovementsOnly, within_step, ..Choices::default() };
        let seen = with(&all, 3, choices);
        assert!(seen.reactivation > Mrr::ZERO && seen.churn > Mrr::ZERO, "{seen:?}");
        let rates = [
            metric("mrr_churn_rate", seen.measures()),
            metric("gross_mrr_churn_rate", seen.measures()),
            metric("net_mrr_churn_rate", seen.measures()),
        ];
        assert_eq!(rates.map(|r| rate(r, 2)), ["0.00", "0.00", "0.00"], "{within_step:?}");
        assert_eq!(
            [metric("nrr_monthly", seen.measures()), metric("grr_monthly", seen.measures())].map(|r| rate(r, 2)),
            ["1.00", "1.00"],
            "{within_step:?}"
        );
    }
}

/// A visit that is ignored does not make a long absence short.
#[test]
fn an_ignored_visit_does_not_end_an_absence() {
    let all = [
        monthly(1, "2023-01-01", "2023-02-01", 10),
        monthly(1, "2024-02-05", "2024-02-20", 10),
        monthly(1, "2024-03-10", "", 10),
    ];
    let choices = Choices { returned: Returned::NewAfter { days: 90 }, ..Choices::default() };
    assert_eq!(whole(&with(&all, 3, choices)), [0, 10, 0, 0, 0, 0, 10]);
    let seen = Choices { joined_and_left: JoinedAndLeft::MovementsOnly, ..choices };
    assert_eq!(whole(&with(&all, 3, seen)), [0, 0, 0, 10, 0, 0, 10]);
}

#[test]
fn who_was_ignored_is_new_later() {
    let all = [monthly(1, "2024-03-05", "2024-03-20", 10), monthly(1, "2024-05-01", "", 10)];
    let of = |joined_and_left| with(&all, 5, Choices { joined_and_left, ..Choices::default() });
    assert_eq!(whole(&of(JoinedAndLeft::Ignored)), [0, 10, 0, 0, 0, 0, 10]);
    assert_eq!(whole(&of(JoinedAndLeft::MovementsOnly)), [0, 0, 0, 10, 0, 0, 10]);
    assert_eq!(whole(&of(JoinedAndLeft::Counted)), [0, 0, 0, 10, 0, 0, 10]);
}

#[test]
fn churn_booked() {
    let cancelled = Some(day("2024-02-10"));
    let all = [Subscription { cancelled, ..monthly(1, "2024-01-01", "2024-05-01", 10) }];
    let of = |churn_booked, month| whole(&with(&all, month, Choices { churn_booked, ..Choices::default() }));
    assert_eq!(of(ChurnBooked::EndOfTerm, 2), [10, 0, 0, 0, 0, 0, 10]);
    assert_eq!(of(ChurnBooked::EndOfTerm, 5), [10, 0, 0, 0, 0, 10, 0]);
    assert_eq!(of(ChurnBooked::Cancellation, 2), [10, 0, 0, 0, 0, 10, 0]);
    assert_eq!(of(ChurnBooked::Cancellation, 5), [0; 7]);
    // Cancelled, but without an end yet.
    let open = [Subscription { end: None, ..all[0] }];
    let of = |churn_booked| whole(&with(&open, 2, Choices { churn_booked, ..Choices::default() }));
    assert_eq!(of(ChurnBooked::EndOfTerm), [10, 0, 0, 0, 0, 0, 10]);
    assert_eq!(of(ChurnBooked::Cancellation), [10, 0, 0, 0, 0, 10, 0]);
}

#[test]
fn return_after_churn() {
    // 90 days without service between 1 January and 31 March 2024.
    let away = |back| [monthly(1, "2023-01-01", "2024-01-01", 10), monthly(1, back, "", 10)];
    let of = |all: &[Subscription], month, returned| {
        let m = with(all, month, Choices { returned, ..Choices::default() });
        (cents(m.new), cents(m.reactivation))
    };
    let (ten, none) = (|| "10.00".to_owned(), || "0.00".to_owned());
    let maxio = Returned::NewAfter { days: 90 };
    assert_eq!(of(&away("2024-03-31"), 3, Returned::Reactivation), (none(), ten()));
    assert_eq!(of(&away("2024-03-31"), 3, maxio), (none(), ten()));
    assert_eq!(of(&away("2024-04-01"), 4, Returned::Reactivation), (none(), ten()));
    assert_eq!(of(&away("2024-04-01"), 4, maxio), (ten(), none()));
}

#[test]
fn discounts() {
    let off = |part, end| Subscription { part, ..monthly(1, "2024-01-01", end, 4) };
    let all = [
        monthly(1, "2024-01-01", "", 10),
        off(Part::Discount, "2024-03-01"),
        Subscription { per_year: units(12), ..off(Part::OneOffDiscount, "2024-02-01") },
    ];
    let of = |discounts, month| whole(&with(&all, month, Choices { discounts, ..Choices::default() }));
    assert_eq!(of(Discounts::Subtracted, 1), [0, 5, 0, 0, 0, 0, 5]);
    assert_eq!(of(Discounts::Subtracted, 2), [5, 0, 1, 0, 0, 0, 6]);
    assert_eq!(of(Discounts::OneOffIgnored, 1), [0, 6, 0, 0, 0, 0, 6]);
    assert_eq!(of(Discounts::OneOffIgnored, 2), [6, 0, 0, 0, 0, 0, 6]);
    // The end of a discount is expansion under both.
    assert_eq!(of(Discounts::Subtracted, 3), [6, 0, 4, 0, 0, 0, 10]);
    // Beyond the price a discount counts as nothing: no customer, and never a negative one.
    let all_off = [monthly(1, "2024-01-01", "", 10), Subscription { per_year: units(500), ..off(Part::Discount, "") }];
    assert_eq!(whole(&with(&all_off, 1, Choices::default())), [0; 7]);
}

#[test]
fn usage_fees() {
    let fee = Subscription { part: Part::Usage, ..monthly(1, "2024-02-01", "", 3) };
    let all = [monthly(1, "2024-01-01", "", 10), fee];
    let of = |usage_fees| whole(&with(&all, 2, Choices { usage_fees, ..Choices::default() }));
    assert_eq!(of(UsageFees::LeftOut), [10, 0, 0, 0, 0, 0, 10]);
    assert_eq!(of(UsageFees::Counted), [10, 0, 3, 0, 0, 0, 13]);
}

#[test]
fn within_a_step() {
    // Down by 5 and up by 5 in March; customer 2 leaves and returns; 3 joins and leaves.
    let all = [
        monthly(1, "2023-01-01", "", 10),
        monthly(1, "2023-01-01", "2024-03-05", 5),
        monthly(1, "2024-03-20", "", 5),
        monthly(2, "2023-01-01", "2024-03-05", 8),
        monthly(2, "2024-03-20", "", 9),
        monthly(3, "2024-03-05", "2024-03-20", 2),
    ];
    let of =
        |within_step, joined_and_left| with(&all, 3, Choices { within_step, joined_and_left, ..Choices::default() });
    let net = of(WithinStep::Net, JoinedAndLeft::Ignored);
    assert_eq!(whole(&net), [23, 0, 1, 0, 0, 0, 24]);
    let daily = of(WithinStep::EachDay, JoinedAndLeft::Ignored);
    assert_eq!(whole(&daily), [23, 0, 5, 9, 5, 8, 24]);
    // The sum of movements and the smaller of two balances differ: 10 of 23 stays by the one, all by the other.
    assert_eq!(metric("grr_monthly", daily.measures()), Outcome::Value(Ratio::new(10, 23).unwrap()));
    let balances = History::new(all, Choices::default()).retention(Period::month(2024, 3).unwrap());
    assert_eq!(rate(balances.and_then(|r| metric("grr", r.measures_of_year())), 4), "1.0000");
    assert_eq!(metric("grr_monthly", net.measures()), Outcome::Value(Ratio::ONE));
    let seen = of(WithinStep::EachDay, JoinedAndLeft::MovementsOnly);
    assert_eq!(whole(&seen), [23, 2, 5, 9, 5, 10, 24]);
    assert_eq!(metric("grr_monthly", seen.measures()), metric("grr_monthly", daily.measures()));
    // Both parts of a plan change fall on one day: no movement even so.
    let switch = [monthly(1, "2023-01-01", "2024-03-05", 10), monthly(1, "2024-03-05", "", 10)];
    let each_day = Choices { within_step: WithinStep::EachDay, ..Choices::default() };
    assert_eq!(whole(&with(&switch, 3, each_day)), [10, 0, 0, 0, 0, 0, 10]);
}

/// From 2024-01-01 a dollar is 0.90, from 2024-02-01 it is 0.80.
fn falling() -> Rates {
    let mut rates = Rates::new(Currency::EUR);
    for (date, rate) in [("2024-01-01", 90), ("2024-02-01", 80)] {
        rates.set(Currency::USD, day(date), Ratio::new(rate, 100).unwrap()).unwrap();
    }
    rates
}

fn dollars(subscription: Subscription) -> Priced {
    Priced { subscription, currency: Currency::USD }
}

#[test]
fn exchange_rate() {
    let renewed = [monthly(1, "2024-01-01", "2024-02-01", 100), monthly(1, "2024-02-01", "", 100)].map(dollars);
    let of = |priced: &[Priced], choice| {
        let all = convert(priced, choice, &falling()).into_value().unwrap();
        whole(&with(&all, 2, Choices { exchange_rate: choice, ..Choices::default() }))
    };
    assert_eq!(of(&renewed, ExchangeRate::Held), [90, 0, 0, 0, 0, 0, 90]);
    assert_eq!(of(&renewed, ExchangeRate::EachStart), [90, 0, 0, 0, 10, 0, 80]);
    // A day without service ends what is held; so does another customer.
    let gap = [monthly(1, "2024-01-01", "2024-01-31", 100), monthly(1, "2024-02-01", "", 100)].map(dollars);
    assert_eq!(of(&gap, ExchangeRate::Held), [0, 80, 0, 0, 0, 0, 80]);
    let other = [monthly(1, "2024-01-01", "2024-02-01", 100), monthly(2, "2024-02-01", "", 100)].map(dollars);
    assert_eq!(of(&other, ExchangeRate::Held), [90, 80, 0, 0, 0, 90, 80]);
    // A dearer plan is expansion by the held rate.
    let dearer = [monthly(1, "2024-01-01", "2024-02-01", 100), monthly(1, "2024-02-01", "", 120)].map(dollars);
    assert_eq!(of(&dearer, ExchangeRate::Held), [90, 0, 18, 0, 0, 0, 108]);
    // An open end joins whatever follows; the order of the input stays and does not matter.
    let open = [monthly(1, "2024-02-10", "", 100), monthly(1, "2024-01-01", "", 100)].map(dollars);
    assert_eq!(of(&open, ExchangeRate::Held), [90, 0, 90, 0, 0, 0, 180]);
    let kept = convert(&open, ExchangeRate::EachStart, &falling()).into_value().unwrap();
    let starts: Vec<_> = kept.iter().map(|s| s.start).collect();
    assert_eq!(starts, [day("2024-02-10"), day("2024-01-01")]);
    // The reporting currency needs no rate.
    let euros = Priced { subscription: monthly(3, "2020-01-01", "", 7), currency: Currency::EUR };
    assert_eq!(of(&[euros], ExchangeRate::Held), [7, 0, 0, 0, 0, 0, 7]);
}

#[test]
fn a_missing_rate_is_named() {
    let early = [dollars(monthly(1, "2023-12-31", "", 100))];
    let why = Why::MissingRate { currency: Currency::USD, date: day("2023-12-31") };
    assert_eq!(convert(&early, ExchangeRate::Held, &falling()).why(), Some(why));
    // A subscription that never was active needs none.
    let never = [dollars(monthly(1, "2023-12-31", "2023-12-31", 100))];
    assert_eq!(convert(&never, ExchangeRate::Held, &falling()), Outcome::Value(vec![]));
    let huge = [dollars(Subscription::new(1, day("2024-01-01"), Micros(i64::MAX)))];
    let mut tenfold = Rates::new(Currency::EUR);
    tenfold.set(Currency::USD, day("2024-01-01"), Ratio::int(10)).unwrap();
    assert_eq!(convert(&huge, ExchangeRate::Held, &tenfold).why(), Some(Why::TooLarge));
}

#[test]
fn an_older_stored_version_stays_readable() {
    let read: Choices = serde_json::from_str(r#"{"returned":{"new_after":{"days":90}}}"#).unwrap();
    assert_eq!(read, Choices { returned: Returned::NewAfter { days: 90 }, ..Choices::default() });
    let written = serde_json::to_value(Choices::default()).unwrap();
    assert_eq!(written["joined_and_left"], "ignored");
    assert_eq!(serde_json::from_value::<Choices>(written).unwrap(), Choices::default());
}

//! A price change: 2024-03-01, plan 1 from 10 to 12 a month.

use super::*;
use crate::before_after::{Verdict, around};

const RISE: PriceChange = PriceChange { plan: 1, before: Micros(10_000_000), after: Micros(12_000_000) };

fn on_plan(plan: u32, one: Subscription) -> Subscription {
    Subscription { plan: Some(plan), ..one }
}

/// Of 20 customers of plan 1 so many leave at the change, the rest pay 12; of 20 customers of plan 2 one leaves.
fn company(leave: u32) -> Vec<Subscription> {
    let mut all = Vec::new();
    for c in 0..20 {
        all.push(on_plan(1, monthly(c, "2023-01-01", "2024-03-01", 10)));
        if c >= leave {
            all.push(on_plan(1, monthly(c, "2024-03-01", "", 12)));
        }
        all.push(on_plan(2, monthly(100 + c, "2023-01-01", if c == 0 { "2024-04-01" } else { "" }, 50)));
    }
    all
}

fn measured(all: &[Subscription]) -> Outcome<PriceEffect> {
    let periods = around(day("2024-03-01"), 3, day("2024-12-31")).unwrap();
    assert_eq!(periods, (period("2023-12-01", "2024-03-01"), period("2024-03-01", "2024-06-01")));
    price_effect(all, Choices::default(), &[RISE], periods, 5)
}

#[test]
fn many_leave() {
    let effect = measured(&company(12)).into_value().unwrap();
    assert_eq!((effect.touched.customers, effect.touched.lost), (20, 12));
    assert_eq!((effect.others.customers, effect.others.lost), (20, 1));
    assert_eq!((cents(effect.expected), cents(effect.actual)), ("240.00".to_owned(), "96.00".to_owned()));
    assert_eq!(cents(effect.shortfall), "-144.00");
    let churn = effect.extra_churn.into_value().unwrap();
    assert_eq!((churn.value, churn.base, churn.n), (0.6, 0.05, (20, 20)));
    assert_eq!(churn.difference.verdict, Verdict::Higher);
    // Nobody left in the three months before, of either group.
    let extra = effect.against_before.extra.into_value().unwrap();
    assert!((extra.value - 0.55).abs() < 1e-12);
    assert_eq!(extra.verdict, Verdict::Higher);
}

#[test]
fn two_of_twenty_against_one_of_twenty_cannot_be_told_apart() {
    let effect = measured(&company(2)).into_value().unwrap();
    assert_eq!((cents(effect.expected), cents(effect.actual)), ("240.00".to_owned(), "216.00".to_owned()));
    let churn = effect.extra_churn.into_value().unwrap();
    assert!((churn.difference.value - 0.05).abs() < 1e-12);
    assert_eq!(churn.difference.verdict, Verdict::CannotBeToldApart);
}

#[test]
fn a_customer_with_other_plans_is_expected_to_pay_more_for_the_touched_plan_only() {
    let all = [
        on_plan(1, monthly(1, "2023-01-01", "2024-03-01", 10)),
        on_plan(1, monthly(1, "2024-03-01", "", 12)),
        on_plan(2, monthly(1, "2023-01-01", "", 50)),
        // A discount is no price, and stays what it is.
        Subscription { part: Part::Discount, ..on_plan(1, monthly(1, "2023-01-01", "", 3)) },
    ];
    let effect = measured(&all).into_value().unwrap();
    assert_eq!((cents(effect.expected), cents(effect.actual)), ("59.00".to_owned(), "59.00".to_owned()));
    assert_eq!(effect.shortfall, Mrr::ZERO);
    // Everybody was touched: nobody to compare with.
    assert_eq!(effect.extra_churn.why(), Some(Why::EmptyBase));
    assert_eq!(effect.against_before.extra.why(), Some(Why::EmptyBase));
}

#[test]
fn few_customers_give_no_verdict() {
    let mut all = company(12);
    all.retain(|s| s.customer < 4 || s.customer >= 100);
    let effect = measured(&all).into_value().unwrap();
    assert_eq!(effect.extra_churn.into_value().unwrap().difference.verdict, Verdict::TooFew);
}

#[test]
fn what_cannot_be_measured_has_a_reason() {
    assert_eq!(measured(&[]).why(), Some(Why::EmptyBase));
    let periods = (period("2024-01-01", "2024-02-01"), period("2024-03-01", "2024-04-01"));
    let of = |change, periods| price_effect(&company(0), Choices::default(), &[change], periods, 5).why();
    assert_eq!(of(RISE, periods), Some(Why::NotApplicable));
    let meeting = (period("2024-02-01", "2024-03-01"), period("2024-03-01", "2024-04-01"));
    assert_eq!(of(PriceChange { before: Micros(0), ..RISE }, meeting), Some(Why::ZeroBase));
    assert_eq!(of(RISE, meeting), None);
}

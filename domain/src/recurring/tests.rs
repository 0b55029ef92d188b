mod choices;
mod edges;
mod monthly;
mod price;
mod properties;
mod vectors;
mod what_if;

use super::*;
use crate::metric::{MeasureValues, catalogue};
use crate::{Date, Micros, Outcome, Period, Ratio, Why};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn period(from: &str, to: &str) -> Period {
    Period::new(day(from), day(to)).unwrap()
}

/// Units of the currency.
fn units(n: i64) -> Micros {
    Micros::from_units(n).unwrap()
}

/// A subscription of so many units each month; no `end` runs on.
fn monthly(customer: u32, start: &str, end: &str, amount: i64) -> Subscription {
    let per_year = Interval::Month.per_year(units(amount)).unwrap();
    let end = (!end.is_empty()).then(|| day(end));
    Subscription { end, ..Subscription::new(customer, day(start), per_year) }
}

fn moved(subscriptions: &[Subscription], choices: Choices, months_of: Period) -> Vec<Movements> {
    History::new(subscriptions, choices).movements(&months(months_of)).into_value().unwrap()
}

/// The movements of one calendar month of 2024 under the default choices.
fn in_month(subscriptions: &[Subscription], month: u32) -> Movements {
    moved(subscriptions, Choices::default(), Period::month(2024, month).unwrap())[0]
}

/// Per month, to the cent.
fn cents(mrr: Mrr) -> String {
    mrr.to_ratio().to_decimal(2).unwrap()
}

/// Opening, new, expansion, reactivation, contraction, churn, closing; whole units.
fn whole(m: &Movements) -> [i64; 7] {
    [m.opening, m.new, m.expansion, m.reactivation, m.contraction, m.churn, m.closing].map(|x| {
        let month = x.to_ratio();
        assert_eq!(month.denominator(), 1, "{month}");
        i64::try_from(month.numerator()).unwrap()
    })
}

/// A KPI of the catalogue over the engine's measures.
fn metric(id: &str, measures: MeasureValues) -> Outcome<Ratio> {
    catalogue::answer(id, &measures).value.map(|f| f.exact)
}

/// A rate with this many decimals; fails where it is not measurable.
fn rate(outcome: Outcome<Ratio>, decimals: u32) -> String {
    outcome.into_value().unwrap().to_decimal(decimals).unwrap()
}

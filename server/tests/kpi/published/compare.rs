//! Rows of an answer beside independently computed figures.

use domain::{Figure, Ratio, Unit};
use serde_json::Value;
use server::kpi::{Dimension, KpiQuery, KpiRow};

use crate::company::{Company, metrics, period};

/// What is expected of one group: our metric, whether its value, numerator or denominator, and their name.
pub type Named = (&'static str, &'static str, &'static str);

/// What the expected results call a value that is blank.
const BLANK: &str = "(no account)";

/// The exact value lies within half a unit of the last decimal given, so that a tie may have been rounded either way.
/// Money has two decimals, everything else six.
fn is_rounded_to(figure: Figure, expected: f64) -> bool {
    let decimals: u32 = if figure.unit == Unit::Money { 2 } else { 6 };
    let text = format!("{:.*}", decimals as usize, expected);
    let expected = domain::Micros::parse(&text).unwrap().0.to_ratio();
    let half = Ratio::new(1, 2 * 10i128.pow(decimals)).unwrap();
    figure.exact.checked_sub(expected).unwrap().abs() <= half
}

/// Compares the rows of each group with what is expected; none is missing.
pub fn compare(rows: &[KpiRow], groups: &Value, names: &[Named]) {
    let label =
        |row: &KpiRow| row.by.iter().map(|l| l.text.as_deref().unwrap_or(BLANK)).collect::<Vec<_>>().join(" | ");
    let check = |key: &str, group: &Value| {
        for (metric, part, name) in names {
            // A dot leads to a part of what is expected.
            let expected = name.split('.').try_fold(group, |value, part| value.get(part));
            let Some(expected) = expected else { panic!("{key}: nothing expected of {name}") };
            let row = rows.iter().find(|r| r.metric.id() == *metric && label(r) == key);
            let answer = &row.unwrap_or_else(|| panic!("{key}: no {metric}")).answer;
            let ours = match *part {
                "numerator" => answer.numerator,
                "denominator" => answer.denominator,
                "n" => answer.n.map(|n| Figure::new(Ratio::from(n), Unit::Count)),
                _ => answer.value.into_value(),
            };
            // What came back stands below zero there, and is a positive amount here.
            let expected = expected.as_f64().map(|x| if *name == "returns" { x.abs() } else { x });
            let is_met = match (ours, expected) {
                (Some(figure), Some(expected)) => is_rounded_to(figure, expected),
                (ours, expected) => ours.is_none() && expected.is_none(),
            };
            assert!(is_met, "{key}: {metric} {part} is {:?} and not {expected:?}", answer.value);
        }
    };
    if rows.iter().all(|r| r.by.is_empty()) {
        return check("", groups);
    }
    for (key, group) in groups.as_object().unwrap() {
        check(key, group);
    }
}

/// Asks for all metrics of the names over a period.
pub async fn ask(c: &Company, names: &[Named], by: &[&str], days: (&str, &str)) -> Vec<KpiRow> {
    let mut ids: Vec<&str> = names.iter().map(|(id, _, _)| *id).collect();
    ids.dedup();
    let mut query = KpiQuery::new(metrics(&ids.join(",")), period(days.0, days.1));
    query.by = by.iter().map(|name| Dimension::from_name(name).unwrap()).collect();
    c.ask(&query).await
}

//! Rows of an answer, as the program prints them, beside independently computed figures.

use domain::{Micros, Ratio};
use serde_json::{Value, json};

use super::ORG;
use crate::terminal::Terminal;

/// What is expected of one group: our metric, whether its value, numerator, denominator, n or interval, and their name.
pub type Named = (&'static str, &'static str, &'static str);

/// What the expected results call a value that is blank.
const BLANK: &str = "(no account)";

/// A figure as the program must print it: money as text with the digits of its currency, anything else as a number of
/// at most six decimals.
fn is_said(row: &Value, ours: &Value, expected: f64) -> bool {
    let decimals = if ours.is_string() { 2 } else { 6 };
    let wanted = format!("{expected:.decimals$}");
    let said = ours.as_str().map_or_else(|| ours.to_string(), str::to_owned);
    let digits = said.split_once('.').map_or(0, |(_, behind)| behind.len());
    let is_written = if ours.is_string() { digits == 2 } else { digits <= 6 };
    let said = Micros::parse(&said).unwrap().0;
    is_written && (said == Micros::parse(&wanted).unwrap().0 || is_tie(row, &wanted, decimals))
}

/// The exact value lies half-way between two decimals: half-even is ours, either was theirs.
fn is_tie(row: &Value, wanted: &str, decimals: usize) -> bool {
    let part = |name: &str| {
        let text = row[name].as_str().map_or_else(|| row[name].to_string(), str::to_owned);
        Micros::parse(&text).ok().map(|m| m.0.to_ratio())
    };
    let exact = part("numerator").zip(part("denominator")).and_then(|(a, b)| a.checked_div(b));
    let half = Ratio::new(1, 2 * 10i128.pow(u32::try_from(decimals).unwrap())).unwrap();
    let wanted = Micros::parse(wanted).unwrap().0.to_ratio();
    exact.and_then(|exact| exact.checked_sub(wanted)).is_some_and(|off| off.abs() == half)
}

/// Compares the rows of each group with what is expected; none is missing.
pub fn compare(rows: &[Value], by: &[&str], groups: &Value, names: &[Named]) {
    let label =
        |row: &Value| by.iter().map(|name| row["by"][*name].as_str().unwrap_or(BLANK)).collect::<Vec<_>>().join(" | ");
    let check = |key: &str, group: &Value| {
        for (metric, part, name) in names {
            // A dot leads to a part of what is expected.
            let expected = name.split('.').try_fold(group, |value, part| value.get(part));
            let Some(expected) = expected else { panic!("{key}: nothing expected of {name}") };
            let row = rows.iter().find(|r| r["metric"] == *metric && label(r) == key);
            let row = row.unwrap_or_else(|| panic!("{key}: no {metric}"));
            if *part == "interval" {
                // Where there is no base they write bounds of nothing, and we no interval.
                let expected = if *expected == json!([null, null]) { &Value::Null } else { expected };
                assert_eq!(&row["interval95"], expected, "{key}: interval of {metric}");
                continue;
            }
            let ours = &row[*part];
            // What came back stands below zero there, and is a positive amount here.
            let expected = expected.as_f64().map(|x| if *name == "returns" { x.abs() } else { x });
            let is_met = match expected {
                Some(expected) => !ours.is_null() && is_said(row, ours, expected),
                None => ours.is_null() && (*part != "value" || row["why"].is_string()),
            };
            assert!(is_met, "{key}: {metric} {part} is not {expected:?}: {row}");
            assert!(*part != "value" || expected.is_none() || row["why"].is_null(), "{key}: {row}");
        }
    };
    if by.is_empty() {
        return check("", groups);
    }
    for (key, group) in groups.as_object().unwrap() {
        check(key, group);
    }
}

/// Asks for all metrics of the names over a period.
pub fn ask(t: &Terminal, names: &[Named], by: &[&str], (from, to): (&str, &str)) -> Vec<Value> {
    let mut ids: Vec<&str> = names.iter().map(|(id, _, _)| *id).collect();
    ids.dedup();
    let (ids, by) = (ids.join(","), by.join(","));
    let mut all = vec!["kpi", &ids, "--org", ORG, "--from", from, "--to", to, "--json"];
    if !by.is_empty() {
        all.extend(["--by", &by]);
    }
    t.json(&all)["rows"].as_array().unwrap().clone()
}

/// Asks and compares.
pub fn look(t: &Terminal, names: &[Named], by: &[&str], days: (&str, &str), groups: &Value) {
    compare(&ask(t, names, by, days), by, groups, names);
}

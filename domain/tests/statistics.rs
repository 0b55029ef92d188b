//! Wilson's interval beside every win rate in the expected figures of the CRM data sets, to the digits given.
//!
//! Left out here: the counts, sums and days themselves, which come from the deals and are checked where deals are
//! evaluated. Figures of the other data sets have no intervals.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;

use domain::Ratio;
use domain::stats::wilson95;
use serde_json::Value;

/// The folder with shared data: `MAATSTAF_SHARED`, else beside the checkout.
fn expected(name: &str) -> Option<Value> {
    let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let folder = std::env::var_os("MAATSTAF_SHARED").map_or_else(beside, PathBuf::from);
    let text = fs::read_to_string(folder.join("expected").join(name)).ok()?;
    Some(serde_json::from_str(&text).unwrap())
}

/// Checks every object that has an interval, however deep; says how many it found.
fn check(value: &Value, path: &str) -> usize {
    let Value::Object(fields) = value else { return 0 };
    let mut found = 0;
    // Among the definitions it is a sentence.
    if let Some(interval) = fields.get("win_rate_wilson95").and_then(Value::as_array) {
        let count = |name: &str| fields[name].as_i64().unwrap();
        let (won, decided) = (count("won"), count("won") + count("lost"));
        let six = |x: f64| format!("{x:.6}");
        let given: Option<Vec<String>> = interval.iter().map(|x| x.as_f64().map(six)).collect();
        let computed = wilson95(won, decided).map(|(low, high)| vec![six(low), six(high)]);
        assert_eq!(computed, given, "{path}: {won} of {decided}");
        let rate = Ratio::new(won.into(), decided.into()).map(|r| r.to_decimal(6).unwrap());
        assert_eq!(rate, fields["win_rate"].as_f64().map(six), "{path}");
        found += 1;
    }
    found + fields.iter().map(|(name, v)| check(v, &format!("{path}/{name}"))).sum::<usize>()
}

#[test]
fn every_expected_interval_is_met() {
    for name in
        ["crm_maven.json", "crm_maven.slice.json", "crm_revops_lost_reason.json", "crm_revops_lost_reason.slice.json"]
    {
        let Some(json) = expected(name) else { continue };
        assert!(check(&json, name) >= 14, "{name} holds intervals");
    }
}

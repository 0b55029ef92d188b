//! Compares figures with an expected object, key by key, and sees to it that no key is forgotten.

use std::collections::BTreeMap;

use domain::{Figure, Outcome, Ratio};
use serde_json::Value;

pub struct Expected<'a> {
    at: String,
    left: BTreeMap<&'a str, &'a Value>,
}

impl<'a> Expected<'a> {
    pub fn new(at: impl ToString, value: &'a Value) -> Self {
        let left = value.as_object().unwrap().iter().map(|(k, v)| (k.as_str(), v)).collect();
        Self { at: at.to_string(), left }
    }

    /// Takes a key out; it must be there.
    pub fn take(&mut self, key: &str) -> &'a Value {
        self.left.remove(key).unwrap_or_else(|| panic!("{}: nothing expected as {key}", self.at))
    }

    pub fn count(&mut self, key: &str, found: impl TryInto<i64>) {
        assert_eq!(self.take(key).as_i64(), found.try_into().ok(), "{}: {key}", self.at);
    }

    /// As [`Expected::count`], of a key that not every file has.
    pub fn count_if_given(&mut self, key: &str, found: impl TryInto<i64>) {
        if self.left.contains_key(key) {
            self.count(key, found);
        }
    }

    /// The exact value lies within half a unit of the last decimal given, so that a tie may have been rounded either
    /// way; null is not measurable.
    pub fn figure(&mut self, key: &str, found: Outcome<Figure>, decimals: u32) {
        let expected = self.take(key).as_f64().map(|value| {
            let digits = format!("{value:.*}", decimals as usize).replace('.', "");
            Ratio::new(digits.parse().unwrap(), 10i128.pow(decimals)).unwrap()
        });
        let found = found.into_value().map(|f| f.exact);
        let half = Ratio::new(1, 2 * 10i128.pow(decimals)).unwrap();
        let met = match (expected, found) {
            (Some(e), Some(f)) => f.checked_sub(e).unwrap().abs() <= half,
            (e, f) => e == f,
        };
        assert!(met, "{}: {key}: expected {expected:?}, found {found:?}", self.at);
    }

    pub fn interval(&mut self, key: &str, found: Option<(f64, f64)>) {
        let six = |x: f64| format!("{x:.6}").parse::<f64>().unwrap();
        let bound = |at: usize| self.left[key][at].as_f64();
        let expected = bound(0).zip(bound(1));
        assert_eq!(expected, found.map(|(low, high)| (six(low), six(high))), "{}: {key}", self.at);
        self.take(key);
    }

    /// The objects under a key, each to be compared with a group of the same name.
    pub fn groups(&mut self, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
        self.take(key).as_object().unwrap().iter()
    }

    /// Nothing else is expected but these, each left out for a reason.
    pub fn done(self, left_out: &[(&str, &str)]) {
        let forgotten: Vec<_> = self.left.keys().filter(|k| left_out.iter().all(|(named, _)| named != *k)).collect();
        assert!(forgotten.is_empty(), "{}: {forgotten:?}", self.at);
    }
}

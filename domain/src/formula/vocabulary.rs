//! The names that a formula may use.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Currency;
use crate::metric::{Measure, Metric, Status, Unit, catalogue};

/// What a formula must know of a measure or metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Its unit.
    pub unit: Unit,
    /// Whether it is out of use: kept for old periods, refused in new formulas.
    pub retired: bool,
}

/// The names that a formula may use, and the currency in which all their money is. Small enough to be sent
/// to a browser for the live check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// The organisation's reporting currency.
    pub currency: Currency,
    /// Units by name.
    pub names: BTreeMap<String, Named>,
}

/// Most characters of a name for which a suggestion is sought.
const MAX_SUGGESTED: usize = 40;

impl Vocabulary {
    /// Every metric and measure of the catalogue. A name that is both means the metric.
    pub fn catalogue(currency: Currency) -> Self {
        let measures = Measure::ALL.iter().map(|m| (m.id(), Named { unit: m.unit(), retired: false }));
        let metrics = catalogue::all().iter().map(|m| (m.id, named(m)));
        Self { currency, names: measures.chain(metrics).map(|(id, named)| (id.to_owned(), named)).collect() }
    }

    /// What a name means. A dot may stand for an underscore: `activities.call` is `activities_call`.
    pub fn find(&self, name: &str) -> Option<Named> {
        self.names.get(name).or_else(|| self.names.get(&undotted(name))).copied()
    }

    /// The nearest name in use, if one is near.
    pub fn suggestion(&self, name: &str) -> Option<String> {
        nearest(&undotted(name), self.names.iter().filter(|(_, n)| !n.retired).map(|(id, _)| id.as_str()))
    }
}

fn named(metric: &Metric) -> Named {
    Named { unit: metric.unit, retired: metric.status == Status::Retired }
}

/// The name under which a dotted one is kept, if it is not kept as written.
pub(super) fn undotted(name: &str) -> String {
    name.replace('.', "_")
}

/// The nearest of some names by letters to change, if less than half have to be.
pub(super) fn nearest<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> Option<String> {
    let length = name.chars().count();
    if length > MAX_SUGGESTED {
        return None;
    }
    let lower = name.to_lowercase();
    all.map(|other| (distance(&lower, other), other))
        .filter(|(d, other)| *d * 2 < length.min(other.chars().count()).max(2))
        .min()
        .map(|(_, other)| other.to_owned())
}

/// Letters to insert, drop or change (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, above) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(x != *y);
            diagonal = *above;
            left = changed.min(diagonal + 1).min(left + 1);
            *above = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

//! Conditions on raw rows: values that depend on the row, and rows that are left out.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use domain::read::Sign;
use domain::{Date, Micros};
use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{Mapping, find_column};
use crate::import::cell::{self, Order, Reading};
use crate::import::csv::{Nature, Raw};
use crate::import::fault::{Code, Fault};

/// A condition on one column of the file; all parts that are given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Their column.
    pub column: String,
    /// The value is this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equals: Option<String>,
    /// The value begins so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_with: Option<String>,
    /// The value matches this regular expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub matches: Option<String>,
    /// The value is a number below this, or a date before it. A blank value never is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub less_than: Option<String>,
    /// The value is a number above this, or a date after it. A blank value never is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub greater_than: Option<String>,
    /// The value is blank, or is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blank: Option<bool>,
}

/// Values for the rows that fulfil a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// When it holds.
    pub when: Condition,
    /// Ours = value.
    #[serde(deserialize_with = "super::flat")]
    pub set: BTreeMap<String, String>,
}

/// Rows that are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Skip {
    /// When it holds.
    pub when: Condition,
}

/// What a value is compared with: written as `-5.5` or `2018-04-01`, however the file writes its own.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Number(Micros),
    Day(Date),
}

impl Limit {
    fn read(text: &str, column: &str) -> Result<Self, Fault> {
        let number = || Micros::parse(text.trim()).ok().map(|(micros, _)| Self::Number(micros));
        let day = || text.trim().parse().ok().map(Self::Day);
        let bad = || Fault::new(Code::BadLimit).column(column).with("name", column).with("value", text);
        number().or_else(day).ok_or_else(bad)
    }
}

/// A condition that is ready for rows.
#[derive(Debug)]
struct Test {
    index: usize,
    condition: Condition,
    pattern: Option<Regex>,
    /// Limits with the side on which a value fulfils the condition.
    limits: Vec<(Limit, Ordering)>,
    /// How the column is read.
    reading: Reading,
}

impl Test {
    fn new(condition: &Condition, header: &[String], reading: Reading) -> Result<Self, Fault> {
        let absent = || {
            let fault = Fault::new(Code::ColumnNotInFile).column(&condition.column);
            fault.with("name", &condition.column).with("known", header.join(", "))
        };
        let index = find_column(header, &condition.column)?.ok_or_else(absent)?;
        let compile = |text: &String| {
            // A pattern comes from outside: its compiled size is bounded, its run time is linear.
            regex::RegexBuilder::new(text)
                .size_limit(1 << 20)
                .build()
                .map_err(|_| Fault::new(Code::BadPattern).column(&condition.column).with("pattern", text))
        };
        let pattern = condition.matches.as_ref().map(compile).transpose()?;
        let sides = [(&condition.less_than, Ordering::Less), (&condition.greater_than, Ordering::Greater)];
        let limits = sides
            .into_iter()
            .filter_map(|(limit, side)| Some((limit.as_ref()?, side)))
            .map(|(limit, side)| Ok((Limit::read(limit, &condition.column)?, side)))
            .collect::<Result<_, Fault>>()?;
        Ok(Self { index, condition: condition.clone(), pattern, limits, reading })
    }

    /// Whether the condition holds for a row.
    ///
    /// # Errors
    /// When only a comparison could tell, and the value is no number or date: a row that is not understood is neither
    /// taken nor left out.
    fn holds(&self, row: Raw<'_>, time_zone: Option<&str>) -> Result<bool, Fault> {
        let value = row.get(self.index);
        let c = &self.condition;
        let told = c.equals.as_ref().is_none_or(|want| value == want)
            && c.starts_with.as_ref().is_none_or(|want| value.starts_with(want.as_str()))
            && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(value))
            && c.blank.is_none_or(|want| value.is_empty() == want);
        if !told || self.limits.is_empty() {
            return Ok(told);
        }
        if value.is_empty() {
            return Ok(false);
        }
        for (limit, side) in &self.limits {
            if self.compare(row, *limit, time_zone)? != *side {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Compares a value, read as its column is read.
    fn compare(&self, row: Raw<'_>, limit: Limit, time_zone: Option<&str>) -> Result<Ordering, Fault> {
        let value = row.get(self.index);
        // A worksheet's own number has a point, whatever sign its texts have.
        let exact = row.nature(self.index) == Nature::Exact;
        let reading = if exact { Reading { decimal: Some(Sign::Dot), ..self.reading } } else { self.reading };
        let compared = match limit {
            Limit::Number(limit) => cell::number(value, reading).map(|number| number.micros.cmp(&limit)),
            Limit::Day(limit) => cell::date(value, reading, time_zone).map(|day| day.cmp(&limit)),
        };
        compared.map_err(|code| {
            // What a line of the mapping decides is said so; anything else cannot be compared.
            let code = match code {
                Code::AmbiguousNumber | Code::AmbiguousDate | Code::MixedDates => code,
                _ => Code::NotComparable,
            };
            Fault::new(code).line(row.record.line()).column(&self.condition.column).with("value", value)
        })
    }

    /// Whether the column must be looked at before values are compared.
    fn is_open(&self) -> bool {
        self.limits.iter().any(|(limit, _)| match limit {
            Limit::Number(_) => self.reading.decimal.is_none(),
            Limit::Day(_) => self.reading.order == Order::Open,
        })
    }
}

/// All rules and skips of a mapping, ready for rows.
#[derive(Debug, Default)]
pub struct Compiled {
    rules: Vec<(Test, BTreeMap<String, String>)>,
    skips: Vec<Test>,
    /// The organisation's time zone, where it is known.
    pub time_zone: Option<String>,
}

impl Compiled {
    /// Finds the columns and compiles the patterns.
    ///
    /// # Errors
    /// When a column is not in the file, or a pattern or a limit cannot be read.
    pub fn new(mapping: &Mapping, header: &[String]) -> Result<Self, Fault> {
        let test = |condition| Test::new(condition, header, Reading::of_mapping(mapping));
        let rules = mapping.rules.iter().map(|r| Ok((test(&r.when)?, r.set.clone())));
        let skips = mapping.skip.iter().map(|s| test(&s.when));
        Ok(Self {
            rules: rules.collect::<Result<_, Fault>>()?,
            skips: skips.collect::<Result<_, Fault>>()?,
            time_zone: None,
        })
    }

    /// Whether the file has to be looked at before values can be compared.
    pub fn compares(&self) -> bool {
        self.tests().any(Test::is_open)
    }

    /// The places in the file of columns whose way of writing is open though they are compared.
    pub fn compared(&self) -> impl Iterator<Item = usize> {
        self.tests().filter(|test| test.is_open()).map(|test| test.index)
    }

    /// Settles how columns are read.
    pub fn settle(&mut self, reading: impl Fn(usize) -> Option<Reading>) {
        for test in self.skips.iter_mut().chain(self.rules.iter_mut().map(|(test, _)| test)) {
            if let Some(reading) = reading(test.index) {
                test.reading = reading;
            }
        }
    }

    fn tests(&self) -> impl Iterator<Item = &Test> {
        self.skips.iter().chain(self.rules.iter().map(|(test, _)| test))
    }

    /// Whether a row is to be left out.
    ///
    /// # Errors
    /// When a comparison cannot tell.
    pub fn skips(&self, row: Raw<'_>) -> Result<bool, Fault> {
        for test in &self.skips {
            if test.holds(row, self.time_zone.as_deref())? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether every rule can tell whether it holds.
    ///
    /// # Errors
    /// When a comparison cannot.
    pub fn check(&self, row: Raw<'_>) -> Result<(), Fault> {
        let mut compare = self.rules.iter().filter(|(test, _)| !test.limits.is_empty());
        compare.try_for_each(|(test, _)| test.holds(row, self.time_zone.as_deref()).map(drop))
    }

    /// What the rules say of one of our columns for a row that was checked; the last that matches wins.
    pub fn set(&self, column: &str, row: Raw<'_>) -> Option<&str> {
        let mut tells = self.rules.iter().rev().filter_map(|(test, set)| Some((test, set.get(column)?)));
        let zone = self.time_zone.as_deref();
        tells.find(|(test, _)| test.holds(row, zone) == Ok(true)).map(|(_, value)| value.as_str())
    }

    /// Our columns that some rule can set.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().flat_map(|(_, set)| set.keys().map(String::as_str))
    }
}

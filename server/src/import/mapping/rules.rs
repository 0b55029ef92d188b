//! Conditions on raw rows: values that depend on the row, and rows that are left out.

use std::collections::BTreeMap;

use regex::Regex;
use serde::{Deserialize, Serialize};

use super::{Decimal, Mapping, find_column};
use crate::import::csv::Raw;
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
    /// The value is a number below this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub less_than: Option<String>,
    /// The value is a number above this.
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

/// A condition that is ready for rows.
#[derive(Debug)]
struct Test {
    index: usize,
    condition: Condition,
    pattern: Option<Regex>,
    decimal: Option<Decimal>,
}

impl Test {
    fn new(condition: &Condition, header: &[String], decimal: Option<Decimal>) -> Result<Self, Fault> {
        let absent = || Fault::new(Code::ColumnNotInFile).column(&condition.column).with("name", &condition.column);
        let index = find_column(header, &condition.column)?.ok_or_else(absent)?;
        let compile = |text: &String| {
            // A pattern comes from outside: its compiled size is bounded, its run time is linear.
            regex::RegexBuilder::new(text)
                .size_limit(1 << 20)
                .build()
                .map_err(|_| Fault::new(Code::BadPattern).column(&condition.column).with("pattern", text))
        };
        let pattern = condition.matches.as_ref().map(compile).transpose()?;
        Ok(Self { index, condition: condition.clone(), pattern, decimal })
    }

    fn holds(&self, row: Raw<'_>) -> bool {
        let value = row.get(self.index);
        let c = &self.condition;
        c.equals.as_ref().is_none_or(|want| value == want)
            && c.starts_with.as_ref().is_none_or(|want| value.starts_with(want.as_str()))
            && self.pattern.as_ref().is_none_or(|pattern| pattern.is_match(value))
            && c.less_than.as_ref().is_none_or(|limit| self.order(value, limit).is_some_and(|o| o.is_lt()))
            && c.greater_than.as_ref().is_none_or(|limit| self.order(value, limit).is_some_and(|o| o.is_gt()))
            && c.blank.is_none_or(|want| value.is_empty() == want)
    }

    /// Compares numbers as numbers and ISO dates as dates; anything else has no order.
    fn order(&self, value: &str, limit: &str) -> Option<std::cmp::Ordering> {
        let limit_number = domain::Micros::parse(limit).ok();
        match limit_number {
            Some((limit, _)) => Some(self.number(value)?.cmp(&limit)),
            None => Some(value.get(..10)?.parse::<domain::Date>().ok()?.cmp(&limit.parse().ok()?)),
        }
    }

    fn number(&self, value: &str) -> Option<domain::Micros> {
        let plain = match self.decimal {
            Some(Decimal::Comma) => value.replace('.', "").replace(',', "."),
            _ => value.to_owned(),
        };
        domain::Micros::parse(&plain).ok().map(|(n, _)| n)
    }
}

/// All rules and skips of a mapping, ready for rows.
#[derive(Debug, Default)]
pub struct Compiled {
    rules: Vec<(Test, BTreeMap<String, String>)>,
    skips: Vec<Test>,
}

impl Compiled {
    /// Finds the columns and compiles the patterns.
    pub fn new(mapping: &Mapping, header: &[String]) -> Result<Self, Fault> {
        let rules = mapping.rules.iter();
        let skips = mapping.skip.iter();
        Ok(Self {
            rules: rules
                .map(|r| Ok((Test::new(&r.when, header, mapping.decimal)?, r.set.clone())))
                .collect::<Result<_, Fault>>()?,
            skips: skips.map(|s| Test::new(&s.when, header, mapping.decimal)).collect::<Result<_, Fault>>()?,
        })
    }

    /// Whether a row is to be left out.
    pub fn skips(&self, row: Raw<'_>) -> bool {
        self.skips.iter().any(|test| test.holds(row))
    }

    /// What the rules say of one of our columns for a row; the last that matches wins.
    pub fn set(&self, column: &str, row: Raw<'_>) -> Option<&str> {
        let mut tells = self.rules.iter().rev().filter_map(|(test, set)| Some((test, set.get(column)?)));
        tells.find(|(test, _)| test.holds(row)).map(|(_, value)| value.as_str())
    }

    /// Our columns that some rule can set.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().flat_map(|(_, set)| set.keys().map(String::as_str))
    }
}

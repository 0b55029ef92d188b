//! The mapping file: which column of theirs is which of ours, and what their values mean.
//!
//! The same structure is what the wizard builds, what is remembered per source, and what `--map` reads.

mod header;
mod rules;

use std::collections::BTreeMap;

use domain::read::{Order, Sign};
use serde::{Deserialize, Serialize};

use super::fault::{Code, Fault};
pub use header::{find_column, fingerprint, fold};
pub use rules::{Compiled, Condition, Rule, Skip};

/// What to do with people that the file names and we do not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnknownPeople {
    /// Reject the row.
    #[default]
    Reject,
    /// Create the person.
    Create,
}

/// Columns of a second file, found by a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The second file, relative to the mapping file.
    pub file: String,
    /// The column that both files have.
    pub on: String,
}

/// A text, or the texts of `attributes`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
enum Nested {
    Text(String),
    Table(BTreeMap<String, String>),
}

/// A mapping as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Kind of fact; the command line's argument must agree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Currency of amounts whose row names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Decides ambiguous dates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<Order>,
    /// Decides ambiguous numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<Sign>,
    /// Physical line of the column names, where it is not the first that is not blank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u64>,
    /// Sign between fields, where it is not to be found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// Sheet of a workbook, where it is not the first that has data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Encoding, where it is not to be found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What to do with people we do not know.
    #[serde(default)]
    pub unknown_people: UnknownPeople,
    /// Ours = theirs.
    #[serde(default, deserialize_with = "flat")]
    pub columns: BTreeMap<String, String>,
    /// Per column of ours: theirs = ours.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Ours = value, for a column that the file lacks.
    #[serde(default, deserialize_with = "flat")]
    pub constants: BTreeMap<String, String>,
    /// Values that depend on the row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Rows to leave out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skip: Vec<Skip>,
    /// A second file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub join: Option<Join>,
}

/// Reads a table whose `attributes.x` may be written with or without quotes; both become the flat key.
fn flat<'de, D: serde::Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
    let nested = BTreeMap::<String, Nested>::deserialize(from)?;
    let mut out = BTreeMap::new();
    for (key, value) in nested {
        match value {
            Nested::Text(text) => {
                out.insert(key, text);
            }
            Nested::Table(table) => out.extend(table.into_iter().map(|(inner, text)| (format!("{key}.{inner}"), text))),
        }
    }
    Ok(out)
}

impl Mapping {
    /// Reads a mapping file.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mapping: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|s| text.get(..s.start).unwrap_or_default().matches('\n').count() as u64 + 1);
            let mut fault = Fault::new(Code::BadMapping);
            fault.args.push(("reason", error.message().replace('\n', " ")));
            fault.line = line;
            fault
        })?;
        if mapping.delimiter.is_some_and(|d| !d.is_ascii() || matches!(d, '"' | '\n' | '\r')) {
            return Err(Fault::new(Code::BadMapping).with("reason", "delimiter"));
        }
        Ok(mapping)
    }

    /// Writes the mapping as its file.
    pub fn to_toml(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// What a value of theirs is called by us: the value map, else the value itself.
    pub fn value<'a>(&'a self, column: &str, raw: &'a str) -> &'a str {
        let Some(map) = self.values.get(column) else { return raw };
        map.get(raw).map_or(raw, String::as_str)
    }
}

#[cfg(test)]
mod tests;

//! A fact of any kind but people and deals: a row of a table described by its columns.
//!
//! Ten kinds share one way from the file into the database; what differs is a table of columns and how a row is read.

use std::collections::BTreeMap;

use domain::Date;
use sha2::{Digest, Sha256};

use super::bind::Row;
use super::cell::Number;
use super::fault::Fault;

/// What a column of the database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A whole number: micro-units, day numbers, counts.
    Int,
    /// A text.
    Text,
}

/// Where facts of a kind are kept. Beside its own columns each has `fact_key`, `attributes`, `import_id` and the
/// moments of creation and of the last change.
#[derive(Debug)]
pub struct Table {
    /// Name in the database.
    pub name: &'static str,
    /// Its own columns.
    pub columns: &'static [(&'static str, Sort)],
    /// Place of the day by which amounts are converted.
    pub day: usize,
    /// Place of the person, if facts may have one.
    pub person: Option<usize>,
    /// Place of the team, if facts may have one.
    pub team: Option<usize>,
    /// Place of the currency, if there is one.
    pub currency: Option<usize>,
    /// Place of a currency that must be another than the reporting one, which is worth itself on every day.
    pub foreign: Option<usize>,
    /// Places of amounts, each with that of the same amount in the reporting currency.
    pub convert: &'static [(usize, usize)],
}

impl Table {
    /// The place of a column; out of bounds of one that is not there, which the tests of the kinds see to.
    pub const fn find(columns: &[(&str, Sort)], name: &str) -> usize {
        let mut at = 0;
        while at < columns.len() {
            let (one, other) = (columns[at].0.as_bytes(), name.as_bytes());
            let mut same = one.len() == other.len();
            let mut i = 0;
            while same && i < one.len() {
                same = one[i] == other[i];
                i += 1;
            }
            if same {
                return at;
            }
            at += 1;
        }
        usize::MAX
    }
}

/// What a row says of one column of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: what is stored stays.
    Keep,
    /// A number or none.
    Int(Option<i64>),
    /// A text or none.
    Text(Option<String>),
}

impl Cell {
    /// A text column; one that the file does not have stays.
    pub fn text(row: Row<'_>, column: usize) -> Result<Self, Fault> {
        let text = row.text(column)?;
        Ok(if row.provides(column) { Self::Text(text.map(str::to_owned)) } else { Self::Keep })
    }

    /// A number read from a column; one that the file does not have stays.
    pub fn int(row: Row<'_>, column: usize, value: Option<i64>) -> Self {
        if row.provides(column) { Self::Int(value) } else { Self::Keep }
    }

    /// An amount or another number in millionths.
    pub fn micros(row: Row<'_>, column: usize, value: Option<Number>) -> Self {
        Self::int(row, column, value.map(|n| n.micros.0))
    }

    /// A count.
    pub fn count(row: Row<'_>, column: usize) -> Result<Self, Fault> {
        Ok(Self::int(row, column, row.count(column)?))
    }

    /// A day that must be there.
    pub fn day(day: Date) -> Self {
        Self::Int(Some(i64::from(day.day_number())))
    }

    /// A text that is there.
    pub fn is(text: impl Into<String>) -> Self {
        Self::Text(Some(text.into()))
    }

    /// What the store fills in: an amount in the reporting currency, a person.
    pub const LATER: Self = Self::Keep;
}

/// Whom a row names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Named {
    /// The file has no such column: what is stored stays.
    #[default]
    Keep,
    /// Nobody: the fact is the organisation's.
    Nobody,
    /// A person, by name or key.
    Person(String),
    /// A team, by name or path.
    Team(String),
    /// A person or a team: whichever has the name.
    Either(String),
}

/// What identifies a fact within its organisation and kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Identity {
    /// These parts: the same ones a second time are an error of the file.
    Key(Vec<String>),
    /// These parts and how often they stood in the file before: exact duplicates are facts of their own.
    Content(Vec<String>),
}

impl Identity {
    /// The parts as people read them.
    pub fn said(&self) -> String {
        let (Self::Key(parts) | Self::Content(parts)) = self;
        parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

/// A fact as a row tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Line of the file.
    pub line: u64,
    /// What identifies it, without whom it names.
    pub identity: Identity,
    /// How often the same content stood in the file before.
    pub occurrence: u32,
    /// Whether whom it names is part of the key.
    pub keyed_by_who: bool,
    /// One per column of the table.
    pub cells: Vec<Cell>,
    /// Whom it names.
    pub who: Named,
    /// The organisation's own columns; none: the file has none.
    pub attributes: Option<BTreeMap<String, String>>,
    /// Whether an amount had more than six decimals.
    pub rounded: bool,
}

impl Named {
    /// The person of a column.
    pub fn person(row: Row<'_>, column: usize) -> Result<Self, Fault> {
        Ok(match row.text(column)? {
            Some(name) => Self::Person(name.to_owned()),
            None if row.provides(column) => Self::Nobody,
            None => Self::Keep,
        })
    }
}

impl Fact {
    /// Whom it names, as the file says it.
    pub fn named(&self) -> Option<&str> {
        match &self.who {
            Named::Keep | Named::Nobody => None,
            Named::Person(name) | Named::Team(name) | Named::Either(name) => Some(name),
        }
    }

    /// A fact that names nobody.
    pub fn new(row: Row<'_>, identity: Identity, cells: Vec<Cell>) -> Result<Self, Fault> {
        Ok(Self {
            line: row.line(),
            identity,
            occurrence: 0,
            keyed_by_who: false,
            cells,
            who: Named::Nobody,
            attributes: row.attributes()?,
            rounded: false,
        })
    }
}

/// 128 bits of the SHA-256 of parts.
pub fn digest_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut short = [0; 16];
    short.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    short
}

/// The upsert key of parts: their digest in hexadecimal digits.
pub fn key_of<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let number = u128::from_be_bytes(digest_of(parts));
    format!("{number:032x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Kind;

    #[test]
    fn every_place_of_every_table_is_one_of_its_columns() {
        for (table, _) in Kind::ALL.iter().filter_map(|k| k.facts()) {
            let places = [Some(table.day), table.person, table.team, table.currency, table.foreign];
            let pairs = table.convert.iter().flat_map(|(a, b)| [*a, *b]);
            for place in places.into_iter().flatten().chain(pairs) {
                assert!(place < table.columns.len(), "{}", table.name);
            }
        }
    }

    #[test]
    fn parts_that_run_into_each_other_are_different_keys() {
        assert_ne!(key_of(["ab", "c"]), key_of(["a", "bc"]));
        assert_ne!(key_of(["a", ""]), key_of(["a"]));
        assert_eq!(key_of(["a"]).len(), 32);
    }
}

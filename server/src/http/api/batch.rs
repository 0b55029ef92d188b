//! The body of a batch: `{"mode", "dry_run", "accept_valid", "rows": [{…}]}`, read without losing a digit.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::problem::{Code, Problem};
use crate::import::Mode;
use crate::import::batch::{Batch, MAX_ROWS};

/// Fields of a row at most: more than any kind of fact has.
const MAX_FIELDS: usize = 200;
/// The field of a row under which texts of the organisation's own may stand by their names.
const OWN: &str = "attributes";

/// What was sent, read.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    /// What may happen to facts.
    pub mode: Mode,
    /// Whether to count without writing.
    pub dry_run: bool,
    /// Whether valid rows go in though others are rejected.
    pub accept_valid: bool,
    /// The rows.
    pub batch: Batch,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'a> {
    #[serde(borrow, default)]
    mode: Option<Cow<'a, str>>,
    #[serde(default)]
    dry_run: bool,
    #[serde(default)]
    accept_valid: bool,
    #[serde(borrow)]
    rows: Rows<'a>,
}

/// At most [`MAX_ROWS`] rows are kept; the others are counted.
struct Rows<'a> {
    kept: Vec<Row<'a>>,
    count: usize,
}

/// Cells as they stand in the text: a number keeps all its digits.
struct Row<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Rows<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct All;
        impl<'de> Visitor<'de> for All {
            type Value = Rows<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of rows")
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
                let (mut kept, mut count) = (Vec::new(), 0);
                while kept.len() < MAX_ROWS {
                    let Some(row) = seq.next_element::<Row<'de>>()? else {
                        return Ok(Rows { kept, count });
                    };
                    kept.push(row);
                    count += 1;
                }
                while seq.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Rows { kept, count })
            }
        }
        from.deserialize_seq(All)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Row<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Cells;
        impl<'de> Visitor<'de> for Cells {
            type Value = Row<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row: names with values")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut cells = Vec::new();
                while let Some(cell) = map.next_entry::<String, &'de RawValue>()? {
                    cells.push(cell);
                }
                Ok(Row(cells))
            }
        }
        from.deserialize_map(Cells)
    }
}

/// Reads a body.
///
/// # Errors
/// With the place of what is wrong: line and column, or row and field.
pub(super) fn read(bytes: &[u8]) -> Result<Sent, Problem> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|b| **b != b'\n').count() + 1;
        Problem::new(Code::BadJson).with("line", line).with("column", column).with("reason", "UTF-8")
    })?;
    let body: Body<'_> = serde_json::from_str(text).map_err(|error| {
        let code = if error.is_data() { Code::BadBody } else { Code::BadJson };
        // The sentence of the parser ends with the place, which ours says too.
        let reason = error.to_string();
        let reason = reason.rsplit_once(" at line ").map_or(reason.as_str(), |(reason, _)| reason).to_owned();
        Problem::new(code).with("line", error.line()).with("column", error.column()).with("reason", reason)
    })?;
    let Some(mode) = body.mode.as_deref().map_or(Some(Mode::default()), Mode::parse) else {
        return Err(Problem::field("mode", "api.field.mode"));
    };
    if body.rows.count > MAX_ROWS {
        let problem = Problem::new(Code::TooManyRows).with("limit", MAX_ROWS).with("count", body.rows.count);
        return Err(problem);
    }
    let batch = table(body.rows.kept)?;
    Ok(Sent { mode, dry_run: body.dry_run, accept_valid: body.accept_valid, batch })
}

/// Rows as a table. All have the same fields: were one left out read as blank, it would wipe out what is stored, and
/// were it read as "leave alone", a batch would mean something else than a file.
fn table(mut rows: Vec<Row<'_>>) -> Result<Batch, Problem> {
    let own = spread(&mut rows)?;
    let Some(first) = rows.first() else {
        return Err(Problem::field("rows", "api.field.no_rows"));
    };
    let mut columns: Vec<String> = first.0.iter().map(|(name, _)| name.clone()).collect();
    let further: Vec<String> = own.iter().filter(|name| !columns.contains(name)).cloned().collect();
    columns.extend(further);
    let mut batch = Batch { columns, rows: Vec::with_capacity(rows.len()) };
    for (number, row) in rows.iter().enumerate() {
        let wrong = |name: &str, key: &str| wrong(number, name, key);
        // Fields are compared with each other below.
        if row.0.len() > MAX_FIELDS {
            return Err(too_many(number));
        }
        let mut cells = Vec::with_capacity(batch.columns.len());
        for (i, name) in batch.columns.iter().enumerate() {
            // Fields usually stand in the same order.
            let found = row.0.get(i).filter(|(n, _)| n == name).or_else(|| row.0.iter().find(|(n, _)| n == name));
            match found {
                Some((_, raw)) => cells.push(cell(raw).ok_or_else(|| wrong(name, "api.field.nested"))?),
                None if own.contains(name) => cells.push(String::new()),
                None => return Err(wrong(name, "api.field.left_out")),
            }
        }
        let other = row.0.iter().find(|(name, _)| !batch.columns.contains(name));
        if let Some((name, _)) = other {
            return Err(wrong(name, "api.field.added"));
        }
        let twice = row.0.iter().enumerate().find(|(i, (name, _))| row.0[..*i].iter().any(|(n, _)| n == name));
        if let Some((_, (name, _))) = twice {
            return Err(wrong(name, "api.field.twice"));
        }
        // A row without a value would be passed over like a blank line of a file.
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Err(Problem::field_with(&format!("rows[{number}]"), "api.field.blank_row", &[("row", &number)]));
        }
        batch.rows.push(cells);
    }
    Ok(batch)
}

/// A remark on a field of a row.
fn wrong(row: usize, name: &str, key: &str) -> Problem {
    let name: String = name.chars().take(80).collect();
    Problem::field_with(&format!("rows[{row}].{name}"), key, &[("row", &row), ("name", &name)])
}

fn too_many(row: usize) -> Problem {
    let args: [(&str, &dyn ToString); 2] = [("row", &row), ("limit", &MAX_FIELDS)];
    Problem::field_with(&format!("rows[{row}]"), "api.field.too_many", &args)
}

/// Lays what stands under `attributes` of each row beside its other fields, as `attributes.NAME`; gives all these names.
///
/// Single facts are given out with the names under which they have something. A name that stands in one row only is blank
/// in the others, therefore; but like every field `attributes` stands in all rows or in none.
fn spread(rows: &mut [Row<'_>]) -> Result<BTreeSet<String>, Problem> {
    let mut own = BTreeSet::new();
    let mut is_there = None;
    for (number, row) in rows.iter_mut().enumerate() {
        let found =
            row.0.iter().position(|(name, raw)| name == OWN && matches!(raw.get().as_bytes(), [b'{', ..] | b"null"));
        if *is_there.get_or_insert(found.is_some()) != found.is_some() {
            return Err(wrong(number, OWN, if found.is_some() { "api.field.added" } else { "api.field.left_out" }));
        }
        let Some(at) = found else { continue };
        let (_, raw) = row.0.remove(at);
        if row.0.iter().any(|(name, _)| name == OWN) {
            return Err(wrong(number, OWN, "api.field.twice"));
        }
        if raw.get() == "null" {
            continue;
        }
        let Ok(Row(texts)) = serde_json::from_str::<Row<'_>>(raw.get()) else {
            return Err(wrong(number, OWN, "api.field.nested"));
        };
        for (name, raw) in texts {
            let name = format!("{OWN}.{name}");
            own.insert(name.clone());
            row.0.push((name, raw));
        }
        // All rows are as wide as these names are many.
        if own.len() > MAX_FIELDS {
            return Err(too_many(number));
        }
    }
    Ok(own)
}

/// A cell as text; none of a list or an object.
fn cell(raw: &RawValue) -> Option<String> {
    let text = raw.get();
    match text.as_bytes().first() {
        Some(b'"') => serde_json::from_str(text).ok(),
        Some(b'{' | b'[') => None,
        _ if text == "null" => Some(String::new()),
        // A number, true or false, as written.
        _ => Some(text.to_owned()),
    }
}

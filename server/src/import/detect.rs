//! A look at the whole file, column by column: which ways of writing its dates and numbers allow, what values occur.

use std::collections::HashMap;

use domain::read::{self, DateDetector, NumberDetector, Sign};

use super::bind::Bound;
use super::cell::{Order, Reading};
use super::csv::Nature;
use super::fault::{Code, Fault};
use super::mapping::{Compiled, Mapping};
use super::table::{Rows, Table};

/// Distinct values that are kept per column.
pub const DISTINCT: usize = 200;
/// Longest value that is kept as a sample.
const SAMPLE_LEN: usize = 120;
/// Lines that are named per column.
const LINES: usize = 5;

/// What one column holds.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Cells that are not blank.
    pub filled: u64,
    /// Values with how often they occur, in the order of first sight; only the first [`DISTINCT`].
    pub values: Vec<(String, u64)>,
    /// Whether there are more values than are kept.
    pub more_values: bool,
    dates: DateDetector,
    numbers: NumberDetector,
    /// Lines whose cell excludes day-month, the first few.
    not_dmy: Vec<u64>,
    /// Lines whose cell excludes month-day, the first few.
    not_mdy: Vec<u64>,
    seen: HashMap<String, usize>,
}

/// What is to be said of how a column is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// One way of reading.
    Fine,
    /// Several ways; somebody must decide.
    Ask(Code),
    /// No way fits all cells; the lines that contradict each other.
    Mixed(Vec<u64>),
}

/// What a file holds.
#[derive(Clone, Debug, Default)]
pub struct Detected {
    /// Rows, without blank ones.
    pub rows: u64,
    /// Rows with another number of fields, the first few.
    pub ragged: Vec<Fault>,
    /// Per column of the table.
    pub columns: Vec<Profile>,
}

impl Profile {
    fn take(&mut self, cell: &str, nature: Nature, line: u64) {
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.read(cell, nature, line);
        if let Some(at) = self.seen.get(cell) {
            if let Some((_, count)) = self.values.get_mut(*at) {
                *count += 1;
            }
        } else if self.values.len() < DISTINCT && cell.len() <= SAMPLE_LEN {
            self.seen.insert(cell.to_owned(), self.values.len());
            self.values.push((cell.to_owned(), 1));
        } else {
            self.more_values = true;
        }
    }

    /// Looks at how a cell is written; one of a worksheet that is a number or date itself says nothing.
    fn read(&mut self, cell: &str, nature: Nature, line: u64) {
        if nature != Nature::Written {
            return;
        }
        let fits = self.dates.see(cell);
        for (possible, lines) in [(fits.dmy, &mut self.not_dmy), (fits.mdy, &mut self.not_mdy)] {
            if !possible && lines.len() < LINES {
                lines.push(line);
            }
        }
        self.numbers.see(cell);
    }

    /// How its dates are to be read, if the mapping is silent.
    pub fn order(&self) -> Order {
        let found = self.dates.verdict();
        match (found.year_last, found.dmy, found.mdy) {
            (0, ..) | (_, true, true) => Order::Open,
            (_, true, false) => Order::Known(read::Order::Dmy),
            (_, false, true) => Order::Known(read::Order::Mdy),
            (_, false, false) => Order::Mixed,
        }
    }

    /// The decimal sign, if the cells leave only one.
    pub fn decimal(&self) -> Option<Sign> {
        self.numbers.verdict().sign()
    }

    /// How it is read: as the mapping says, else as its cells leave it.
    fn reading(&self, mapping: &Mapping) -> Reading {
        let given = Reading::of_mapping(mapping);
        Reading {
            order: if given.order == Order::Open { self.order() } else { given.order },
            decimal: given.decimal.or_else(|| self.decimal()),
        }
    }

    /// What is to be said of its dates.
    pub fn dates(&self) -> Verdict {
        match self.order() {
            Order::Open if self.dates.verdict().must_ask() => Verdict::Ask(Code::AmbiguousDate),
            Order::Mixed => {
                let mut lines = [self.not_dmy.as_slice(), self.not_mdy.as_slice()].concat();
                lines.sort_unstable();
                Verdict::Mixed(lines)
            }
            _ => Verdict::Fine,
        }
    }

    /// What is to be said of its numbers: ambiguous only if a cell has two readings and no other cell decides.
    pub fn numbers(&self) -> Verdict {
        let found = self.numbers.verdict();
        if found.ambiguous > 0 && found.sign().is_none() { Verdict::Ask(Code::AmbiguousNumber) } else { Verdict::Fine }
    }
}

/// Reads the whole table. What a skip leaves out decides nothing. `tick` is called now and then with the bytes read; it
/// stops the work by returning `false`.
///
/// # Errors
/// When the file cannot be read to its end, or the work was stopped.
pub fn detect(
    table: &Table,
    mapping: &Mapping,
    rules: &mut Compiled,
    mut tick: impl FnMut(u64) -> bool,
) -> Result<Detected, Fault> {
    if rules.compares() {
        compared(table, mapping, rules, &mut tick)?;
    }
    let mut found = Detected { columns: vec![Profile::default(); table.header().len()], ..Detected::default() };
    let mut rows = table.rows()?;
    while let Some(row) = rows.read()? {
        found.rows += 1;
        match row {
            Err(fault) if found.ragged.len() < LINES => found.ragged.push(fault),
            Err(_) => {}
            // A row of which a skip cannot tell will be refused: it decides as little as one that is left out.
            Ok(raw) if rules.skips(raw) != Ok(false) => {}
            Ok(raw) => {
                let line = raw.record.line();
                for (index, profile) in found.columns.iter_mut().enumerate() {
                    profile.take(raw.get(index), raw.nature(index), line);
                }
            }
        }
        go_on(found.rows, &rows, &mut tick)?;
    }
    Ok(found)
}

/// Settles how the columns that conditions compare are read. Which rows are left out depends on that, so all rows count.
fn compared(
    table: &Table,
    mapping: &Mapping,
    rules: &mut Compiled,
    tick: &mut impl FnMut(u64) -> bool,
) -> Result<(), Fault> {
    let mut profiles: HashMap<usize, Profile> = rules.compared().map(|index| (index, Profile::default())).collect();
    let (mut rows, mut seen) = (table.rows()?, 0);
    while let Some(row) = rows.read()? {
        seen += 1;
        if let Ok(raw) = row {
            let line = raw.record.line();
            profiles.iter_mut().for_each(|(index, profile)| profile.read(raw.get(*index), raw.nature(*index), line));
        }
        go_on(seen, &rows, tick)?;
    }
    rules.settle(|index| profiles.get(&index).map(|profile| profile.reading(mapping)));
    Ok(())
}

fn go_on(seen: u64, rows: &Rows<'_>, tick: &mut impl FnMut(u64) -> bool) -> Result<(), Fault> {
    if seen.is_multiple_of(4096) && !tick(rows.bytes()) { Err(Fault::new(Code::Cancelled)) } else { Ok(()) }
}

/// Whether the mapping leaves open how some mapped column is read.
pub fn is_needed(bound: &Bound) -> bool {
    let mapping = bound.mapping();
    let mapped = || bound.kind().columns().iter().enumerate().filter(|(i, _)| bound.index(*i).is_some());
    bound.compares()
        || (mapping.date_order.is_none() && mapped().any(|(_, c)| c.ty.is_date()))
        || (mapping.decimal.is_none() && mapped().any(|(_, c)| c.ty.is_number()))
}

/// Settles how columns are read where the mapping is silent and the file leaves one way; says what is left to ask.
pub fn settle(bound: &mut Bound, found: &Detected) -> Vec<(&'static str, Verdict)> {
    let mut verdicts = Vec::new();
    for (index, column) in bound.kind().columns().iter().enumerate() {
        let Some(profile) = bound.index(index).and_then(|i| found.columns.get(i)) else { continue };
        if column.ty.is_date() && bound.mapping().date_order.is_none() {
            verdicts.push((column.name, profile.dates()));
        }
        if column.ty.is_number() && bound.mapping().decimal.is_none() {
            verdicts.push((column.name, profile.numbers()));
        }
        bound.set_reading(index, profile.reading(bound.mapping()));
    }
    verdicts
}

#[cfg(test)]
mod tests;

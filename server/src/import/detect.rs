//! A look at the whole file, column by column: which ways of writing its dates and numbers allow, what values occur.

use std::collections::HashMap;

use super::bind::Bound;
use super::cell::{self, DateOrders, Decimals, Order, Reading};
use super::csv::Nature;
use super::fault::{Code, Fault};
use super::mapping::{DateOrder, Decimal};
use super::table::Table;

/// Distinct values that are kept per column.
pub const DISTINCT: usize = 200;
/// Longest value that is kept as a sample.
const SAMPLE_LEN: usize = 120;
/// Lines that are named per column.
const LINES: usize = 5;

/// What one column holds.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Cells that are not blank.
    pub filled: u64,
    /// Values with how often they occur, in the order of first sight; only the first [`DISTINCT`].
    pub values: Vec<(String, u64)>,
    /// Whether there are more values than are kept.
    pub more_values: bool,
    /// Orders of day and month that fit all cells.
    pub orders: DateOrders,
    /// Cells of digits that depend on the order.
    pub ordered: u64,
    /// Decimal signs that fit all cells.
    pub decimals: Decimals,
    /// Cells with a point or a comma.
    pub signed: u64,
    /// Lines whose cell excludes day-month, the first few.
    pub not_dmy: Vec<u64>,
    /// Lines whose cell excludes month-day, the first few.
    pub not_mdy: Vec<u64>,
    seen: HashMap<String, usize>,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            filled: 0,
            values: Vec::new(),
            more_values: false,
            orders: DateOrders::ANY,
            ordered: 0,
            decimals: Decimals::ANY,
            signed: 0,
            not_dmy: Vec::new(),
            not_mdy: Vec::new(),
            seen: HashMap::new(),
        }
    }
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
        let written = nature == Nature::Written;
        if let Some(orders) = cell::date_orders(cell).filter(|_| written) {
            self.ordered += 1;
            self.orders = self.orders.and(orders);
            for (possible, lines) in [(orders.dmy, &mut self.not_dmy), (orders.mdy, &mut self.not_mdy)] {
                if !possible && lines.len() < LINES {
                    lines.push(line);
                }
            }
        }
        if let Some(decimals) = cell::decimals(cell).filter(|_| written) {
            self.signed += 1;
            self.decimals = self.decimals.and(decimals);
        }
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

    /// How its dates are to be read, if the mapping is silent.
    pub fn order(&self) -> Order {
        match self.orders {
            _ if self.ordered == 0 => Order::Open,
            DateOrders { dmy: true, mdy: false } => Order::Known(DateOrder::Dmy),
            DateOrders { dmy: false, mdy: true } => Order::Known(DateOrder::Mdy),
            DateOrders { dmy: false, mdy: false } => Order::Mixed,
            DateOrders { dmy: true, mdy: true } => Order::Open,
        }
    }

    /// The decimal sign, if the cells leave only one.
    pub fn decimal(&self) -> Option<Decimal> {
        match self.decimals {
            Decimals { point: true, comma: false } => Some(Decimal::Point),
            Decimals { point: false, comma: true } => Some(Decimal::Comma),
            _ => None,
        }
    }

    /// What is to be said of its dates.
    pub fn dates(&self) -> Verdict {
        match self.order() {
            Order::Open if self.ordered > 0 => Verdict::Ask(Code::AmbiguousDate),
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
        let both = self.decimals.point && self.decimals.comma;
        if self.signed > 0 && both { Verdict::Ask(Code::AmbiguousNumber) } else { Verdict::Fine }
    }
}

/// Reads the whole table. `tick` is called now and then with the bytes read; it stops the work by returning `false`.
pub fn detect(table: &Table, mut tick: impl FnMut(u64) -> bool) -> Result<Detected, Fault> {
    let mut found = Detected { columns: vec![Profile::default(); table.header().len()], ..Detected::default() };
    let mut rows = table.rows()?;
    while let Some(row) = rows.read()? {
        found.rows += 1;
        match row {
            Err(fault) if found.ragged.len() < LINES => found.ragged.push(fault),
            Err(_) => {}
            Ok(raw) => {
                let line = raw.record.line();
                for (index, profile) in found.columns.iter_mut().enumerate() {
                    profile.take(raw.get(index), raw.nature(index), line);
                }
            }
        }
        if found.rows.is_multiple_of(4096) && !tick(rows.bytes()) {
            return Err(Fault::new(Code::Cancelled));
        }
    }
    Ok(found)
}

/// Whether the mapping leaves open how some mapped column is read.
pub fn is_needed(bound: &Bound) -> bool {
    let mapping = bound.mapping();
    let mapped = || bound.kind().columns().iter().enumerate().filter(|(i, _)| bound.index(*i).is_some());
    (mapping.date_order.is_none() && mapped().any(|(_, c)| c.ty.is_date()))
        || (mapping.decimal.is_none() && mapped().any(|(_, c)| c.ty.is_number()))
}

/// Settles how columns are read where the mapping is silent and the file leaves one way; says what is left to ask.
pub fn settle(bound: &mut Bound, found: &Detected) -> Vec<(&'static str, Verdict)> {
    let mut verdicts = Vec::new();
    for (index, column) in bound.kind().columns().iter().enumerate() {
        let Some(profile) = bound.index(index).and_then(|i| found.columns.get(i)) else { continue };
        let mut reading = Reading::of_mapping(bound.mapping());
        if column.ty.is_date() && reading.order == Order::Open {
            reading.order = profile.order();
            verdicts.push((column.name, profile.dates()));
        }
        if column.ty.is_number() && reading.decimal.is_none() {
            reading.decimal = profile.decimal();
            verdicts.push((column.name, profile.numbers()));
        }
        bound.set_reading(index, reading);
    }
    verdicts
}

#[cfg(test)]
mod tests;

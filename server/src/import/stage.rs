//! The reading half of an import: from the file to batches of typed rows, on a thread of its own.

use std::sync::atomic::Ordering;

use tokio::sync::mpsc::Sender;

use super::bind::Bound;
use super::detect;
use super::fact::{Fact, Identity};
use super::fault::{Code, Fault};
use super::keys::Keys;
use super::kind::Kind;
use super::kind::deals::{self, DealRow};
use super::kind::people::{self, PersonRow};
use super::mapping::fingerprint;
use super::report::Request;
use super::table::Table;

/// Rows of a batch: one statement each way, and never much memory.
pub const BATCH: usize = 500;

/// Typed rows of one kind.
#[derive(Debug)]
pub enum Typed {
    /// People.
    People(Vec<PersonRow>),
    /// Deals.
    Deals(Vec<DealRow>),
    /// Facts of another kind.
    Facts(Vec<Fact>),
}

/// What is known once the file has been looked at.
#[derive(Debug)]
pub struct Head {
    /// Whether the mapping gives a value for each of our columns.
    pub provided: Vec<bool>,
    /// SHA-256 of the file.
    pub sha256: String,
    /// Size of the file.
    pub bytes: u64,
    /// What the header is recognised by.
    pub fingerprint: String,
    /// Encoding of its text; a workbook has none.
    pub encoding: Option<&'static str>,
}

/// A piece of the work.
#[derive(Debug)]
pub enum Batch {
    /// Comes first.
    Head(Head),
    /// Rows.
    Rows {
        /// Good ones.
        typed: Typed,
        /// Refused ones.
        faults: Vec<Fault>,
        /// How many were left out by a rule.
        skipped: u64,
    },
    /// The file as a whole is refused; nothing follows.
    Refused(Vec<Fault>),
}

/// Reads a file to its end, or until nobody listens. Times with a zone become days of the organisation's.
pub fn read(request: &Request, time_zone: &str, out: &Sender<Batch>) {
    if let Err(faults) = read_file(request, time_zone, out) {
        // Nobody listening means that the import was given up already.
        let _ = out.blocking_send(Batch::Refused(faults));
    }
}

fn read_file(request: &Request, time_zone: &str, out: &Sender<Batch>) -> Result<(), Vec<Fault>> {
    let one = |fault: Fault| vec![fault];
    let table = Table::open(&request.path, &request.mapping, &request.beside, &request.limits).map_err(one)?;
    let progress = &request.progress;
    progress.total_bytes.store(table.probe().bytes, Ordering::Relaxed);
    let mut bound = Bound::new(request.kind, &request.mapping, table.header())?.in_zone(time_zone);
    if detect::is_needed(&bound) {
        let goes_on = |_| !progress.cancel.load(Ordering::Relaxed);
        let found = detect::detect(&table, &request.mapping, bound.rules_mut(), goes_on).map_err(one)?;
        detect::settle(&mut bound, &found);
    }
    let head = Head {
        provided: bound.provided(),
        sha256: table.probe().sha256.clone(),
        bytes: table.probe().bytes,
        fingerprint: fingerprint(table.own_header()),
        encoding: (!table.probe().zip).then(|| table.probe().encoding.name()),
    };
    if out.blocking_send(Batch::Head(head)).is_err() {
        return Ok(());
    }
    let mut keys = Keys::default();
    let mut batch = Collect::new(request.kind);
    let mut rows = table.rows().map_err(one)?;
    while let Some(row) = rows.read().map_err(one)? {
        match row {
            Err(fault) => batch.faults.push(fault),
            Ok(raw) => match bound.leaves_out(raw) {
                Ok(true) => batch.skipped += 1,
                Ok(false) => batch.faults.extend(batch.typed.take(&bound, raw, &mut keys).err()),
                Err(fault) => batch.faults.push(fault),
            },
        }
        batch.seen += 1;
        if batch.seen == BATCH {
            progress.bytes.store(rows.bytes(), Ordering::Relaxed);
            if progress.cancel.load(Ordering::Relaxed) {
                return Err(one(Fault::new(Code::Cancelled)));
            }
            if out.blocking_send(batch.finish(request.kind)).is_err() {
                return Ok(());
            }
        }
    }
    progress.bytes.store(rows.bytes(), Ordering::Relaxed);
    let _ = out.blocking_send(batch.finish(request.kind));
    Ok(())
}

/// A batch that is being filled.
struct Collect {
    typed: Typed,
    faults: Vec<Fault>,
    skipped: u64,
    seen: usize,
}

impl Collect {
    fn new(kind: Kind) -> Self {
        let typed = match kind {
            Kind::People => Typed::People(Vec::new()),
            Kind::Deals => Typed::Deals(Vec::new()),
            _ => Typed::Facts(Vec::new()),
        };
        Self { typed, faults: Vec::new(), skipped: 0, seen: 0 }
    }

    fn finish(&mut self, kind: Kind) -> Batch {
        let full = std::mem::replace(self, Self::new(kind));
        Batch::Rows { typed: full.typed, faults: full.faults, skipped: full.skipped }
    }
}

impl Typed {
    /// Reads a row and adds it.
    pub(super) fn take(&mut self, bound: &Bound, raw: super::csv::Raw<'_>, keys: &mut Keys) -> Result<(), Fault> {
        let row = bound.row(raw);
        let duplicate = |fault: Fault, column: &str| fault.column(column);
        match self {
            Typed::People(rows) => {
                let person = people::read(row)?;
                let from = person.from.map(|d| d.to_string()).unwrap_or_default();
                keys.once(&[&person.person, &from], person.line).map_err(|f| duplicate(f, "person"))?;
                rows.push(person);
            }
            Typed::Deals(rows) => {
                let deal = deals::read(row)?;
                keys.once(&[&deal.external_id], deal.line).map_err(|f| duplicate(f, "external_id"))?;
                rows.push(deal);
            }
            Typed::Facts(rows) => {
                let Some((_, read)) = bound.kind().facts() else { return Ok(()) };
                let mut fact = read(row)?;
                match &fact.identity {
                    Identity::Key(parts) => {
                        let who = fact.named().filter(|_| fact.keyed_by_who).unwrap_or_default();
                        let parts: Vec<&str> = parts.iter().map(String::as_str).chain([who]).collect();
                        keys.once(&parts, fact.line)?;
                    }
                    Identity::Content(parts) => {
                        fact.occurrence = keys.count(&parts.iter().map(String::as_str).collect::<Vec<_>>());
                    }
                }
                rows.push(fact);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

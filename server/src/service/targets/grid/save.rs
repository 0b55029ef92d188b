//! What was typed into the grid, or stands in a file: read by the rules of imports, all of it or nothing.

use app::caller::Caller;
use app::targets::data::GridInput;
use app::{ApiError, FieldError};
use domain::{Date, PersonId};
use sea_orm::DatabaseTransaction;
use serde_json::json;

use super::{Grid, Person, VALUE, cell_name, code, day, shown, sign_of};
use crate::authz::Denied;
use crate::error::{ServiceError, ServiceResult};
use crate::import::bind::Bound;
use crate::import::csv::{Raw, Record};
use crate::import::fact::{Fact, Named};
use crate::import::kind::targets::{TABLE, read};
use crate::import::store::directory::Directory;
use crate::import::store::facts::{self, Stored, number};
use crate::import::store::teams::Teams;
use crate::import::store::{Context, change, rates};
use crate::import::{Fault, Kind, Mapping, Org};
use crate::service::organisation::{Actor, record};
use crate::state::AppState;

const COLUMNS: [&str; 3] = ["metric", "month", "value"];

/// What one cell is to be.
pub(super) struct Wanted {
    pub person: PersonId,
    pub month: Date,
    /// What was typed; empty is no target.
    pub text: String,
    /// What stood there when the page was made; none of a file, which says what shall stand there whatever does now.
    pub before: Option<String>,
    /// Line of the file.
    pub line: Option<u64>,
}

/// Saves what was changed on a page.
pub(in crate::service::targets) async fn save(
    state: &AppState,
    caller: &Caller,
    input: GridInput,
) -> ServiceResult<()> {
    let grid = Grid::open(state, caller, input.query).await?;
    let mut wanted = Vec::new();
    for (name, text) in input.cells {
        let text = text.trim().to_owned();
        let before = input.before.get(&name).cloned().unwrap_or_default();
        if text == before {
            continue;
        }
        let is_it = |person: &&Person| name.starts_with(&format!("p{}-", person.id));
        let person = grid.people.iter().find(is_it).ok_or(Denied::NotFound)?;
        let mut months = grid.months.iter().map(|(month, _)| *month);
        let month = months.find(|month| cell_name(person.id, *month) == name).ok_or(Denied::NotFound)?;
        wanted.push(Wanted { person: person.id, month, text, before: Some(before), line: None });
    }
    // The fields come in no order.
    wanted.sort_by_key(|w| (grid.people.iter().position(|p| p.id == w.person), w.month));
    write(state, &grid, wanted).await
}

/// A target that is to be made or changed.
struct Change {
    fact: Fact,
    /// As it is stored, with its key.
    before: Option<(String, Stored)>,
    /// Place of its cell among those wanted.
    at: usize,
}

/// What is to be written.
#[derive(Default)]
struct Work {
    changes: Vec<Change>,
    gone: Vec<Stored>,
}

/// Writes cells in one transaction.
pub(super) async fn write(state: &AppState, grid: &Grid, wanted: Vec<Wanted>) -> ServiceResult<()> {
    let caller = &grid.desk.caller;
    let now = state.clock.now();
    let org = Org { id: caller.org_id.get(), currency: caller.currency.clone() };
    let txn = crate::db::patiently(|| crate::db::write_txn(&state.db)).await?;
    let work = compare(&txn, grid, &wanted).await?;
    if work.changes.is_empty() && work.gone.is_empty() {
        return Ok(());
    }
    let mut ctx = Context {
        people: Some(grid.people.iter().map(|p| p.id.get()).collect()),
        locale: caller.locale,
        ..Context::by_hand(rates::load(&txn, &org).await?, org, now)
    };
    let mut people = Directory::load(&txn, ctx.org.id).await?;
    let teams = Teams::load(&txn, ctx.org.id).await?;
    let (mut save, mut changed) = (Vec::with_capacity(work.changes.len()), 0u32);
    for Change { fact, before, at } in work.changes {
        let stored = before.as_ref().map(|(key, fact)| (key.as_str(), fact));
        let made = facts::correct(&txn, &mut ctx, &mut people, &teams, &TABLE, stored, fact).await?;
        let written = made.map_err(|fault| match wanted.get(at) {
            Some(cell) => ServiceError::from(remark(grid, cell, &fault)),
            None => Denied::NotFound.into(),
        })?;
        if let Some((_, old)) = &before {
            change::by_hand(&txn, &ctx, &TABLE, old, caller.user_id.get()).await?;
            changed += 1;
        }
        save.push(written);
    }
    facts::save(&txn, &mut ctx, &TABLE, &save).await?;
    for old in &work.gone {
        facts::remove(&txn, &mut ctx, &TABLE, old.id).await?;
    }
    ctx.flush(&txn).await?;
    crate::import::bump(&txn, ctx.org.id).await?;
    let actor = Actor { org_id: ctx.org.id, user_id: Some(caller.user_id.get()), via: "web" };
    let removed: Vec<_> = work.gone.iter().map(|old| change::to_json(&TABLE, old)).collect();
    let detail = json!({
        "metric": grid.metric.id, "year": grid.query.year, "changed": changed,
        "created": save.len() - usize::try_from(changed).unwrap_or_default(), "removed": removed,
    });
    record(&txn, actor, "targets.grid", (TABLE.name, None), detail, now).await?;
    txn.commit().await?;
    Ok(())
}

/// What differs from what is stored. Every cell that cannot be read is remarked on, and every one that somebody else
/// changed meanwhile.
async fn compare(txn: &DatabaseTransaction, grid: &Grid, wanted: &[Wanted]) -> ServiceResult<Work> {
    let locale = grid.desk.caller.locale;
    let mut stored = grid.stored(txn, &grid.people).await?;
    let header: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    let mapping = Mapping {
        columns: COLUMNS.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect(),
        decimal: Some(sign_of(locale)),
        ..Mapping::default()
    };
    let bound = Bound::new(Kind::Targets, &mapping, &header).map_err(|_| ApiError::NotFound)?;
    let (mut work, mut remarks, mut conflicts) = (Work::default(), Vec::new(), Vec::new());
    for (at, cell) in wanted.iter().enumerate() {
        let old = stored.remove(&(cell.person.get(), day(cell.month)));
        let micros = old.as_ref().and_then(|(_, row)| number(&row.cells, VALUE));
        let now = micros.map(|n| shown(locale, n)).unwrap_or_default();
        if cell.text == now {
            continue;
        }
        let is_stale = cell.before.as_ref().is_some_and(|before| *before != now);
        if cell.text.is_empty() {
            match old {
                _ if is_stale => conflicts.push((field(cell), now)),
                Some((_, row)) => work.gone.push(row),
                None => {}
            }
            continue;
        }
        let month = code(cell.month);
        let record = Record::of(cell.line.unwrap_or(1), [grid.metric.id, &month, &cell.text]);
        match read(bound.row(Raw::plain(&record))) {
            Err(fault) => remarks.push(remark(grid, cell, &fault)),
            Ok(fact) if number(&fact.cells, VALUE) == micros => {}
            Ok(_) if is_stale => conflicts.push((field(cell), now)),
            Ok(mut fact) => {
                let person = grid.people.iter().find(|p| p.id == cell.person).ok_or(Denied::NotFound)?;
                fact.who = Named::Person(person.key.clone());
                work.changes.push(Change { fact, before: old, at });
            }
        }
    }
    if !remarks.is_empty() {
        return Err(ApiError::Invalid(remarks).into());
    }
    if !conflicts.is_empty() {
        return Err(ApiError::Conflict(conflicts).into());
    }
    Ok(work)
}

fn field(cell: &Wanted) -> String {
    format!("cells[{}]", cell_name(cell.person, cell.month))
}

/// What is wrong with a cell: where it stands, and what stands there.
fn remark(grid: &Grid, cell: &Wanted, fault: &Fault) -> FieldError {
    let text = fault.message(grid.desk.caller.locale);
    let of_cell = |error: FieldError| error.arg("column", code(cell.month)).arg("value", &cell.text).arg("text", &text);
    match cell.line {
        Some(line) => of_cell(FieldError::new("", "targets.grid.remark_line").arg("row", line)),
        None => {
            let name = grid.people.iter().find(|p| p.id == cell.person).map(|p| p.name.as_str()).unwrap_or_default();
            of_cell(FieldError::new(&field(cell), "targets.grid.remark").arg("row", name))
        }
    }
}

//! Rows that the program makes itself, taken in as those of a file with our names of columns: keys, checks and
//! conversions are those of every import.

use domain::Timestamp;
use domain::read::{Order, Sign};
use sea_orm::{ConnectionTrait, DbErr};

use super::bind::Bound;
use super::csv::{Raw, Record};
use super::fault::Fault;
use super::keys::Keys;
use super::kind::Kind;
use super::mapping::{Mapping, UnknownPeople};
use super::report::{Mode, Org, Report};
use super::stage::{BATCH, Typed};
use super::store::directory::Directory;
use super::store::teams::Teams;
use super::store::{Context, facts, rates};
use crate::rollup::Touched;

/// Facts of one kind as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Kind of fact; people and deals have ways of their own.
    pub kind: Kind,
    /// Our names of the columns.
    pub columns: &'static [&'static str],
    /// A cell for each column; blank is not stated. Dates are `2026-04-01`, decimals have a point.
    pub rows: Vec<Vec<String>>,
}

/// Takes all rows in within the caller's transaction. They are of no import. Unless the report says `written`, the
/// caller gives the transaction up: a row was refused, or the kind has a way of its own.
///
/// # Errors
/// When the database refuses.
pub async fn take(db: &impl ConnectionTrait, org: &Org, sheet: &Sheet, now: Timestamp) -> Result<Report, DbErr> {
    let mut ctx = Context {
        org: org.clone(),
        import_id: None,
        mode: Mode::Create,
        unknown_people: UnknownPeople::Reject,
        people: None,
        provided: sheet.kind.columns().iter().map(|c| sheet.columns.contains(&c.name)).collect(),
        write: true,
        accept_valid: false,
        rates: rates::load(db, org).await?,
        locale: app::i18n::Locale::En,
        now,
        keys: Keys::default(),
        report: Report { rows: sheet.rows.len() as u64, ..Report::default() },
        touched: Touched::default(),
    };
    let Some((table, _)) = sheet.kind.facts() else { return Ok(ctx.report) };
    let facts = match read(sheet) {
        Ok(facts) => facts,
        Err(faults) => {
            faults.iter().for_each(|fault| ctx.reject(fault));
            return Ok(ctx.report);
        }
    };
    let mut people = Directory::load(db, org.id).await?;
    let teams = Teams::load(db, org.id).await?;
    let mut facts = facts.into_iter().peekable();
    while facts.peek().is_some() {
        let batch = facts.by_ref().take(BATCH).collect();
        facts::take(db, &mut ctx, &mut people, &teams, table, batch).await?;
    }
    if ctx.write {
        ctx.flush(db).await?;
    }
    ctx.report.written = ctx.write;
    Ok(ctx.report)
}

fn read(sheet: &Sheet) -> Result<Vec<super::fact::Fact>, Vec<Fault>> {
    let mapping = Mapping {
        date_order: Some(Order::Ymd),
        decimal: Some(Sign::Dot),
        columns: sheet.columns.iter().map(|name| ((*name).to_owned(), (*name).to_owned())).collect(),
        ..Mapping::default()
    };
    let header: Vec<String> = sheet.columns.iter().map(|name| (*name).to_owned()).collect();
    let bound = Bound::new(sheet.kind, &mapping, &header)?;
    let mut typed = Typed::Facts(Vec::with_capacity(sheet.rows.len()));
    let mut keys = Keys::default();
    let mut faults = Vec::new();
    for (line, row) in (2..).zip(&sheet.rows) {
        let record = Record::of(line, row.iter().map(String::as_str));
        faults.extend(typed.take(&bound, Raw::plain(&record), &mut keys).err());
    }
    match typed {
        Typed::Facts(facts) if faults.is_empty() => Ok(facts),
        _ => Err(faults),
    }
}

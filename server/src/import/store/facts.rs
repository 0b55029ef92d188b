//! Facts of the kinds that share one way into the database, against what is stored.

use std::collections::{BTreeMap, HashMap};

use domain::exchange::Rates;
use domain::{Currency, Date, Micros, Money};
use sea_orm::sea_query::{Expr, ExprTrait as _, LockType, OnConflict, Query, SelectStatement, Value};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::Context;
use super::alias;
use super::change;
use super::directory::Directory;
use super::teams::Teams;
use super::touch;
use crate::import::fact::{Cell, Fact, Identity, Named, Sort, Table, key_of};
use crate::import::fault::{Code, Fault};
use crate::import::report::Mode;
use crate::query::among::{among_ids, among_texts};

/// A row of a table of facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Identifier.
    pub id: i64,
    /// One per column of the table, none of them [`Cell::Keep`].
    pub cells: Vec<Cell>,
    /// Own columns as JSON.
    pub attributes: Option<String>,
    /// Import that last wrote it.
    pub import_id: Option<i64>,
    /// Moment of creation.
    pub created_at: i64,
    /// Moment of the last change.
    pub updated_at: i64,
}

/// Takes one batch of rows.
pub async fn take(
    db: &impl ConnectionTrait,
    ctx: &mut Context,
    people: &mut Directory,
    teams: &Teams,
    table: &'static Table,
    rows: Vec<Fact>,
) -> Result<(), DbErr> {
    let mut named = Vec::with_capacity(rows.len());
    for row in rows {
        match whom(ctx, people, teams, &row) {
            Ok(who) => named.push((key(&row, who), who, row)),
            Err(fault) => ctx.reject(&fault.line(row.line)),
        }
    }
    let keys: Vec<&str> = named.iter().map(|(key, _, _)| key.as_str()).collect();
    let mut known = by_key(db, ctx.org.id, table, &keys, ctx.write).await?;
    let unknown = keys.into_iter().filter(|key| !known.contains_key(*key));
    let corrected = alias::among(db, ctx.org.id, table, unknown).await?;
    let mut write = Vec::new();
    for (key, who, row) in named {
        let stored = known.remove(&key);
        if row.keyed_by_who
            && let Err(fault) = ctx.keys.once(&[&key], row.line)
        {
            // Two spellings of one person make one key.
            ctx.reject(&fault.with("key", row.identity.said()));
            continue;
        }
        if let Err(fault) = check(ctx, table, &row, stored.as_ref(), who) {
            ctx.reject(&fault.line(row.line));
            continue;
        }
        if stored.is_none() && corrected.contains(&key) {
            // Somebody put this line right: it is there, and says something else.
            ctx.report.unchanged += 1;
            continue;
        }
        ctx.report.rounded += u64::from(row.rounded);
        let wanted = merge(ctx, table, stored.as_ref(), row, who);
        let lacks_rate = table.convert.iter().any(|(amount, converted)| {
            number(&wanted.cells, *amount).is_some() && number(&wanted.cells, *converted).is_none()
        });
        ctx.report.unconverted += u64::from(lacks_rate);
        match stored {
            Some(old) if old.cells == wanted.cells && old.attributes == wanted.attributes => {
                ctx.report.unchanged += 1;
            }
            before => {
                *(if before.is_some() { &mut ctx.report.updated } else { &mut ctx.report.created }) += 1;
                write.push(Written { key, before, after: wanted });
            }
        }
    }
    people.flush(db, ctx, &HashMap::new()).await?;
    if !ctx.write {
        return Ok(());
    }
    change::keep(db, ctx, table, write.iter().filter_map(|row| row.before.as_ref())).await?;
    save(db, ctx, table, &write).await
}

/// A fact as it is stored, and as it is to be.
#[derive(Clone, Debug)]
pub struct Written {
    /// Its key, which may have changed.
    pub key: String,
    /// As it is stored; none: it is new.
    pub before: Option<Stored>,
    /// As it is to be.
    pub after: Stored,
}

/// What a correction by hand makes of a fact, or a new fact. A key that another fact has is refused.
pub async fn correct(
    db: &impl ConnectionTrait,
    ctx: &mut Context,
    people: &mut Directory,
    teams: &Teams,
    table: &'static Table,
    before: Option<(&str, &Stored)>,
    mut row: Fact,
) -> Result<Result<Written, Fault>, DbErr> {
    let who = match whom(ctx, people, teams, &row) {
        Ok(who) => who,
        Err(fault) => return Ok(Err(fault)),
    };
    let stored = before.map(|(_, fact)| fact);
    if let Err(fault) = check(ctx, table, &row, stored, who) {
        return Ok(Err(fault));
    }
    let mut new = key(&row, who);
    loop {
        let taken = by_key(db, ctx.org.id, table, &[&new], false).await?.into_values().next();
        match (taken, &row.identity) {
            (None, _) => break,
            (Some(same), _) if stored.is_some_and(|s| s.id == same.id) => break,
            (Some(_), Identity::Key(_)) => {
                return Ok(Err(Fault::new(Code::Exists).with("key", row.identity.said())));
            }
            // The same content once more is a fact of its own.
            (Some(_), Identity::Content(_)) => {
                row.occurrence += 1;
                new = key(&row, who);
            }
        }
    }
    Ok(Ok(Written { key: new, before: stored.cloned(), after: merge(ctx, table, stored, row, who) }))
}

/// Removes a fact. Flush the context before you commit.
pub async fn remove(db: &impl ConnectionTrait, ctx: &mut Context, table: &Table, id: i64) -> Result<(), DbErr> {
    touch::add_stored(db, &mut ctx.touched, table, ctx.org.id, std::iter::once(id)).await?;
    let delete = Query::delete()
        .from_table(table.name)
        .and_where(Expr::col("org_id").eq(ctx.org.id))
        .and_where(Expr::col("id").eq(id))
        .to_owned();
    db.execute(&delete).await?;
    alias::forget(db, ctx.org.id, table, id).await
}

/// The person and the team of a row; the outer none leaves what is stored.
type Who = Option<(Option<i64>, Option<i64>)>;

fn whom(ctx: &mut Context, people: &mut Directory, teams: &Teams, row: &Fact) -> Result<Who, Fault> {
    let team_of = |ctx: &Context, name: &str| match teams.find(name) {
        Some(_) if ctx.people.is_some() => Err(Fault::new(Code::NotAllowed).column("team").with("person", name)),
        found => Ok(found),
    };
    Ok(match &row.who {
        Named::Keep => None,
        Named::Nobody => Some((None, None)),
        Named::Person(name) => Some((Some(people.resolve(name, ctx).map_err(|f| f.column("person"))?), None)),
        Named::Team(name) => {
            let unknown = || Fault::new(Code::UnknownWho).column("team").with("value", name);
            Some((None, Some(team_of(ctx, name)?.ok_or_else(unknown)?)))
        }
        Named::Either(name) => {
            let person = people.find(name).map_err(|code| Fault::new(code).column("who").with("person", name))?;
            match (person, team_of(ctx, name)?) {
                (Some(_), Some(_)) => return Err(Fault::new(Code::AmbiguousWho).column("who").with("value", name)),
                (Some(_), None) => Some((Some(people.resolve(name, ctx).map_err(|f| f.column("who"))?), None)),
                (None, Some(team)) => Some((None, Some(team))),
                (None, None) => return Err(Fault::new(Code::UnknownWho).column("who").with("value", name)),
            }
        }
    })
}

fn key(row: &Fact, who: Who) -> String {
    let (parts, occurrence) = match &row.identity {
        Identity::Key(parts) => (parts, String::new()),
        Identity::Content(parts) => (parts, row.occurrence.to_string()),
    };
    let (person, team) = who.filter(|_| row.keyed_by_who).unwrap_or_default();
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let (person, team) = (id(person), id(team));
    key_of(parts.iter().map(String::as_str).chain([occurrence.as_str(), person.as_str(), team.as_str()]))
}

/// Whether a row may go in.
fn check(ctx: &Context, table: &Table, row: &Fact, stored: Option<&Stored>, who: Who) -> Result<(), Fault> {
    let name = row.identity.said();
    match (ctx.mode, stored) {
        (Mode::Create, Some(_)) => return Err(Fault::new(Code::Exists).with("key", name)),
        (Mode::Update, None) => return Err(Fault::new(Code::NotThere).with("key", name)),
        _ => {}
    }
    let own = |person: Option<i64>| ctx.people.is_none() || person.is_some_and(|p| ctx.allows(p));
    let before = stored.map(|s| table.person.and_then(|at| number(&s.cells, at)));
    let after = match who {
        Some((person, _)) => person,
        None => before.flatten(),
    };
    // Who may change only some people's facts changes neither those of others nor the organisation's own.
    if !own(after) || before.is_some_and(|person| !own(person)) {
        return Err(Fault::new(Code::NotAllowed).column("person").with("person", name));
    }
    if table.foreign.is_some_and(|at| text(&row.cells, at) == Some(ctx.org.currency.as_str())) {
        return Err(Fault::new(Code::OwnCurrency).column("currency").with("value", &ctx.org.currency));
    }
    Ok(())
}

/// The fact as it is to be stored: what the file provides over what is there.
fn merge(ctx: &Context, table: &Table, stored: Option<&Stored>, row: Fact, who: Who) -> Stored {
    let empty = |sort: Sort| match sort {
        Sort::Int => Cell::Int(None),
        Sort::Text => Cell::Text(None),
    };
    let mut cells: Vec<Cell> = table
        .columns
        .iter()
        .zip(row.cells)
        .enumerate()
        .map(|(at, ((_, sort), given))| match given {
            Cell::Keep => stored.and_then(|s| s.cells.get(at)).cloned().unwrap_or_else(|| empty(*sort)),
            given => given,
        })
        .collect();
    if let Some((person, team)) = who {
        for (at, id) in [(table.person, person), (table.team, team)] {
            if let Some(cell) = at.and_then(|at| cells.get_mut(at)) {
                *cell = Cell::Int(id);
            }
        }
    }
    if let Some(cell) = table.currency.and_then(|at| cells.get_mut(at))
        && *cell == Cell::Text(None)
    {
        *cell = Cell::is(&*ctx.org.currency);
    }
    convert(&ctx.exchange.rates, table, &mut cells);
    let attributes = match &row.attributes {
        Some(given) => as_json(given),
        None => stored.and_then(|s| s.attributes.clone()),
    };
    Stored {
        id: stored.map_or_else(crate::id::next, |s| s.id),
        cells,
        attributes,
        import_id: ctx.import_id,
        created_at: stored.map_or(ctx.now.0, |s| s.created_at),
        updated_at: ctx.now.0,
    }
}

/// Own columns as they are stored.
pub fn as_json(attributes: &BTreeMap<String, String>) -> Option<String> {
    (!attributes.is_empty()).then(|| serde_json::json!(attributes).to_string())
}

/// Fills in the amounts in the reporting currency, by the rate of the fact's day.
pub fn convert(rates: &Rates, table: &Table, cells: &mut [Cell]) {
    let currency: Option<Currency> = table.currency.and_then(|at| text(cells, at)).and_then(|code| code.parse().ok());
    let day = number(cells, table.day).and_then(|day| i32::try_from(day).ok()).and_then(Date::from_day_number);
    for (amount, converted) in table.convert {
        let in_reporting = number(cells, *amount).zip(currency).zip(day).and_then(|((micros, currency), day)| {
            rates.convert(Money { micros: Micros(micros), currency }, day).into_value()
        });
        if let Some(cell) = cells.get_mut(*converted) {
            *cell = Cell::Int(in_reporting.map(|m| m.micros.0));
        }
    }
}

/// The number in a cell.
pub fn number(cells: &[Cell], at: usize) -> Option<i64> {
    match cells.get(at) {
        Some(Cell::Int(n)) => *n,
        _ => None,
    }
}

/// The text in a cell.
pub fn text(cells: &[Cell], at: usize) -> Option<&str> {
    match cells.get(at) {
        Some(Cell::Text(text)) => text.as_deref(),
        _ => None,
    }
}

const COMMON: [&str; 5] = ["id", "attributes", "import_id", "created_at", "updated_at"];

/// Facts of these keys. Those that are held are changed by nobody else until the transaction ends.
async fn by_key(
    db: &impl ConnectionTrait,
    org_id: i64,
    table: &Table,
    keys: &[&str],
    hold: bool,
) -> Result<HashMap<String, Stored>, DbErr> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let mut of_keys = select(table, org_id);
    of_keys.and_where(among_texts(db.get_database_backend(), "fact_key", keys.iter().copied()));
    if hold {
        of_keys.lock(LockType::Update);
    }
    Ok(read(db, table, &of_keys).await?.into_iter().collect())
}

/// Facts of an organisation, to be narrowed and then given to [`read`].
pub fn select(table: &Table, org_id: i64) -> SelectStatement {
    Query::select()
        .columns(COMMON)
        .columns(table.columns.iter().map(|(name, _)| *name))
        .column("fact_key")
        .from(table.name)
        .and_where(Expr::col("org_id").eq(org_id))
        .to_owned()
}

/// Facts with their keys.
pub async fn read(
    db: &impl ConnectionTrait,
    table: &Table,
    select: &SelectStatement,
) -> Result<Vec<(String, Stored)>, DbErr> {
    let rows = db.query_all(select).await?;
    let place = COMMON.len() + table.columns.len();
    rows.iter().map(|row| Ok((row.try_get_by_index::<String>(place)?, stored(row, table)?))).collect()
}

fn stored(row: &QueryResult, table: &Table) -> Result<Stored, DbErr> {
    let cells = table.columns.iter().enumerate().map(|(at, (_, sort))| {
        let at = COMMON.len() + at;
        Ok(match sort {
            Sort::Int => Cell::Int(row.try_get_by_index(at)?),
            Sort::Text => Cell::Text(row.try_get_by_index(at)?),
        })
    });
    Ok(Stored {
        id: row.try_get_by_index(0)?,
        attributes: row.try_get_by_index(1)?,
        import_id: row.try_get_by_index(2)?,
        created_at: row.try_get_by_index(3)?,
        updated_at: row.try_get_by_index(4)?,
        cells: cells.collect::<Result<_, DbErr>>()?,
    })
}

/// Writes created and changed facts in one statement. Flush the context before you commit.
pub async fn save(db: &impl ConnectionTrait, ctx: &mut Context, table: &Table, rows: &[Written]) -> Result<(), DbErr> {
    if rows.is_empty() {
        return Ok(());
    }
    let known = rows.iter().filter_map(|row| row.before.as_ref()).map(|fact| fact.id);
    touch::add_stored(db, &mut ctx.touched, table, ctx.org.id, known).await?;
    let own = || table.columns.iter().map(|(name, _)| *name);
    let mut insert = Query::insert();
    insert.into_table(table.name).columns(["org_id", "fact_key"].into_iter().chain(COMMON).chain(own()));
    for Written { key, after: row, .. } in rows {
        touch::add(&mut ctx.touched, table, row);
        let head: [Value; 7] = [
            ctx.org.id.into(),
            key.as_str().into(),
            row.id.into(),
            row.attributes.clone().into(),
            row.import_id.into(),
            row.created_at.into(),
            row.updated_at.into(),
        ];
        let values = head.into_iter().chain(row.cells.iter().map(value)).map(Expr::value);
        insert.values(values).map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    let changing = ["fact_key", "attributes", "import_id", "updated_at"].into_iter().chain(own());
    insert.on_conflict(OnConflict::columns(["org_id", "id"]).update_columns(changing).to_owned());
    db.execute(&insert).await?;
    Ok(())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Int(n) => (*n).into(),
        Cell::Text(text) => text.clone().into(),
        Cell::Keep => Value::BigInt(None),
    }
}

/// Facts that are handled at a time.
const BATCH: u64 = 500;

/// Takes back what an import did to a table: facts it changed become what they were, facts it created are removed;
/// facts that were changed since stay as they are. Answers how many were restored and removed. Flush the context
/// before you commit.
pub async fn take_back(
    db: &impl ConnectionTrait,
    ctx: &mut Context,
    table: &Table,
    import_id: i64,
    user_id: Option<i64>,
) -> Result<(u64, u64), DbErr> {
    let (mut restored, mut after) = (0, i64::MIN);
    loop {
        let changes = change::of_import(db, ctx.org.id, import_id, table.name, after, BATCH).await?;
        let Some(last) = changes.last() else { break };
        after = last.id;
        let mut still = select(table, ctx.org.id);
        still
            .and_where(among_ids(db.get_database_backend(), "id", changes.iter().map(|c| c.fact_id)))
            .and_where(Expr::col("import_id").eq(import_id));
        let mut current: HashMap<i64, (String, Stored)> =
            read(db, table, &still).await?.into_iter().map(|(key, fact)| (fact.id, (key, fact))).collect();
        let still = changes.into_iter().filter_map(|change| {
            let created_at = current.get(&change.fact_id)?.1.created_at;
            Some((change, Some(created_at)))
        });
        let (mut rows, mut kept) = (Vec::new(), Vec::new());
        for (id, before) in change::back(db, ctx.org.id, table.name, still.collect()).await? {
            // What goes back to nothing is removed below with what this import created.
            let Some(before) = before else { continue };
            let Some((key, now)) = current.remove(&id) else { continue };
            let unreadable = || DbErr::Custom(format!("fact_change of {} {id} cannot be read", table.name));
            let mut after = change::from_value(table, &now, &before).ok_or_else(unreadable)?;
            // A rate may have changed since.
            convert(&ctx.exchange.rates, table, &mut after.cells);
            kept.push((id, change::to_json(table, &now)));
            rows.push(Written { key, before: Some(now), after });
        }
        restored += rows.len() as u64;
        change::before_undo(db, ctx, table.name, kept, user_id).await?;
        save(db, ctx, table, &rows).await?;
    }
    touch::add_import(db, &mut ctx.touched, table, ctx.org.id, import_id).await?;
    let delete = Query::delete()
        .from_table(table.name)
        .and_where(Expr::col("org_id").eq(ctx.org.id))
        .and_where(Expr::col("import_id").eq(import_id))
        .to_owned();
    let removed = db.execute(&delete).await?.rows_affected();
    Ok((restored, removed))
}

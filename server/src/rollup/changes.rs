//! Collects what a transaction does to deals and carries it into the stored sums.

use std::collections::{BTreeMap, HashMap};

use domain::OrgId;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::cell::places;
use super::lock::Lock;
use super::{Cell, Column, EVERYBODY, Entries, Grain, NOBODY, Touched, pack, unpack};
use crate::entity::{deal, deal_rollup};

/// More days of people than this are written before more are collected: what an import needs stays bounded.
const MOST_CELLS: usize = 60_000;
/// Rows a statement: within the number of values that both databases bind.
const CHUNK: usize = 1_000;

/// What a transaction does to deals, as differences of sums. Begin before you read the deals that you change, add
/// every change, and flush before you commit:
///
/// ```text
/// let mut changes = Changes::begin(&txn, org).await?;
/// changes.add(Some(&before), Some(&after));   // none before: created; none after: removed
/// changes.flush(&txn).await?;
/// txn.commit().await?;
/// ```
///
/// [`crate::query::deal::save`] and [`crate::query::deal::remove`] add for you; nothing else may write deals.
#[derive(Debug)]
#[must_use = "what is not flushed is lost"]
pub struct Changes {
    org: OrgId,
    cells: HashMap<(i64, i32), Cell>,
    /// Whether rows may be stored already: a first import need not look for them.
    has_rows: bool,
    /// Whether any deal changed at all.
    changed: bool,
    /// What else is made of deals.
    touched: Touched,
}

impl Changes {
    /// Begins, in a transaction that writes. Two that change deals of one organisation come one after the other, or
    /// they would overwrite each other's sums: PostgreSQL holds a lock until the end of the transaction, SQLite has
    /// one writer.
    ///
    /// # Errors
    /// When the database refuses, or another transaction has held the lock for longer than this one waits: then the
    /// database is busy, and the transaction is to be begun again.
    pub async fn begin(db: &impl ConnectionTrait, org: OrgId) -> Result<Self, DbErr> {
        Lock::Deals.hold(db, org).await?;
        let any = deal_rollup::Entity::find().filter(deal_rollup::Column::OrgId.eq(org.get())).limit(1).one(db).await?;
        Ok(Self { has_rows: any.is_some(), ..Self::of_nothing(org) })
    }

    /// No changes yet, and none that will be written.
    pub(super) fn of_nothing(org: OrgId) -> Self {
        Self { org, cells: HashMap::new(), has_rows: false, changed: false, touched: Touched::default() }
    }

    /// Adds a change of one deal: none before when it is created, none after when it is removed.
    pub fn add(&mut self, before: Option<&deal::Model>, after: Option<&deal::Model>) {
        self.changed |= before != after;
        let customer = |deal: &&deal::Model| (deal.status == 1).then(|| deal.account.clone()).flatten();
        let tells = |deal: Option<&deal::Model>| deal.map(|d| (customer(&d), d.closed_on, d.person_id));
        if tells(before) != tells(after) {
            before.iter().chain(&after).filter_map(customer).for_each(|name| self.touched.customer(&name));
        }
        if before.zip(after).is_some_and(|(b, a)| counts_alike(b, a)) {
            return;
        }
        let is_won = |deal: Option<&deal::Model>| deal.is_some_and(|d| d.status == 1);
        if is_won(before) != is_won(after) {
            before.iter().chain(&after).for_each(|deal| self.touched.deal(&deal.external_id));
        }
        for (deal, times) in [(before, -1), (after, 1)] {
            let Some(deal) = deal else {
                continue;
            };
            for (day, column, sign) in places(deal) {
                let key = (deal.person_id.unwrap_or(NOBODY), day);
                self.cells.entry(key).or_default().add(column, deal, times * sign);
            }
        }
    }

    /// Writes what was collected if it has grown large.
    ///
    /// # Errors
    /// As [`Changes::flush`].
    pub async fn flush_if_large(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        if self.cells.len() > MOST_CELLS { self.write_rows(db).await } else { Ok(()) }
    }

    /// Writes what was collected into the stored sums, and raises the organisation's data version if figures may have
    /// changed; says whether.
    ///
    /// # Errors
    /// When the database refuses, or holds sums that cannot be read.
    pub async fn flush(&mut self, db: &impl ConnectionTrait) -> Result<bool, DbErr> {
        self.write_rows(db).await?;
        // Before the data version is raised, for which others may wait while they hold what this waits for.
        self.touched.flush(db, self.org).await?;
        let changed = std::mem::take(&mut self.changed);
        if changed {
            crate::query::people::bump_data_version(db, self.org.get()).await?;
        }
        Ok(changed)
    }

    async fn write_rows(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let has_rows = std::mem::replace(&mut self.has_rows, true);
        let rows: Vec<_> = self.take_rows().into_iter().collect();
        for chunk in rows.chunk_by(|a, b| a.0.0 == b.0.0 && a.0.1 == b.0.1) {
            for chunk in chunk.chunks(CHUNK) {
                self.write(db, chunk, has_rows).await?;
            }
        }
        Ok(())
    }

    /// Every row that changes: days, and the months and years and totals that hold them.
    pub(super) fn take_rows(&mut self) -> BTreeMap<(Grain, i64, i32), Cell> {
        let mut rows: BTreeMap<(Grain, i64, i32), Cell> = BTreeMap::new();
        for ((person, day), mut cell) in std::mem::take(&mut self.cells) {
            cell.tidy();
            if !cell.is_empty() {
                rows.entry((Grain::Month, person, Grain::Month.first_day(day))).or_default().merge(&cell);
                rows.entry((Grain::Day, EVERYBODY, day)).or_default().merge(&cell);
                rows.insert((Grain::Day, person, day), cell);
            }
        }
        let months: Vec<_> = rows.range((Grain::Month, i64::MIN, i32::MIN)..).map(|(k, c)| (*k, c.clone())).collect();
        for ((_, person, day), cell) in months {
            rows.entry((Grain::Year, person, Grain::Year.first_day(day))).or_default().merge(&cell);
            rows.entry((Grain::Month, EVERYBODY, day)).or_default().merge(&cell);
            rows.entry((Grain::Year, EVERYBODY, Grain::Year.first_day(day))).or_default().merge(&cell);
        }
        rows.retain(|_, cell| {
            cell.tidy();
            !cell.is_empty()
        });
        rows
    }

    /// Writes rows of one grain and one person.
    async fn write(
        &self,
        db: &impl ConnectionTrait,
        rows: &[((Grain, i64, i32), Cell)],
        has_rows: bool,
    ) -> Result<(), DbErr> {
        let Some(((grain, person, _), _)) = rows.first() else {
            return Ok(());
        };
        let of_days = |days: Vec<i32>| {
            use deal_rollup::Column::{FirstDay, Grain, OrgId, PersonId};
            OrgId
                .eq(self.org.get())
                .and(Grain.eq(grain.stored()))
                .and(PersonId.eq(*person))
                .and(Expr::col(FirstDay).is_in(days))
        };
        let mut stored = HashMap::new();
        if has_rows {
            let days = rows.iter().map(|((_, _, day), _)| *day).collect();
            for row in deal_rollup::Entity::find().filter(of_days(days)).all(db).await? {
                stored.insert(row.first_day, row);
            }
        }
        let (mut models, mut emptied) = (Vec::with_capacity(rows.len()), Vec::new());
        for ((_, _, day), change) in rows {
            let mut cell = stored.get(day).map(cell_of).transpose()?.unwrap_or_default();
            cell.merge(change);
            cell.tidy();
            if cell.is_empty() {
                emptied.push(*day);
                continue;
            }
            models.push(deal_rollup::ActiveModel {
                org_id: Set(self.org.get()),
                grain: Set(grain.stored()),
                person_id: Set(*person),
                first_day: Set(*day),
                closed: Set(pack(&cell.closed)),
                began: Set(pack(&cell.began)),
                flow: Set(pack(&cell.flow)),
            });
        }
        if !models.is_empty() {
            use deal_rollup::Column::{Began, Closed, FirstDay, Flow, Grain, OrgId, PersonId};
            let replace = OnConflict::columns([OrgId, Grain, PersonId, FirstDay]);
            deal_rollup::Entity::insert_many(models)
                .on_conflict({ replace }.update_columns([Closed, Began, Flow]).to_owned())
                .exec_without_returning(db)
                .await?;
        }
        if !emptied.is_empty() {
            deal_rollup::Entity::delete_many().filter(of_days(emptied)).exec(db).await?;
        }
        Ok(())
    }
}

/// Whether two states of a deal add up to the same sums.
fn counts_alike(a: &deal::Model, b: &deal::Model) -> bool {
    let what = |d: &deal::Model| {
        let days = (d.created_on, d.engaged_on, d.closed_on);
        (d.person_id, d.is_split, d.status, days, d.reporting_micros, d.amount_micros.is_some())
    };
    what(a) == what(b)
}

/// A stored row's sums.
pub(super) fn cell_of(row: &deal_rollup::Model) -> Result<Cell, DbErr> {
    let entries = |column: Column, text: Option<&String>| {
        let mut all = Entries::default();
        let read = text.map_or(Some(Vec::new()), |t| unpack(t));
        let broken = || {
            let place = (row.grain, row.person_id, row.first_day);
            DbErr::Custom(format!("deal_rollup {place:?}: {column:?} cannot be read"))
        };
        for (status, sums) in read.ok_or_else(broken)? {
            *all.of(status) = sums;
        }
        Ok::<_, DbErr>(all)
    };
    Ok(Cell {
        closed: entries(Column::Closed, row.closed.as_ref())?,
        began: entries(Column::Began, row.began.as_ref())?,
        flow: entries(Column::Flow, row.flow.as_ref())?,
    })
}

//! The sums of customers' months by person, month and year, and how they follow the months.

use std::collections::{BTreeMap, HashMap};

use domain::OrgId;
use domain::recurring::Flows;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};

use super::{UNKNOWN, pack, unpack};
use crate::entity::{customer_mrr, mrr_sum};
use crate::rollup::{EVERYBODY, Grain};

/// More months of people than this are written before more are collected: what an import needs stays bounded.
const MOST_CELLS: usize = 60_000;
/// Rows a statement: within the number of values that both databases bind.
const CHUNK: usize = 1_000;

/// Differences of sums, by person and month.
#[derive(Debug)]
pub(super) struct Differences {
    org: OrgId,
    cells: HashMap<(i64, i32), Flows>,
}

impl Differences {
    /// None yet.
    pub(super) fn new(org: OrgId) -> Self {
        Self { org, cells: HashMap::new() }
    }

    /// Adds a customer's month, or with a sign of -1 takes it out again.
    pub(super) fn add(&mut self, month: &customer_mrr::Model, sign: i128) -> Result<(), DbErr> {
        if month.person_id != UNKNOWN {
            let cell = self.cells.entry((month.person_id, month.month)).or_default();
            *cell = cell.plus(figures(&month.figures)?, sign);
        }
        Ok(())
    }

    /// Carries what was collected into the stored sums if it has grown large.
    pub(super) async fn write_if_large(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        if self.cells.len() > MOST_CELLS { self.write(db).await } else { Ok(()) }
    }

    /// Carries what was collected into the stored sums.
    pub(super) async fn write(&mut self, db: &impl ConnectionTrait) -> Result<(), DbErr> {
        let rows: Vec<_> = self.take_rows().into_iter().collect();
        for of_person in rows.chunk_by(|a, b| a.0.0 == b.0.0 && a.0.1 == b.0.1) {
            for chunk in of_person.chunks(CHUNK) {
                self.write_chunk(db, chunk).await?;
            }
        }
        Ok(())
    }

    /// Every row that differs: months, years, and both of everybody.
    pub(super) fn take_rows(&mut self) -> BTreeMap<(Grain, i64, i32), Flows> {
        let mut rows: BTreeMap<(Grain, i64, i32), Flows> = BTreeMap::new();
        for ((person, month), flows) in std::mem::take(&mut self.cells) {
            for person in [person, EVERYBODY] {
                for grain in [Grain::Month, Grain::Year] {
                    let sum = rows.entry((grain, person, grain.first_day(month))).or_default();
                    *sum = sum.plus(flows, 1);
                }
            }
        }
        rows.retain(|_, flows| !flows.is_zero());
        rows
    }

    /// Writes rows of one grain and one person.
    async fn write_chunk(&self, db: &impl ConnectionTrait, rows: &[((Grain, i64, i32), Flows)]) -> Result<(), DbErr> {
        use mrr_sum::Column::{Figures, FirstDay, Grain, OrgId, PersonId};
        let Some(((grain, person, _), _)) = rows.first() else { return Ok(()) };
        let of_days = |days: Vec<i32>| {
            let of_person = OrgId.eq(self.org.get()).and(Grain.eq(grain.stored())).and(PersonId.eq(*person));
            of_person.and(Expr::col(FirstDay).is_in(days))
        };
        let mut stored = HashMap::new();
        let days = rows.iter().map(|((_, _, day), _)| *day).collect();
        for row in mrr_sum::Entity::find().filter(of_days(days)).all(db).await? {
            stored.insert(row.first_day, figures(&row.figures)?);
        }
        let (mut models, mut emptied) = (Vec::with_capacity(rows.len()), Vec::new());
        for ((_, _, day), difference) in rows {
            let sum = stored.get(day).copied().unwrap_or_default().plus(*difference, 1);
            if sum.is_zero() {
                emptied.push(*day);
                continue;
            }
            let row = mrr_sum::Model {
                org_id: self.org.get(),
                grain: grain.stored(),
                person_id: *person,
                first_day: *day,
                figures: pack(&sum),
            };
            models.push(row.into_active_model());
        }
        if !models.is_empty() {
            let replace = OnConflict::columns([OrgId, Grain, PersonId, FirstDay]).update_column(Figures).to_owned();
            mrr_sum::Entity::insert_many(models).on_conflict(replace).exec_without_returning(db).await?;
        }
        if !emptied.is_empty() {
            mrr_sum::Entity::delete_many().filter(of_days(emptied)).exec(db).await?;
        }
        Ok(())
    }
}

/// The figures of a stored row.
pub(super) fn figures(text: &str) -> Result<Flows, DbErr> {
    unpack(text).ok_or_else(|| DbErr::Custom(format!("stored recurring revenue cannot be read: {text}")))
}

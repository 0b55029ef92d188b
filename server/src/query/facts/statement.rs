//! Builds the statement: one arm per part and kind of credit, all of the same shape, joined by UNION ALL.

use std::ops::Range;

use domain::Date;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement, UnionType};

use super::super::column::Table;
use super::{DealQuery, Family, Part, rolled};

/// Sums are taken in two pieces, so that neither SQLite's integers nor PostgreSQL's bigint can overflow and the
/// total stays exact.
pub(in crate::query) const PIECE: i64 = 1_000_000_000;

pub(super) const FIRST_DAY: &str = "CASE WHEN deal.created_on IS NULL OR deal.engaged_on < deal.created_on \
                         THEN deal.engaged_on ELSE deal.created_on END";
pub(super) const BEGAN: &str = "COALESCE(deal.created_on, deal.engaged_on)";
const CYCLE: &str = "CASE WHEN deal.status = 1 THEN deal.closed_on - COALESCE(deal.engaged_on, deal.created_on) END";
const CYCLE_OR_LOST: &str =
    "CASE WHEN deal.status IN (1, 2) THEN deal.closed_on - COALESCE(deal.engaged_on, deal.created_on) END";

/// Where each column of the answer stands.
pub(super) struct Shape {
    pub person: Option<usize>,
    pub cycle: Option<usize>,
    pub factor: Option<usize>,
    pub texts: Range<usize>,
    /// Count, unconverted, high and low piece of the sum; then packed sums, if any are stored.
    pub sums: usize,
}

impl Shape {
    pub(super) fn of(query: &DealQuery<'_>) -> Self {
        // Family, first slot, last slot, status, deal.
        let mut next = 5;
        let mut take = |wanted: bool| {
            wanted.then(|| {
                next += 1;
                next - 1
            })
        };
        let (person, cycle, factor) =
            (take(query.by_person), take(query.cycle), take(query.probability || query.discount));
        let texts = next..next + query.columns.len();
        Self { person, cycle, factor, sums: texts.end, texts }
    }
}

/// The whole question as one statement; none when there is nothing to ask.
pub(super) fn union(query: &DealQuery<'_>, parts: &[Part], backend: DbBackend) -> Option<SelectStatement> {
    let mut arms = parts.iter().flat_map(|part| match query.stored.filter(|_| rolled::answers(query, part.family())) {
        Some(stored) => {
            let shared = if stored.has_split { arms(query, part, &[true], backend) } else { Vec::new() };
            rolled::arms(query, stored, part).into_iter().chain(shared).collect()
        }
        None => arms(query, part, &[false, true], backend),
    });
    let mut first = arms.next()?;
    for arm in arms {
        first.union(UnionType::All, arm);
    }
    Some(first)
}

/// The arms of a part, of deals whose credit is split or not.
fn arms(query: &DealQuery<'_>, part: &Part, credit: &[bool], backend: DbBackend) -> Vec<SelectStatement> {
    let mut all = Vec::new();
    for split in credit.iter().copied() {
        match part {
            Part::Closed(period, cuts) => {
                let day = || Expr::col(("deal", "closed_on"));
                let slot = slot_of(&day, cuts, 0);
                let next = slot_of(&day, cuts, 1);
                let mut arm = select(query, part.family(), (slot, next), split, backend);
                arm.and_where(day().gte(period.from().day_number()))
                    .and_where(day().lt(period.to().day_number()))
                    .and_where(Expr::cust(if query.discount {
                        "deal.status = 1 AND deal.discount_micros IS NOT NULL"
                    } else {
                        "deal.status <> 0"
                    }));
                all.push(arm);
            }
            Part::Began(period, cuts) => {
                let day = || Expr::cust(BEGAN);
                let (slot, next) = (slot_of(&day, cuts, 0), slot_of(&day, cuts, 1));
                let mut arm = select(query, part.family(), (slot, next), split, backend);
                arm.and_where(day().gte(period.from().day_number())).and_where(day().lt(period.to().day_number()));
                all.push(arm);
            }
            Part::Open(days) => {
                let (Some(earliest), Some(latest)) = (days.first(), days.last()) else {
                    continue;
                };
                // A deal that starts on a day is open at its end; one that is closed on it is not.
                let cuts: Vec<Date> = days.iter().filter_map(|d| d.add_days(1)).collect();
                let first_day = || Expr::cust(FIRST_DAY);
                let closed = || Expr::col(("deal", "closed_on"));
                let started = first_day().is_null().or(first_day().lte(latest.day_number()));
                for still_open in [true, false] {
                    let only_one = days.len() == 1;
                    let from = if only_one { Expr::cust("0") } else { slot_of(&first_day, &cuts, 0) };
                    let to = if still_open || only_one {
                        Expr::cust(days.len().to_string())
                    } else {
                        slot_of(&closed, &cuts, 0)
                    };
                    let mut arm = select(query, part.family(), (from, to), split, backend);
                    if still_open {
                        arm.and_where(Expr::cust("deal.status = 0"));
                    } else {
                        arm.and_where(closed().gt(earliest.day_number())).and_where(Expr::cust("deal.status <> 0"));
                    }
                    arm.and_where(started.clone());
                    all.push(arm);
                }
            }
        }
    }
    all
}

/// The number of cuts that a day has reached, plus an offset, as a balanced tree of comparisons. An unknown day
/// has reached none.
pub(in crate::query) fn slot_of(day: &dyn Fn() -> Expr, cuts: &[Date], offset: usize) -> Expr {
    if cuts.is_empty() {
        return Expr::cust(offset.to_string());
    }
    let middle = cuts.len() / 2;
    let below = slot_of(day, &cuts[..middle], offset);
    let above = slot_of(day, &cuts[middle + 1..], offset + middle + 1);
    Expr::case(day().gte(cuts[middle].day_number()), above).finally(below).into()
}

/// The number that stands for a family in the answer.
pub(super) const fn tag(family: Family) -> &'static str {
    match family {
        Family::Closed => "0",
        Family::Began => "1",
        Family::Open => "2",
    }
}

/// One arm without its condition on dates.
fn select(
    query: &DealQuery<'_>,
    family: Family,
    slots: (Expr, Expr),
    split: bool,
    backend: DbBackend,
) -> SelectStatement {
    let mut s = Query::select();
    let owner = if split { "deal_credit.person_id" } else { "deal.person_id" };
    let amount = if split { "deal_credit.reporting_micros" } else { "deal.reporting_micros" };
    let status = if family == Family::Open { "0" } else { "CAST(deal.status AS INTEGER)" };
    s.expr(Expr::cust(tag(family))).expr(slots.0).expr(slots.1).expr(Expr::cust(status));
    s.expr(Expr::cust(if split { "deal.id" } else { "CAST(NULL AS BIGINT)" }));
    if query.by_person {
        s.expr(Expr::cust(owner));
    }
    if query.cycle {
        s.expr(Expr::cust(match family {
            Family::Closed if query.cycle_lost => CYCLE_OR_LOST,
            Family::Closed => CYCLE,
            Family::Began | Family::Open => "CAST(NULL AS INTEGER)",
        }));
    }
    if query.probability || query.discount {
        s.expr(Expr::cust(match family {
            Family::Open if query.probability => "deal.probability_micros",
            Family::Closed if query.discount => "deal.discount_micros",
            Family::Open | Family::Closed | Family::Began => "CAST(NULL AS BIGINT)",
        }));
    }
    for column in query.columns {
        s.expr(column.expr(Table::Deals, backend));
    }
    let groups = Shape::of(query).sums;
    let unconverted = "CASE WHEN deal.reporting_micros IS NULL AND deal.amount_micros IS NOT NULL THEN 1 ELSE 0 END";
    if split {
        s.expr(Expr::cust("CAST(1 AS BIGINT)"))
            .expr(Expr::cust(format!("CAST({unconverted} AS BIGINT)")))
            .expr(Expr::cust(format!("{amount} / {PIECE}")))
            .expr(Expr::cust(format!("{amount} % {PIECE}")));
    } else {
        s.expr(Expr::cust("COUNT(*)"))
            .expr(Expr::cust(format!("SUM({unconverted})")))
            .expr(Expr::cust(format!("CAST(SUM({amount} / {PIECE}) AS BIGINT)")))
            .expr(Expr::cust(format!("CAST(SUM({amount} % {PIECE}) AS BIGINT)")))
            // By place: the same bound value is a different parameter in two places.
            .add_group_by((1..=groups).map(|n| Expr::cust(n.to_string())));
    }
    if query.stored.is_some() {
        s.expr(Expr::cust("CAST(NULL AS TEXT)"));
    }
    s.from("deal").and_where(Expr::col(("deal", "org_id")).eq(query.org.get()));
    if split {
        s.inner_join("deal_credit", Expr::cust("deal_credit.org_id = deal.org_id AND deal_credit.deal_id = deal.id"))
            // The owner of a split deal is empty: the index on it finds the few there are.
            .and_where(Expr::cust("deal.person_id IS NULL AND deal.is_split"));
    } else {
        s.and_where(Expr::cust("NOT deal.is_split"));
    }
    if let Some(people) = query.people {
        let people = people.iter().map(|p| p.get());
        let owner = if split { ("deal_credit", "person_id") } else { ("deal", "person_id") };
        s.and_where(Expr::col(owner).is_in(people));
    }
    for filter in query.filters {
        s.and_where(filter.condition(Table::Deals, backend));
    }
    s
}

#[cfg(test)]
mod tests {
    use domain::{OrgId, Period, PersonId};
    use migration::{Migrator, MigratorTrait as _};
    use sea_orm::{ConnectionTrait as _, Statement};

    use super::*;

    #[tokio::test]
    async fn deals_are_found_by_index() {
        let db = crate::db::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let year = Period::year(2025).unwrap();
        let parts = [Part::Closed(year, vec![year.from().add_days(90).unwrap()]), Part::Open(vec![year.last()])];
        let people = [PersonId::new(1), PersonId::new(2)];
        for people in [None, Some(&people[..])] {
            let query = DealQuery {
                org: OrgId::new(1),
                people,
                by_person: true,
                columns: &[],
                filters: &[],
                cycle: true,
                cycle_lost: false,
                probability: false,
                discount: false,
                stored: None,
            };
            let select = union(&query, &parts, db.get_database_backend()).unwrap();
            let built = db.get_database_backend().build(&select);
            let explain = Statement { sql: format!("EXPLAIN QUERY PLAN {}", built.sql), ..built };
            for row in db.query_all_raw(explain).await.unwrap() {
                let step: String = row.try_get("", "detail").unwrap();
                assert!(!step.starts_with("SCAN deal"), "{step}");
            }
        }
    }
}

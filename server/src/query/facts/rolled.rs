//! Reads stored sums in place of deals: the same arms, with the sums of each slot joined end to end into one row. A row
//! of each person would cost more to hand over than all there is in it.

use std::collections::BTreeMap;

use domain::PersonId;
use sea_orm::DbErr;
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Query, SelectStatement};

use super::statement::{Shape, slot_of, tag};
use super::{DealGroup, DealQuery, Family, Head, Part, Stored, status_of};
use crate::rollup::{EVERYBODY, Grain, NOBODY, Sums, cover, unpack_into};

/// Stands after the person of a row's sums, and between rows of different people; packed sums have neither.
const OF: char = ':';
const NEXT: char = ';';

/// Whether stored sums tell apart what is asked.
pub(super) fn answers(query: &DealQuery<'_>, family: Family) -> bool {
    let told_apart = match family {
        Family::Open => query.probability,
        Family::Closed => query.discount || query.cycle_lost,
        Family::Began => false,
    };
    query.columns.is_empty() && query.filters.is_empty() && !told_apart
}

/// The arms of a part: one per grain that is needed.
pub(super) fn arms(query: &DealQuery<'_>, stored: Stored<'_>, part: &Part) -> Vec<SelectStatement> {
    let numbers = |days: &[domain::Date]| -> Vec<i32> { days.iter().map(|d| d.day_number()).collect() };
    let (family, from, to, cuts) = match part {
        Part::Closed(period, cuts) => {
            (Family::Closed, Some(period.from().day_number()), period.to().day_number(), cuts.clone())
        }
        Part::Began(period, cuts) => {
            (Family::Began, Some(period.from().day_number()), period.to().day_number(), cuts.clone())
        }
        Part::Open(days) => {
            // What a day changed shows at its end.
            let mut ends: Vec<domain::Date> = days.iter().filter_map(|d| d.add_days(1)).collect();
            let Some(last) = ends.pop() else {
                return Vec::new();
            };
            (Family::Open, None, last.day_number(), ends)
        }
    };
    let (slots, cut_days) = (&cuts, numbers(&cuts));
    let covers = cover(&[Grain::Year, Grain::Month, Grain::Day], from, to, &cut_days);
    let arm = |cover: &crate::rollup::Cover| {
        let (Some(first), Some(last)) = (cover.spans.first(), cover.spans.last()) else {
            return None;
        };
        let (first, last) = (first.0, last.1);
        let reached = |day: i32| cut_days.partition_point(|cut| *cut <= day);
        let (low, high) = (reached(first), reached(last - 1));
        let day = || Expr::col(("deal_rollup", "first_day"));
        // A row stands for all its days: no cut lies inside it, so its first day tells its slot.
        let slot = |offset: usize| {
            if low == high { Expr::cust((low + offset).to_string()) } else { slot_of(&day, slots, offset) }
        };
        let end = if family == Family::Open { Expr::cust((cuts.len() + 1).to_string()) } else { slot(1) };
        let mut s = select(query, family, (slot(0), end));
        // Without a group there would be a row of nothing. In one slot rows come in the order of the key, and nothing
        // has to be sorted.
        s.add_group_by([Expr::col(("deal_rollup", "grain"))]);
        if low != high {
            s.add_group_by([Expr::cust("2"), Expr::cust("3")]);
        }
        s.and_where(Expr::col(("deal_rollup", "org_id")).eq(query.org.get()))
            .and_where(Expr::col(("deal_rollup", "grain")).eq(cover.grain.stored()))
            .and_where(whose(query, stored))
            .and_where(day().gte(first))
            .and_where(day().lt(last));
        if cover.spans.len() > 1 {
            let spans = cover.spans.iter().map(|(a, b)| day().gte(*a).and(day().lt(*b)));
            s.cond_where(spans.fold(Cond::any(), Cond::add));
        }
        Some(s)
    };
    covers.iter().filter_map(arm).collect()
}

/// The columns of every arm, of which stored sums fill family, slots, person and the last.
fn select(query: &DealQuery<'_>, family: Family, slots: (Expr, Expr)) -> SelectStatement {
    let column = match family {
        Family::Closed => "closed",
        Family::Began => "began",
        Family::Open => "flow",
    };
    let mut s = Query::select();
    s.expr(Expr::cust(tag(family))).expr(slots.0).expr(slots.1).expr(Expr::cust("0"));
    s.expr(Expr::cust("CAST(NULL AS BIGINT)"));
    let shape = Shape::of(query);
    if query.by_person {
        s.expr(Expr::cust("CAST(NULL AS BIGINT)"));
    }
    if shape.cycle.is_some() {
        s.expr(Expr::cust("CAST(NULL AS INTEGER)"));
    }
    if shape.factor.is_some() {
        s.expr(Expr::cust("CAST(NULL AS BIGINT)"));
    }
    let none = "CAST(NULL AS BIGINT)";
    s.expr(Expr::cust("CAST(0 AS BIGINT)")).expr(Expr::cust("CAST(0 AS BIGINT)"));
    s.expr(Expr::cust(none)).expr(Expr::cust(none));
    s.expr(Expr::cust(if query.by_person {
        format!("string_agg(CAST(deal_rollup.person_id AS TEXT) || '{OF}' || deal_rollup.{column}, '{NEXT}')")
    } else {
        format!("string_agg(deal_rollup.{column}, '')")
    }));
    s.from("deal_rollup").and_where(Expr::cust(format!("deal_rollup.{column} IS NOT NULL")));
    s
}

/// Rows of the people asked; of everybody the rows of all together, or else of each and of nobody.
fn whose(query: &DealQuery<'_>, stored: Stored<'_>) -> Expr {
    let person = || Expr::col(("deal_rollup", "person_id"));
    match (query.people, query.by_person, stored.roster) {
        (Some(people), ..) => person().is_in(people.iter().map(|p| p.get())),
        (None, false, _) => person().eq(EVERYBODY),
        (None, true, Some(all)) => person().is_in(all.iter().map(|p| p.get()).chain([NOBODY])),
        (None, true, None) => person().gte(NOBODY),
    }
}

/// By which dates, from and to which slot, whose.
type Place = (Family, usize, usize, Option<PersonId>);

/// Stored sums as they were read.
#[derive(Debug, Default)]
pub(super) struct Packed(BTreeMap<Place, Vec<(i16, Sums)>>);

impl Packed {
    /// Adds a row: the sums of one slot.
    pub(super) fn add(&mut self, head: &Head, text: &str, by_person: bool) -> Result<(), DbErr> {
        let broken = || DbErr::Custom("stored sums cannot be read".to_owned());
        if !by_person {
            return self.put(head, None, text).ok_or_else(broken);
        }
        for piece in text.split(NEXT) {
            let (person, sums) = piece.split_once(OF).ok_or_else(broken)?;
            let person = person.parse().ok().map(PersonId::new).ok_or_else(broken)?;
            self.put(head, Some(person).filter(|p| p.get() != NOBODY), sums).ok_or_else(broken)?;
        }
        Ok(())
    }

    fn put(&mut self, (family, slots, _): &Head, person: Option<PersonId>, text: &str) -> Option<()> {
        unpack_into(self.0.entry((*family, slots.start, slots.end, person)).or_default(), text)
    }

    /// The groups: of what is open one per day on which anything was. Days taken stay apart only if asked.
    pub(super) fn groups(self, cycle: bool) -> Vec<DealGroup> {
        let mut all = Vec::new();
        // Of what is open: per person how many days are asked, and what changed before each.
        let mut flows: BTreeMap<Option<PersonId>, (usize, BTreeMap<usize, Sums>)> = BTreeMap::new();
        let group = |family, slots, status, person, sums: Sums| DealGroup {
            family,
            slots,
            status,
            person,
            split: None,
            cycles: if cycle { sums.cycles } else { Vec::new() },
            factor: None,
            texts: Vec::new(),
            count: sums.count,
            unconverted: sums.unconverted,
            amount: sums.amount,
        };
        for ((family, start, end, person), states) in self.0 {
            for (status, sums) in states {
                if family == Family::Open {
                    let (days, flows) = flows.entry(person).or_default();
                    *days = end;
                    flows.entry(start).or_default().merge(&sums);
                } else {
                    all.push(group(family, start..end, status_of(status), person, sums));
                }
            }
        }
        for (person, (days, flows)) in flows {
            let mut open = Sums::default();
            for day in 0..days {
                if let Some(flow) = flows.get(&day) {
                    open.merge(flow);
                }
                if open.count != 0 {
                    let sums = Sums { cycles: Vec::new(), ..open.clone() };
                    all.push(group(Family::Open, day..day + 1, domain::metric::DealStatus::Open, person, sums));
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use domain::{OrgId, Period};
    use migration::{Migrator, MigratorTrait as _};
    use sea_orm::{ConnectionTrait as _, Statement};

    use super::super::statement::union;
    use super::*;

    #[tokio::test]
    async fn sums_are_looked_up_by_person_and_day_and_deals_are_not_touched() {
        let db = crate::db::connect("sqlite::memory:").await.unwrap();
        Migrator::up(&db, None).await.unwrap();
        let year = Period::year(2025).unwrap();
        let cut = year.from().add_days(100).unwrap();
        let parts = [Part::Closed(year, vec![cut]), Part::Began(year, Vec::new()), Part::Open(vec![cut])];
        let people = [PersonId::new(1), PersonId::new(2)];
        for (people, by_person) in [(None, false), (None, true), (Some(&people[..]), false), (Some(&people[..]), true)]
        {
            let stored = Some(Stored { roster: Some(&[]), has_split: false });
            let (columns, filters): (&[_], &[_]) = (&[], &[]);
            let query = DealQuery {
                org: OrgId::new(1),
                people,
                by_person,
                columns,
                filters,
                cycle: true,
                cycle_lost: false,
                probability: false,
                discount: false,
                stored,
            };
            let built = db.get_database_backend().build(&union(&query, &parts, db.get_database_backend()).unwrap());
            let explain = Statement { sql: format!("EXPLAIN QUERY PLAN {}", built.sql), ..built };
            let steps: Vec<String> =
                db.query_all_raw(explain).await.unwrap().iter().map(|r| r.try_get("", "detail").unwrap()).collect();
            let reads: Vec<&String> =
                steps.iter().filter(|s| s.starts_with("SEARCH") || s.starts_with("SCAN")).collect();
            // Closed and open in months and days, began in a year, open in a year besides.
            assert_eq!(reads.len(), 6, "{reads:?}");
            assert_eq!(reads.iter().filter(|r| r.contains("idx_deal_rollup_flow")).count(), 3, "{reads:?}");
            for read in reads {
                let by_key = |key: &str| {
                    format!(
                        "SEARCH deal_rollup USING {key} (org_id=? AND grain=? AND person_id=? AND first_day>? AND \
                         first_day<?)"
                    )
                };
                assert!(
                    [by_key("PRIMARY KEY"), by_key("COVERING INDEX idx_deal_rollup_flow")].contains(read),
                    "{read}"
                );
            }
        }
    }
}

//! Reads stored recurring revenue (see [`crate::mrr`]).

use std::collections::BTreeMap;

use domain::OrgId;
use domain::recurring::Flows;
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, DbErr};

use super::among::among_ids;
use super::subscription::customers_of;
use crate::mrr::{SEVERAL, UNKNOWN, unpack};
use crate::rollup::{EVERYBODY, Grain, NOBODY, cover};

/// Whose rows are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Those of all customers together.
    Everybody,
    /// Those of the customers of each of these people.
    People(&'a [i64]),
    /// Those of the customers of each person, of nobody and of several.
    Each,
}

/// Whether an amount of any customer cannot be converted.
///
/// # Errors
/// When the database refuses.
pub async fn is_any_unknown(db: &impl ConnectionTrait, org: OrgId) -> Result<bool, DbErr> {
    let mut s = months(org);
    s.expr(Expr::cust("1")).and_where(column("is_first")).and_where(column("person_id").eq(UNKNOWN)).limit(1);
    Ok(db.query_one(&s).await?.is_some())
}

/// What is added to figures before the last of some first days of months, by person and by how many of these days come
/// no later than it.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub async fn sums(
    db: &impl ConnectionTrait,
    org: OrgId,
    whose: Whose<'_>,
    bounds: &[i32],
) -> Result<BTreeMap<i64, BTreeMap<usize, Flows>>, DbErr> {
    let mut all: BTreeMap<i64, BTreeMap<usize, Flows>> = BTreeMap::new();
    let Some((last, cuts)) = bounds.split_last() else { return Ok(all) };
    for cover in cover(&[Grain::Year, Grain::Month, Grain::Day], None, *last, cuts) {
        let mut s = Query::select();
        let column = |name: &'static str| Expr::col(("mrr_sum", name));
        s.expr(column("person_id")).expr(column("first_day")).expr(column("figures")).from("mrr_sum");
        s.and_where(column("org_id").eq(org.get())).and_where(column("grain").eq(cover.grain.stored()));
        match whose {
            Whose::Everybody => s.and_where(column("person_id").eq(EVERYBODY)),
            Whose::People(people) => {
                s.and_where(among_ids(db.get_database_backend(), "person_id", people.iter().copied()))
            }
            Whose::Each => s.and_where(column("person_id").gte(NOBODY)),
        };
        let spans = cover.spans.iter().map(|(a, b)| column("first_day").gte(*a).and(column("first_day").lt(*b)));
        s.cond_where(spans.fold(Cond::any(), Cond::add));
        for row in db.query_all(&s).await? {
            let (person, first_day): (i64, i32) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
            let text: String = row.try_get_by_index(2)?;
            let flows = unpack(&text).ok_or_else(|| DbErr::Custom(format!("mrr_sum {person} {first_day}: {text}")))?;
            let slot = bounds.partition_point(|bound| *bound <= first_day);
            let sum = all.entry(person).or_default().entry(slot).or_default();
            *sum = sum.plus(flows, 1);
        }
    }
    Ok(all)
}

/// How many customers of each person the churn rate of some whole months counts: those who had revenue before them and
/// have none after them, and, if `visitors`, those who had some only in between.
///
/// # Errors
/// When the database refuses.
pub async fn churned(
    db: &impl ConnectionTrait,
    org: OrgId,
    whose: Whose<'_>,
    (from, to): (i32, i32),
    visitors: bool,
) -> Result<BTreeMap<i64, i64>, DbErr> {
    // The first month with a change tells what there was before, the last one what there is after.
    let before = "MIN(2 * month + CASE WHEN had_before THEN 1 ELSE 0 END) & 1";
    let after = "MAX(2 * month + CASE WHEN had_after THEN 1 ELSE 0 END) & 1";
    let within = "MAX(CASE WHEN had_within THEN 1 ELSE 0 END)";
    let mut of_customers = months(org);
    of_customers
        .expr_as(column("person_id"), "person_id")
        .and_where(column("is_moved"))
        .and_where(column("month").gte(from))
        .and_where(column("month").lt(to))
        .add_group_by([column("customer"), column("person_id")])
        .and_having(Expr::cust(format!("{after} = 0")));
    of_customers.and_having(Expr::cust(if visitors {
        format!("({before} = 1 OR {within} = 1)")
    } else {
        format!("{before} = 1")
    }));
    match whose {
        Whose::People(people) => {
            of_customers.and_where(among_ids(db.get_database_backend(), "person_id", people.iter().copied()));
        }
        Whose::Everybody | Whose::Each => (),
    }
    let counted = Query::select()
        .expr(Expr::col(("lost", "person_id")))
        .expr(Expr::cust("COUNT(*)"))
        .from_subquery(of_customers, "lost")
        .add_group_by([Expr::col(("lost", "person_id"))])
        .to_owned();
    let mut all = BTreeMap::new();
    for row in db.query_all(&counted).await? {
        let person: i64 = if whose == Whose::Everybody { EVERYBODY } else { row.try_get_by_index(0)? };
        *all.entry(person).or_default() += row.try_get_by_index::<i64>(1)?;
    }
    Ok(all)
}

/// Customers whose subscriptions are read although their months are stored.
#[derive(Clone, Copy, Debug)]
pub struct Ragged<'a> {
    /// First days of months of which a part is asked: those in which anything of a customer changes.
    pub months: &'a [i32],
    /// Whose customers these are.
    pub whose: Whose<'a>,
    /// All customers of these people.
    pub moved: &'a [i64],
    /// Customers of several, if any of them is one of these people's; all of them if nobody is listed.
    pub several: Option<Option<&'a [domain::PersonId]>>,
}

/// Names the customers; none if there can be none.
pub fn ragged(db: &impl ConnectionTrait, org: OrgId, ragged: Ragged<'_>) -> Option<SelectStatement> {
    let backend = db.get_database_backend();
    let names = || {
        let mut s = months(org);
        s.expr(column("customer"));
        s
    };
    let mut all = Vec::new();
    if !ragged.months.is_empty() {
        let mut s = names();
        s.and_where(column("is_moved")).and_where(column("month").is_in(ragged.months.iter().copied()));
        match ragged.whose {
            Whose::Everybody => (),
            Whose::People(people) => _ = s.and_where(among_ids(backend, "person_id", people.iter().copied())),
            Whose::Each => _ = s.and_where(column("person_id").gte(NOBODY)),
        }
        all.push(s);
    }
    if !ragged.moved.is_empty() {
        let mut s = names();
        s.and_where(column("is_first")).and_where(among_ids(backend, "person_id", ragged.moved.iter().copied()));
        all.push(s);
    }
    if let Some(listed) = ragged.several {
        let mut s = names();
        s.and_where(column("is_first")).and_where(column("person_id").eq(SEVERAL));
        if let Some(people) = listed {
            s.and_where(column("customer").in_subquery(customers_of(org, people)));
        }
        all.push(s);
    }
    let mut all = all.into_iter();
    let mut first = all.next()?;
    all.for_each(|s| _ = first.union(UnionType::Distinct, s));
    Some(first)
}

fn months(org: OrgId) -> SelectStatement {
    Query::select().from("customer_mrr").and_where(column("org_id").eq(org.get())).to_owned()
}

fn column(name: &'static str) -> Expr {
    Expr::col(("customer_mrr", name))
}

//! What is stored of customers: how often each bought of whom in a month, and when each was first and last one. The
//! statements that read and write it; [`crate::rollup`] says when it is made.

use std::collections::{BTreeSet, HashMap};

use domain::OrgId;
use domain::recurring::UsageFees;
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, QueryResult};

use super::aggregate::Group;
use super::among::among_texts;
use super::choices;
use super::customers::{self, Question};
use super::facts::slot_of;
use super::kept::{Days, somebody};
use super::sale;
use crate::rollup::{Grain, Names, cover};

const MONTH: [&str; 5] = ["org_id", "first_day", "customer", "person_id", "visits"];
const SPAN: [&str; 6] = ["org_id", "customer", "first_day", "person_id", "first_sale_on", "last_day"];

/// Whether a customer is one of these.
fn named(names: &Names, backend: DbBackend, column: &'static str) -> Cond {
    match names {
        Names::Some(names) => Cond::all().add(among_texts(backend, column, names.iter().map(String::as_str))),
        Names::All => Cond::all(),
    }
}

fn of_org(org: OrgId) -> Expr {
    Expr::col("org_id").eq(org.get())
}

/// Purchases, each once: a receipt on a day, of a customer and a person.
fn visits(org: OrgId) -> SelectStatement {
    Query::select()
        .distinct()
        .columns(["day", "customer", "receipt"])
        .expr_as(Expr::cust("COALESCE(person_id, 0)"), "person_id")
        .from("sales_line")
        .and_where(of_org(org))
        .and_where(Expr::cust(sale::SALES))
        .and_where(Expr::col("customer").is_not_null())
        .to_owned()
}

/// The rows of a month as the lines make them.
fn month(org: OrgId, names: &Names, from: i64, to: i64, backend: DbBackend) -> SelectStatement {
    let mut of_month = visits(org);
    of_month.cond_where(Days::Span(from, to).condition(backend, "day")).cond_where(named(names, backend, "customer"));
    let mut s = Query::select();
    s.expr(Expr::val(org.get())).expr(Expr::val(from)).columns(["customer", "person_id"]).expr(Expr::cust("COUNT(*)"));
    s.from_subquery(of_month, "visit").add_group_by(["3", "4"].map(Expr::cust));
    s
}

/// The rows of customers as the facts make them.
fn spans(org: OrgId, names: &Names, usage_fees: UsageFees, backend: DbBackend) -> SelectStatement {
    let ranked = Query::select()
        .expr(Expr::cust("*"))
        .expr_as(Expr::cust("ROW_NUMBER() OVER (PARTITION BY customer ORDER BY day, kind_order, id)"), "place")
        .from_subquery(customers::of_names(org, usage_fees, |column| named(names, backend, column)), "fact")
        .to_owned();
    let mut s = Query::select();
    s.expr(Expr::val(org.get())).column("customer");
    for column in [
        "MIN(day)",
        "MAX(CASE WHEN place = 1 THEN COALESCE(person_id, 0) END)",
        "MIN(CASE WHEN kind_order = 2 THEN day END)",
        "MAX(last_day)",
    ] {
        s.expr(Expr::cust(format!("CAST({column} AS BIGINT)")));
    }
    s.from_subquery(ranked, "event").add_group_by([Expr::cust("2")]);
    s
}

async fn replace(
    db: &impl ConnectionTrait,
    table: &'static str,
    gone: Cond,
    columns: impl IntoIterator<Item = &'static str>,
    rows: SelectStatement,
) -> Result<(), DbErr> {
    db.execute(&Query::delete().from_table(table).cond_where(gone).to_owned()).await?;
    let mut insert = Query::insert();
    insert.into_table(table).columns(columns);
    insert.select_from(rows).map_err(|error| DbErr::Custom(error.to_string()))?;
    db.execute(&insert).await?;
    Ok(())
}

/// Makes the purchases of customers in a month anew.
///
/// # Errors
/// When the database refuses.
pub async fn make_month(
    db: &impl ConnectionTrait,
    org: OrgId,
    names: &Names,
    (from, to): (i64, i64),
) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let gone = Cond::all().add(of_org(org)).add(Expr::col("first_day").eq(from)).add(named(names, backend, "customer"));
    replace(db, "customer_month", gone, MONTH, month(org, names, from, to, backend)).await
}

/// Makes the first and last days of customers anew.
///
/// # Errors
/// When the database refuses.
pub async fn make_spans(db: &impl ConnectionTrait, org: OrgId, names: &Names) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let gone = Cond::all().add(of_org(org)).add(named(names, backend, "customer"));
    let usage_fees = choices::newest(db, org).await?.0.recurring.usage_fees;
    replace(db, "customer_span", gone, SPAN, spans(org, names, usage_fees, backend)).await
}

/// Whether no customer's days are stored.
///
/// # Errors
/// When the database refuses.
pub async fn is_empty(db: &impl ConnectionTrait, org: OrgId) -> Result<bool, DbErr> {
    let s = Query::select().column("customer").from("customer_span").and_where(of_org(org)).limit(1).to_owned();
    Ok(db.query_one(&s).await?.is_none())
}

/// The months of which purchases are stored.
///
/// # Errors
/// When the database refuses.
pub async fn months(db: &impl ConnectionTrait, org: OrgId) -> Result<Vec<i64>, DbErr> {
    let s = Query::select().distinct().column("first_day").from("customer_month").and_where(of_org(org)).to_owned();
    db.query_all(&s).await?.iter().map(|row| row.try_get_by_index(0)).collect()
}

/// Purchases of customers in slots: the customer is the only text, the count is of receipts, each once on each day. Whole
/// months are read as they are stored, other days from the lines.
///
/// # Errors
/// When the database refuses.
pub async fn visits_of(db: &impl ConnectionTrait, q: &Question<'_>) -> Result<Vec<Group>, DbErr> {
    let cuts: Vec<i32> = q.cuts.iter().map(|d| d.day_number()).collect();
    let (from, to) = (q.span.from().day_number(), q.span.to().day_number());
    let mut arms = cover(&[Grain::Month, Grain::Day], Some(from), to, &cuts).into_iter().map(|cover| {
        let is_month = cover.grain == Grain::Month;
        let name = if is_month { "first_day" } else { "day" };
        let day = || Expr::col(name);
        let spans = cover.spans.iter().map(|(a, b)| day().gte(*a).and(day().lt(*b))).fold(Cond::any(), Cond::add);
        let mut s = Query::select();
        s.expr(slot_of(&day, q.cuts, 0));
        s.expr(if q.by_person { Expr::col("person_id") } else { Expr::cust("CAST(NULL AS BIGINT)") });
        s.column("customer");
        if is_month {
            s.expr(Expr::cust("CAST(SUM(visits) AS BIGINT)")).from("customer_month").and_where(of_org(q.org));
            s.cond_where(spans);
        } else {
            let mut of_days = visits(q.org);
            of_days.cond_where(spans);
            s.expr(Expr::cust("COUNT(*)")).from_subquery(of_days, "visit");
        }
        if let Some(people) = q.people {
            s.and_where(Expr::col("person_id").is_in(people.iter().map(|p| p.get())));
        }
        s.add_group_by(["1", "2", "3"].map(Expr::cust));
        s
    });
    let Some(mut select) = arms.next() else { return Ok(Vec::new()) };
    for arm in arms {
        select.union(UnionType::All, arm);
    }
    let group = |row: &QueryResult| group(row, vec![row.try_get_by_index(2)?], row.try_get_by_index(3)?);
    db.query_all(&select).await?.iter().map(group).collect()
}

/// New customers by the day and the person of their first fact.
///
/// # Errors
/// When the database refuses.
pub async fn new(db: &impl ConnectionTrait, q: &Question<'_>) -> Result<Vec<Group>, DbErr> {
    let day = || Expr::col("first_day");
    let mut s = Query::select();
    s.expr(slot_of(&day, q.cuts, 0));
    s.expr(if q.by_person { Expr::col("person_id") } else { Expr::cust("CAST(NULL AS BIGINT)") });
    s.expr(Expr::cust("COUNT(*)")).from("customer_span").and_where(of_org(q.org));
    s.and_where(day().gte(q.span.from().day_number())).and_where(day().lt(q.span.to().day_number()));
    if let Some(people) = q.people {
        s.and_where(Expr::col("person_id").is_in(people.iter().map(|p| p.get())));
    }
    s.add_group_by(["1", "2"].map(Expr::cust));
    db.query_all(&s).await?.iter().map(|row| group(row, Vec::new(), row.try_get_by_index(2)?)).collect()
}

fn group(row: &QueryResult, texts: Vec<Option<String>>, count: i64) -> Result<Group, DbErr> {
    Ok(Group {
        slot: usize::try_from(row.try_get_by_index::<i32>(0)?).unwrap_or(0),
        person: somebody(row.try_get_by_index(1)?),
        texts,
        marks: Vec::new(),
        count,
        sums: Vec::new(),
    })
}

/// Which day of a customer is asked.
#[derive(Clone, Copy, Debug)]
pub enum Day {
    /// Of the first sale.
    FirstSale,
    /// The last on which it bought or paid; of a subscription the last day of service, which may lie ahead.
    Last,
}

/// A day of each of these customers, if it has one.
///
/// # Errors
/// When the database refuses.
pub async fn days_of<'a>(
    db: &impl ConnectionTrait,
    org: OrgId,
    day: Day,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<HashMap<String, i64>, DbErr> {
    let column = match day {
        Day::FirstSale => "first_sale_on",
        Day::Last => "last_day",
    };
    let mut s = Query::select();
    s.columns(["customer", column]).from("customer_span").and_where(of_org(org));
    s.and_where(Expr::col(column).is_not_null());
    s.and_where(among_texts(db.get_database_backend(), "customer", names));
    db.query_all(&s).await?.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

/// First day of the month, customer, person, visits.
pub type Month = (i64, String, i64, i64);
/// Customer, first day, person, first sale, last day.
pub type Span = (String, i64, i64, Option<i64>, i64);

/// The purchases of a month that are stored, and as the lines make them.
///
/// # Errors
/// When the database refuses.
pub async fn both_months(
    db: &impl ConnectionTrait,
    org: OrgId,
    (from, to): (i64, i64),
) -> Result<[BTreeSet<Month>; 2], DbErr> {
    let stored = Query::select()
        .columns(MONTH)
        .from("customer_month")
        .and_where(of_org(org))
        .cond_where(Days::Span(from, to).condition(db.get_database_backend(), "first_day"))
        .to_owned();
    let read = |row: &QueryResult| {
        Ok((row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?, row.try_get_by_index(4)?))
    };
    let all = |rows: Vec<QueryResult>| rows.iter().map(read).collect::<Result<BTreeSet<Month>, DbErr>>();
    let counted = month(org, &Names::All, from, to, db.get_database_backend());
    Ok([all(db.query_all(&stored).await?)?, all(db.query_all(&counted).await?)?])
}

/// The first and last days that are stored, and as the facts make them.
///
/// # Errors
/// When the database refuses.
pub async fn both_spans(db: &impl ConnectionTrait, org: OrgId) -> Result<[BTreeSet<Span>; 2], DbErr> {
    let stored = Query::select().columns(SPAN).from("customer_span").and_where(of_org(org)).to_owned();
    let read = |row: &QueryResult| {
        Ok((
            row.try_get_by_index(1)?,
            row.try_get_by_index(2)?,
            row.try_get_by_index(3)?,
            row.try_get_by_index(4)?,
            row.try_get_by_index(5)?,
        ))
    };
    let all = |rows: Vec<QueryResult>| rows.iter().map(read).collect::<Result<BTreeSet<Span>, DbErr>>();
    let usage_fees = choices::newest(db, org).await?.0.recurring.usage_fees;
    let counted = spans(org, &Names::All, usage_fees, db.get_database_backend());
    Ok([all(db.query_all(&stored).await?)?, all(db.query_all(&counted).await?)?])
}

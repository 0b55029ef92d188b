//! What tells of customers, whatever kind of fact it is: deals won, subscriptions that cost something, sales.
//!
//! A deal with split credit is nobody's here: it makes a customer of the organisation, not of a person. What is given off
//! a subscription makes no customer, and what is metered on top of it only where the organisation counts it as recurring.

use std::collections::HashMap;

use domain::recurring::UsageFees;
use domain::{Date, OrgId, Period, PersonId};
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait as _, Query, SelectStatement, UnionType};
use sea_orm::{ConnectionTrait, DbBackend, DbErr};

use super::aggregate::Group;
use super::column::{Filter, Table, TextColumn};
use super::facts::slot_of;

/// Which facts are read and how finely they are told apart.
#[derive(Clone, Debug)]
pub struct Question<'a> {
    /// Whose facts.
    pub org: OrgId,
    /// The days.
    pub span: Period,
    /// Days on which they are cut into slots.
    pub cuts: &'a [Date],
    /// Only facts of these people; none: everybody's and nobody's.
    pub people: Option<&'a [PersonId]>,
    /// Whether facts of different people stay apart.
    pub by_person: bool,
    /// Text columns whose values stay apart.
    pub texts: &'a [TextColumn],
    /// Only facts with these values.
    pub filters: &'a [Filter],
    /// Whether metered fees make a customer.
    pub usage_fees: UsageFees,
}

const KINDS: [Table; 3] = [Table::Deals, Table::Subscriptions, Table::SalesLines];

/// The facts of one kind that make a customer: customer, day, person, order, id, texts.
fn events(q: &Question<'_>, table: Table, order: usize, backend: DbBackend) -> SelectStatement {
    let name = table.name();
    let customer = if table == Table::Deals { "account" } else { "customer" };
    let mut s = Query::select();
    s.expr_as(Expr::col((name, customer)), "customer")
        .expr_as(Expr::col((name, table.day())), "day")
        .expr_as(Expr::col((name, "person_id")), "person_id")
        .expr_as(Expr::cust(order.to_string()), "kind_order")
        .expr_as(Expr::col((name, "id")), "id");
    for (i, column) in columns(q).enumerate() {
        s.expr_as(column.expr(table, backend), text(i));
    }
    s.from(name)
        .and_where(Expr::col((name, "org_id")).eq(q.org.get()))
        .and_where(Expr::col((name, customer)).is_not_null())
        .and_where(Expr::cust(makes_customer(table, q.usage_fees)));
    s
}

/// What makes a fact tell of a customer.
fn makes_customer(table: Table, usage_fees: UsageFees) -> String {
    let no_plan = match usage_fees {
        UsageFees::LeftOut => "'discount', 'one_off_discount', 'usage'",
        UsageFees::Counted => "'discount', 'one_off_discount'",
    };
    match table {
        Table::Deals => "deal.status = 1 AND deal.closed_on IS NOT NULL".to_owned(),
        Table::Subscriptions => format!(
            "subscription.per_year_micros > 0 \
             AND (subscription.part IS NULL OR subscription.part NOT IN ({no_plan})) \
             AND (subscription.end_on IS NULL OR subscription.end_on > subscription.start_on)"
        ),
        _ => "sales_line.kind = 0".to_owned(),
    }
}

/// The last day of a fact on which its customer bought or paid.
fn last_day(table: Table) -> String {
    match table {
        Table::Deals => "deal.closed_on".to_owned(),
        Table::Subscriptions => format!("COALESCE(subscription.end_on, {NEVER}) - 1"),
        _ => "sales_line.day".to_owned(),
    }
}

/// All that tells of customers, whatever it is: customer, day, person, order, id, last day.
pub(super) fn of_names(org: OrgId, usage_fees: UsageFees, named: impl Fn(&'static str) -> Cond) -> SelectStatement {
    let arm = |table: Table, order: usize| {
        let name = table.name();
        let customer = if table == Table::Deals { "account" } else { "customer" };
        let mut s = Query::select();
        s.expr_as(Expr::col((name, customer)), "customer")
            .expr_as(Expr::col((name, table.day())), "day")
            .expr_as(Expr::col((name, "person_id")), "person_id")
            .expr_as(Expr::cust(order.to_string()), "kind_order")
            .expr_as(Expr::col((name, "id")), "id")
            .expr_as(Expr::cust(last_day(table)), "last_day")
            .from(name)
            .and_where(Expr::col((name, "org_id")).eq(org.get()))
            .and_where(Expr::col((name, customer)).is_not_null())
            .and_where(Expr::cust(makes_customer(table, usage_fees)))
            .cond_where(named(customer));
        s
    };
    let [first, rest @ ..] = KINDS;
    let mut all = arm(first, 0);
    for (i, table) in rest.into_iter().enumerate() {
        all.union(UnionType::All, arm(table, i + 1));
    }
    all
}

/// The text columns asked, then those of the filters.
fn columns<'a>(q: &'a Question<'_>) -> impl Iterator<Item = &'a TextColumn> {
    q.texts.iter().chain(q.filters.iter().map(|f| &f.column))
}

fn text(i: usize) -> Alias {
    Alias::new(format!("text_{i}"))
}

fn all_events(q: &Question<'_>, backend: DbBackend) -> SelectStatement {
    let [first, rest @ ..] = KINDS;
    let mut all = events(q, first, 0, backend);
    for (i, table) in rest.into_iter().enumerate() {
        all.union(UnionType::All, events(q, table, i + 1, backend));
    }
    all
}

/// Slot, person and texts of events, and the conditions on them.
fn grouped(q: &Question<'_>, from: SelectStatement) -> SelectStatement {
    let day = || Expr::col("day");
    let mut s = Query::select();
    s.expr(slot_of(&day, q.cuts, 0));
    s.expr(if q.by_person { Expr::col("person_id") } else { Expr::cust("CAST(NULL AS BIGINT)") });
    for i in 0..q.texts.len() {
        s.expr(Expr::col(text(i)));
    }
    s.from_subquery(from, "event")
        .and_where(day().gte(q.span.from().day_number()))
        .and_where(day().lt(q.span.to().day_number()));
    if let Some(people) = q.people {
        s.and_where(Expr::col("person_id").is_in(people.iter().map(|p| p.get())));
    }
    for (i, filter) in q.filters.iter().enumerate() {
        let column = Expr::col(text(q.texts.len() + i));
        s.and_where(match &filter.value {
            Some(value) => column.eq(value.as_str()),
            None => column.is_null(),
        });
    }
    s
}

/// Customers by their first fact ever in the organisation, where it lies in the span and passes the filters.
///
/// # Errors
/// When the database refuses.
pub async fn new(db: &impl ConnectionTrait, q: &Question<'_>) -> Result<Vec<Group>, DbErr> {
    let ranked = Query::select()
        .expr(Expr::cust("*"))
        .expr_as(Expr::cust("ROW_NUMBER() OVER (PARTITION BY customer ORDER BY day, kind_order, id)"), "place")
        .from_subquery(all_events(q, db.get_database_backend()), "fact")
        .to_owned();
    let mut select = grouped(q, ranked);
    let keys = 2 + q.texts.len();
    select
        .expr(Expr::cust("COUNT(*)"))
        .and_where(Expr::col("place").eq(1))
        .add_group_by((1..=keys).map(|n| Expr::cust(n.to_string())));
    let mut found = Vec::new();
    for row in db.query_all(&select).await? {
        found.push(Group {
            slot: usize::try_from(row.try_get_by_index::<i32>(0)?).unwrap_or(0),
            person: row.try_get_by_index::<Option<i64>>(1)?.map(PersonId::new),
            texts: (2..keys).map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>()?,
            marks: Vec::new(),
            count: row.try_get_by_index(keys)?,
            sums: Vec::new(),
        });
    }
    Ok(found)
}

/// Customers that were sold to in the span and up to a day: the customer is the last text, the last day of a sale the only mark.
///
/// # Errors
/// When the database refuses.
pub async fn sold_to(db: &impl ConnectionTrait, q: &Question<'_>, until: i64) -> Result<Vec<Group>, DbErr> {
    let mut select = grouped(q, all_events(q, db.get_database_backend()));
    let keys = 3 + q.texts.len();
    select
        .expr(Expr::col("customer"))
        .expr(Expr::cust("CAST(MAX(day) AS BIGINT)"))
        .expr(Expr::cust("COUNT(*)"))
        .and_where(Expr::col("day").lte(until))
        .add_group_by((1..=keys).map(|n| Expr::cust(n.to_string())));
    let mut found = Vec::new();
    for row in db.query_all(&select).await? {
        found.push(Group {
            slot: usize::try_from(row.try_get_by_index::<i32>(0)?).unwrap_or(0),
            person: row.try_get_by_index::<Option<i64>>(1)?.map(PersonId::new),
            texts: (2..keys).map(|i| row.try_get_by_index(i)).collect::<Result<_, _>>()?,
            marks: vec![row.try_get_by_index(keys)?],
            count: row.try_get_by_index(keys + 1)?,
            sums: Vec::new(),
        });
    }
    Ok(found)
}

/// A day that no subscription outlives.
const NEVER: i64 = i32::MAX as i64;

/// The last day on which each customer bought or paid, in the whole organisation: of a subscription the last day of
/// service, which may lie ahead.
///
/// # Errors
/// When the database refuses.
pub async fn last_days(
    db: &impl ConnectionTrait,
    org: OrgId,
    usage_fees: UsageFees,
) -> Result<HashMap<String, i64>, DbErr> {
    let all = of_names(org, usage_fees, |_| Cond::all());
    let select = Query::select()
        .expr(Expr::col("customer"))
        .expr(Expr::cust("CAST(MAX(last_day) AS BIGINT)"))
        .from_subquery(all, "event")
        .add_group_by([Expr::cust("1")])
        .to_owned();
    let mut found = HashMap::new();
    for row in db.query_all(&select).await? {
        if let Some(day) = row.try_get_by_index::<Option<i64>>(1)? {
            found.insert(row.try_get_by_index(0)?, day);
        }
    }
    Ok(found)
}

//! Receipts that lie in more than one day, or are of more than one person or customer. Stored figures count receipts by
//! these, and such ones more than once; what is too much is taken off by them.

use std::collections::BTreeSet;

use domain::OrgId;
use sea_orm::sea_query::{Cond, Expr, ExprTrait as _, OnConflict, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DbErr, QueryResult};

use super::aggregate::{Group, Question};
use super::among::among_texts;
use super::facts::slot_of;
use super::kept::Days;
use super::sale;

/// Finds those that touch these days anew.
///
/// # Errors
/// When the database refuses.
pub async fn make(db: &impl ConnectionTrait, org: OrgId, days: Days<'_>) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let of_org = || Expr::col("org_id").eq(org.get());
    let of_days = || days.condition(backend, "day");
    let known = Query::select()
        .distinct()
        .column("receipt")
        .from("spread_receipt")
        .and_where(of_org())
        .cond_where(of_days())
        .to_owned();
    let rows = db.query_all(&known).await?;
    let known: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0)).collect::<Result<_, _>>()?;
    let known = || among_texts(backend, "receipt", known.iter().map(String::as_str));
    let delete = Query::delete().from_table("spread_receipt").and_where(of_org()).and_where(known()).to_owned();
    db.execute(&delete).await?;

    let mut new = several(org);
    if !matches!(days, Days::All) {
        let on_days = Query::select()
            .column("receipt")
            .from("sales_line")
            .and_where(of_org())
            .and_where(Expr::cust(sale::SALES))
            .cond_where(of_days())
            .to_owned();
        new.cond_where(Cond::any().add(Expr::col("receipt").in_subquery(on_days)).add(known()));
    }
    let mut insert = Query::insert();
    insert.into_table("spread_receipt").columns(KEY);
    insert.select_from(places(org, new)).map_err(|error| DbErr::Custom(error.to_string()))?;
    insert.on_conflict(OnConflict::columns(KEY).do_nothing().to_owned());
    db.execute(&insert).await?;
    Ok(())
}

const KEY: [&str; 5] = ["org_id", "day", "receipt", "person_id", "customer"];

/// Those receipts.
fn several(org: OrgId) -> SelectStatement {
    let mut several = Query::select();
    several.column("receipt").from("sales_line").and_where(Expr::col("org_id").eq(org.get()));
    several.and_where(Expr::cust(sale::SALES));
    several.add_group_by([Expr::col("receipt")]).cond_having(
        Cond::any()
            .add(Expr::cust("MIN(day) <> MAX(day)"))
            .add(Expr::cust("MIN(COALESCE(person_id, 0)) <> MAX(COALESCE(person_id, 0))"))
            .add(Expr::cust("MIN(COALESCE(customer, '')) <> MAX(COALESCE(customer, ''))")),
    );
    several
}

/// The days, people and customers of these receipts, each once.
fn places(org: OrgId, of: SelectStatement) -> SelectStatement {
    Query::select()
        .distinct()
        .columns(["org_id", "day", "receipt"])
        .expr(Expr::cust("COALESCE(person_id, 0)"))
        .expr(Expr::cust("COALESCE(customer, '')"))
        .from("sales_line")
        .and_where(Expr::col("org_id").eq(org.get()))
        .and_where(Expr::cust(sale::SALES))
        .and_where(Expr::col("receipt").in_subquery(of))
        .to_owned()
}

/// A day, a receipt, a person and a customer.
pub type Place = (i64, String, i64, String);

/// All that are stored, and all as the lines make them.
///
/// # Errors
/// When the database refuses.
pub async fn both(db: &impl ConnectionTrait, org: OrgId) -> Result<[BTreeSet<Place>; 2], DbErr> {
    let stored =
        Query::select().columns(KEY).from("spread_receipt").and_where(Expr::col("org_id").eq(org.get())).to_owned();
    let read = |row: &QueryResult| {
        Ok((row.try_get_by_index(1)?, row.try_get_by_index(2)?, row.try_get_by_index(3)?, row.try_get_by_index(4)?))
    };
    let all = |rows: Vec<QueryResult>| rows.iter().map(read).collect::<Result<BTreeSet<Place>, DbErr>>();
    Ok([all(db.query_all(&stored).await?)?, all(db.query_all(&places(org, several(org))).await?)?])
}

/// How many days and people each has in a slot: the receipt is the only text. By customer those of a known customer, which is
/// the second text.
///
/// # Errors
/// When the database refuses.
pub async fn groups(db: &impl ConnectionTrait, q: &Question<'_>, by_customer: bool) -> Result<Vec<Group>, DbErr> {
    let day = || Expr::col("day");
    let texts: &[&'static str] = if by_customer { &["receipt", "customer"] } else { &["receipt"] };
    let mut places = Query::select();
    places.distinct().columns(["day", "person_id"]).columns(texts.iter().copied());
    places
        .from("spread_receipt")
        .and_where(Expr::col("org_id").eq(q.org.get()))
        .and_where(day().gte(q.span.from().day_number()))
        .and_where(day().lt(q.span.to().day_number()));
    if by_customer {
        places.and_where(Expr::col("customer").ne(""));
    }
    if let Some(people) = q.people {
        places.and_where(Expr::col("person_id").is_in(people.iter().map(|p| p.get())));
    }
    let mut s = Query::select();
    s.expr(slot_of(&day, q.cuts, 0));
    s.expr(if q.by_person { Expr::col("person_id") } else { Expr::cust("CAST(NULL AS BIGINT)") });
    s.columns(texts.iter().copied()).expr(Expr::cust("COUNT(*)")).from_subquery(places, "place");
    s.add_group_by((1..=2 + texts.len()).map(|n| Expr::cust(n.to_string())));
    let group = |row: &QueryResult| {
        Ok(Group {
            slot: usize::try_from(row.try_get_by_index::<i32>(0)?).unwrap_or(0),
            person: super::kept::somebody(row.try_get_by_index(1)?),
            texts: (2..2 + texts.len()).map(|at| row.try_get_by_index(at)).collect::<Result<_, DbErr>>()?,
            marks: Vec::new(),
            count: row.try_get_by_index(2 + texts.len())?,
            sums: Vec::new(),
        })
    };
    db.query_all(&s).await?.iter().map(group).collect()
}

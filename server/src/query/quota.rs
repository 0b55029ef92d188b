//! Targets that came in as facts, by which attainment is measured.

use domain::{OrgId, Period, PersonId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query};
use sea_orm::{ConnectionTrait, DbErr};

use crate::import::kind::targets::TABLE;
use crate::import::store::facts::{self, Stored};
use crate::query::among::among_ids;

/// What a target is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Identifier.
    pub id: i64,
    /// Whose, if a person's.
    pub person_id: Option<i64>,
    /// Whose, if a team's.
    pub team_id: Option<i64>,
    /// First day.
    pub from_day: i64,
    /// The day after the last.
    pub to_day: i64,
    /// The column that it is limited to a value of.
    pub where_column: Option<String>,
    /// That value.
    pub where_value: Option<String>,
    /// The value in millionths.
    pub value_micros: i64,
}

/// Person (0: nobody's), identifier, first day, the day after the last, value.
const NUMBERS: &str = "string_agg(COALESCE(quota.person_id, 0) || ' ' || quota.id || ' ' || quota.from_day || ' ' || \
                       quota.to_day || ' ' || quota.value_micros, ',')";

/// The targets on a metric that touch a period; of people only those of these, if given. A board of a year needs
/// thousands: those on the same value of the same column come as one row, because to hand over a row costs more than
/// what is in it.
///
/// # Errors
/// When the database refuses, or what it joined cannot be read.
pub async fn on(
    db: &impl ConnectionTrait,
    org: OrgId,
    metric: &str,
    span: Period,
    people: Option<&[PersonId]>,
) -> Result<Vec<Quota>, DbErr> {
    let column = |name: &'static str| Expr::col(("quota", name));
    let mut select = Query::select();
    select
        .exprs(["team_id", "where_column", "where_value"].map(column))
        .expr(Expr::cust(NUMBERS))
        .from("quota")
        .and_where(column("org_id").eq(org.get()))
        .and_where(column("metric").eq(metric))
        .and_where(column("from_day").lt(span.to().day_number()))
        .and_where(column("to_day").gt(span.from().day_number()))
        .add_group_by(["team_id", "where_column", "where_value"].map(column));
    if let Some(people) = people {
        let listed = column("person_id").is_in(people.iter().map(|p| p.get()));
        select.and_where(column("person_id").is_null().or(listed));
    }
    let mut all = Vec::new();
    for row in db.query_all(&select).await? {
        let numbers: String = row.try_get_by_index(3)?;
        for one in numbers.split(',') {
            let broken = || DbErr::Custom(format!("quota: {one} cannot be read"));
            let numbers: Vec<i64> = one.split(' ').map(str::parse).collect::<Result<_, _>>().map_err(|_| broken())?;
            let [person, id, from_day, to_day, value_micros] = numbers[..] else { return Err(broken()) };
            all.push(Quota {
                id,
                person_id: Some(person).filter(|person| *person != 0),
                team_id: row.try_get_by_index(0)?,
                from_day,
                to_day,
                where_column: row.try_get_by_index(1)?,
                where_value: row.try_get_by_index(2)?,
                value_micros,
            });
        }
    }
    all.sort_unstable_by_key(|quota| quota.id);
    Ok(all)
}

/// Targets of people on a metric that lie in a span and are about nothing in particular, with their keys.
///
/// # Errors
/// When the database refuses.
pub async fn of_people(
    db: &impl ConnectionTrait,
    org: OrgId,
    metric: &str,
    people: impl IntoIterator<Item = i64>,
    span: Period,
) -> Result<Vec<(String, Stored)>, DbErr> {
    let mut select = facts::select(&TABLE, org.get());
    select
        .and_where(Expr::col("metric").eq(metric))
        .and_where(among_ids(db.get_database_backend(), "person_id", people))
        .and_where(Expr::col("from_day").gte(span.from().day_number()))
        .and_where(Expr::col("to_day").lte(span.to().day_number()))
        .and_where(Expr::col("where_column").is_null());
    facts::read(db, &TABLE, &select).await
}

//! Targets that came in as facts, by which attainment is measured.

use domain::{OrgId, Period, PersonId};
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, UnionType};
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

/// Person and team (0: nobody's), identifier, first day, the day after the last, value.
const NUMBERS: &str = "string_agg(COALESCE(quota.person_id, 0) || ' ' || COALESCE(quota.team_id, 0) || ' ' || quota.id || \
                       ' ' || quota.from_day || ' ' || quota.to_day || ' ' || quota.value_micros, ',')";

/// The targets on a metric that touch a period; of people only those of these, if given. A board of a year needs
/// thousands: they come as one row, those on a value of a column as one row each, because to hand over a row costs more
/// than what is in it.
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
    let arm = |whose: Option<Expr>, is_limited: bool| {
        let mut select = Query::select();
        if is_limited {
            let about = || ["where_column", "where_value"].map(column);
            select.exprs(about()).add_group_by(about()).and_where(column("where_column").is_not_null());
        } else {
            // Without a group there would be a row of nothing. An index holds all that this arm reads.
            let none = || Expr::cust("CAST(NULL AS TEXT)");
            select.exprs([none(), none()]).add_group_by([column("org_id")]).and_where(column("where_column").is_null());
        }
        select
            .expr(Expr::cust(NUMBERS))
            .from("quota")
            .and_where(column("org_id").eq(org.get()))
            .and_where(column("metric").eq(metric))
            .and_where(column("to_day").gt(span.from().day_number()))
            .and_where(column("from_day").lt(span.to().day_number()));
        if let Some(whose) = whose {
            select.and_where(whose);
        }
        select
    };
    let nobodys = || column("person_id").is_null();
    let theirs = people.map(|people| column("person_id").is_in(people.iter().map(|p| p.get())));
    let mut select = arm(theirs.clone().map(|theirs| nobodys().or(theirs)), true);
    match theirs {
        None => select.union(UnionType::All, arm(None, false)),
        // Two arms, for each is looked up by its key.
        Some(theirs) => {
            select.union(UnionType::All, arm(Some(nobodys()), false)).union(UnionType::All, arm(Some(theirs), false))
        }
    };
    let mut all = Vec::new();
    for row in db.query_all(&select).await? {
        let (where_column, where_value): (Option<String>, Option<String>) =
            (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        let numbers: String = row.try_get_by_index(2)?;
        for one in numbers.split(',') {
            let broken = || DbErr::Custom(format!("quota: {one} cannot be read"));
            let mut numbers = one.split(' ').map(str::parse::<i64>);
            let mut next = || numbers.next().and_then(Result::ok).ok_or_else(broken);
            let (person, team, id) = (next()?, next()?, next()?);
            all.push(Quota {
                id,
                person_id: Some(person).filter(|person| *person != 0),
                team_id: Some(team).filter(|team| *team != 0),
                from_day: next()?,
                to_day: next()?,
                where_column: where_column.clone(),
                where_value: where_value.clone(),
                value_micros: next()?,
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

//! Targets that came in as facts, by which attainment is measured.

use domain::{OrgId, Period, PersonId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use crate::entity::quota;
use crate::import::kind::targets::TABLE;
use crate::import::store::facts::{self, Stored};
use crate::query::among::among_ids;

/// The targets on a metric that touch a period; of people only those of these, if given.
///
/// # Errors
/// When the database refuses.
pub async fn on(
    db: &impl ConnectionTrait,
    org: OrgId,
    metric: &str,
    span: Period,
    people: Option<&[PersonId]>,
) -> Result<Vec<quota::Model>, DbErr> {
    let of_people = people.map(|people| {
        let listed = quota::Column::PersonId.is_in(people.iter().map(|p| p.get()));
        quota::Column::PersonId.is_null().or(listed)
    });
    quota::Entity::find()
        .filter(quota::Column::OrgId.eq(org.get()))
        .filter(quota::Column::Metric.eq(metric))
        .filter(quota::Column::FromDay.lt(span.to().day_number()))
        .filter(quota::Column::ToDay.gt(span.from().day_number()))
        .filter(Condition::all().add_option(of_people))
        .order_by_asc(quota::Column::Id)
        .all(db)
        .await
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

//! Reads and writes targets and their changes. A target changes only together with its version.

use domain::{Period, Timestamp};
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use crate::entity::{deal, target, target_change};

/// One target.
///
/// # Errors
/// When the database refuses.
pub async fn by_id(db: &impl ConnectionTrait, org_id: i64, id: i64) -> Result<Option<target::Model>, DbErr> {
    target::Entity::find_by_id((org_id, id)).one(db).await
}

/// Which targets to read; what is absent does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    /// Those that have days in common with this period.
    pub period: Option<Period>,
    /// Those of these people or these teams.
    pub owners: Option<(&'a [i64], &'a [i64])>,
}

/// Targets of an organisation, those that end last first.
///
/// # Errors
/// When the database refuses.
pub async fn all(db: &impl ConnectionTrait, org_id: i64, wanted: Wanted<'_>) -> Result<Vec<target::Model>, DbErr> {
    let mut select = target::Entity::find().filter(target::Column::OrgId.eq(org_id));
    if let Some(period) = wanted.period {
        select = select
            .filter(target::Column::FromDay.lt(period.to().day_number()))
            .filter(target::Column::ToDay.gt(period.from().day_number()));
    }
    if let Some((people, teams)) = wanted.owners {
        select = select.filter(
            Condition::any()
                .add(target::Column::PersonId.is_in(people.iter().copied()))
                .add(target::Column::TeamId.is_in(teams.iter().copied())),
        );
    }
    select
        .order_by_desc(target::Column::ToDay)
        .order_by_desc(target::Column::FromDay)
        .order_by_asc(target::Column::Id)
        .all(db)
        .await
}

/// Writes a new target.
///
/// # Errors
/// When the database refuses.
pub async fn insert(db: &impl ConnectionTrait, row: target::Model) -> Result<target::Model, DbErr> {
    let active: target::ActiveModel = row.into();
    active.reset_all().insert(db).await
}

/// Writes a changed target if its version is still the one it was read at, and raises the version.
///
/// # Errors
/// When the database refuses.
pub async fn update(db: &impl ConnectionTrait, row: target::Model, now: Timestamp) -> Result<bool, DbErr> {
    let (org_id, id, version) = (row.org_id, row.id, row.version);
    let mut active: target::ActiveModel = row.into();
    active = active.reset_all();
    active.org_id = NotSet;
    active.id = NotSet;
    active.version = Set(version + 1);
    active.updated_at = Set(now.0);
    let done = target::Entity::update_many()
        .set(active)
        .filter(target::Column::OrgId.eq(org_id))
        .filter(target::Column::Id.eq(id))
        .filter(target::Column::Version.eq(version))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Every change of a target, newest first.
///
/// # Errors
/// When the database refuses.
pub async fn changes(db: &impl ConnectionTrait, org_id: i64, id: i64) -> Result<Vec<target_change::Model>, DbErr> {
    target_change::Entity::find()
        .filter(target_change::Column::OrgId.eq(org_id))
        .filter(target_change::Column::TargetId.eq(id))
        .order_by_desc(target_change::Column::At)
        .order_by_desc(target_change::Column::Id)
        .all(db)
        .await
}

/// Of some targets, those whose latest change is a counter-proposal.
///
/// # Errors
/// When the database refuses.
pub async fn countered(db: &impl ConnectionTrait, org_id: i64, ids: &[i64]) -> Result<Vec<i64>, DbErr> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = target_change::Entity::find()
        .filter(target_change::Column::OrgId.eq(org_id))
        .filter(target_change::Column::TargetId.is_in(ids.iter().copied()))
        .filter(target_change::Column::Kind.ne("commented"))
        .order_by_asc(target_change::Column::At)
        .order_by_asc(target_change::Column::Id)
        .all(db)
        .await?;
    let latest: std::collections::BTreeMap<i64, String> = rows.into_iter().map(|r| (r.target_id, r.kind)).collect();
    Ok(latest.into_iter().filter(|(_, kind)| kind == "countered").map(|(id, _)| id).collect())
}

/// Writes down a change.
///
/// # Errors
/// When the database refuses.
pub async fn insert_change(db: &impl ConnectionTrait, row: target_change::Model) -> Result<(), DbErr> {
    let active: target_change::ActiveModel = row.into();
    active.reset_all().insert(db).await?;
    Ok(())
}

/// How many targets hang under each objective.
///
/// # Errors
/// When the database refuses.
pub async fn count_by_objective(
    db: &impl ConnectionTrait,
    org_id: i64,
) -> Result<std::collections::BTreeMap<i64, u32>, DbErr> {
    let rows = target::Entity::find()
        .filter(target::Column::OrgId.eq(org_id))
        .filter(target::Column::ObjectiveId.is_not_null())
        .filter(target::Column::Status.ne("cancelled"))
        .all(db)
        .await?;
    let mut counts = std::collections::BTreeMap::new();
    for row in rows {
        if let Some(objective) = row.objective_id {
            *counts.entry(objective).or_insert(0) += 1;
        }
    }
    Ok(counts)
}

/// What a person is to reach on a metric in exactly this period, in millionths; of several the one set last.
///
/// # Errors
/// When the database refuses.
pub async fn value_of(
    db: &impl ConnectionTrait,
    org_id: i64,
    person: i64,
    metric: &str,
    period: Period,
) -> Result<Option<i64>, DbErr> {
    let row = target::Entity::find()
        .filter(target::Column::OrgId.eq(org_id))
        .filter(target::Column::PersonId.eq(person))
        .filter(target::Column::Metric.eq(metric))
        .filter(target::Column::FromDay.eq(period.from().day_number()))
        .filter(target::Column::ToDay.eq(period.to().day_number()))
        .filter(target::Column::IsPersonal.eq(false))
        .filter(target::Column::Status.is_not_in(["draft", "cancelled"]))
        .order_by_desc(target::Column::UpdatedAt)
        .one(db)
        .await?;
    Ok(row.map(|t| t.value_micros))
}

/// The day of the newest decided deal up to a day, by which the age of the data is judged.
///
/// # Errors
/// When the database refuses.
pub async fn newest_fact(db: &impl ConnectionTrait, org_id: i64, until: i32) -> Result<Option<i32>, DbErr> {
    let newest: Option<Option<i32>> = deal::Entity::find()
        .select_only()
        .column_as(deal::Column::ClosedOn.max(), "newest")
        .filter(deal::Column::OrgId.eq(org_id))
        .filter(deal::Column::ClosedOn.lte(until))
        .filter(deal::Column::Status.is_in([1_i16, 2]))
        .into_tuple()
        .one(db)
        .await?;
    Ok(newest.flatten())
}

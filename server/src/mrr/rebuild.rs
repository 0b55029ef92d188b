//! Makes all stored recurring revenue anew from the subscriptions, or compares it.

use std::collections::BTreeMap;

use domain::OrgId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::customer::Terms;
use super::renew::{insert, made};
use super::sums::{Differences, figures};
use crate::entity::{customer_mrr, mrr_sum, organisation, subscription};
use crate::query;
use crate::rollup::{Grain, Touched};

/// Customers read at a time.
const PAGE: u64 = 2_000;

/// Makes all of an organisation anew, in a transaction that writes and lets nobody else do so.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub async fn rebuild(db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
    customer_mrr::Entity::delete_many().filter(customer_mrr::Column::OrgId.eq(org.get())).exec(db).await?;
    mrr_sum::Entity::delete_many().filter(mrr_sum::Column::OrgId.eq(org.get())).exec(db).await?;
    let terms = Terms::load(db, org).await?;
    let (mut differences, mut after) = (Differences::new(org), None);
    loop {
        let (rows, last) = query::subscription::page(db, org, after.as_deref(), PAGE).await?;
        if last.is_none() {
            return differences.write(db).await;
        }
        after = last;
        let made = made(org, &rows, &terms);
        for row in made.values().flatten() {
            differences.add(row, 1)?;
        }
        insert(db, made.into_values().flatten()).await?;
        differences.write_if_large(db).await?;
    }
}

/// Whether an organisation has subscriptions but nothing stored of them.
///
/// # Errors
/// When the database refuses.
pub async fn is_behind(db: &DatabaseConnection, org: i64) -> Result<bool, DbErr> {
    let stored = customer_mrr::Entity::find().filter(customer_mrr::Column::OrgId.eq(org)).limit(1);
    let facts = subscription::Entity::find().filter(subscription::Column::OrgId.eq(org)).limit(1);
    Ok(stored.one(db).await?.is_none() && facts.one(db).await?.is_some())
}

/// Makes it for organisations that have subscriptions but nothing stored: they are older than the tables.
///
/// # Errors
/// When the database refuses.
pub async fn catch_up(db: &DatabaseConnection) -> Result<(), DbErr> {
    for org in organisation::Entity::find().all(db).await? {
        if is_behind(db, org.id).await? {
            let txn = crate::db::write_many_txn(db).await?;
            let mut all = Touched::default();
            all.all_subscribers();
            all.flush(&txn, OrgId::new(org.id)).await?;
            txn.commit().await?;
        }
    }
    Ok(())
}

/// Compares every stored row with the subscriptions: how many were compared, and which differ.
///
/// # Errors
/// When the database refuses.
pub async fn compare(db: &impl ConnectionTrait, org: OrgId) -> Result<(u64, Vec<String>), DbErr> {
    let terms = Terms::load(db, org).await?;
    let (mut sums, mut compared, mut differences) = (Differences::new(org), 0, Vec::new());
    let mut after: Option<String> = None;
    loop {
        let (rows, last) = query::subscription::page(db, org, after.as_deref(), PAGE).await?;
        let stored = stored(db, org, after.as_deref(), last.as_deref()).await?;
        let wanted = by_month(made(org, &rows, &terms).into_values().flatten());
        for row in wanted.values() {
            sums.add(row, 1)?;
        }
        compared += compare_rows("recurring revenue", &wanted, &by_month(stored.into_iter()), &mut differences);
        if last.is_none() {
            break;
        }
        after = last;
    }
    let wanted =
        sums.take_rows().into_iter().map(|((grain, person, day), flows)| ((grain.stored(), person, day), flows));
    let mut stored = BTreeMap::new();
    for grain in [Grain::Month, Grain::Year] {
        let of_grain = mrr_sum::Column::OrgId.eq(org.get()).and(mrr_sum::Column::Grain.eq(grain.stored()));
        for row in mrr_sum::Entity::find().filter(of_grain).all(db).await? {
            let place = (row.grain, row.person_id, row.first_day);
            match figures(&row.figures) {
                Ok(flows) => _ = stored.insert(place, flows),
                Err(error) => differences.push(error.to_string()),
            }
        }
    }
    compared += compare_rows("sums of recurring revenue", &wanted.collect(), &stored, &mut differences);
    Ok((compared, differences))
}

type ByMonth = BTreeMap<(String, i32), customer_mrr::Model>;

fn by_month(rows: impl Iterator<Item = customer_mrr::Model>) -> ByMonth {
    rows.map(|row| ((row.customer.clone(), row.month), row)).collect()
}

/// The stored rows of customers after one, up to another.
async fn stored(
    db: &impl ConnectionTrait,
    org: OrgId,
    after: Option<&str>,
    last: Option<&str>,
) -> Result<Vec<customer_mrr::Model>, DbErr> {
    use customer_mrr::Column::{Customer, OrgId};
    let mut select = customer_mrr::Entity::find().filter(OrgId.eq(org.get()));
    if let Some(after) = after {
        select = select.filter(Customer.gt(after));
    }
    if let Some(last) = last {
        select = select.filter(Customer.lte(last));
    }
    select.all(db).await
}

fn compare_rows<K: Ord + std::fmt::Debug, V: PartialEq + std::fmt::Debug>(
    what: &str,
    wanted: &BTreeMap<K, V>,
    stored: &BTreeMap<K, V>,
    differences: &mut Vec<String>,
) -> u64 {
    for (place, row) in stored {
        match wanted.get(place) {
            None => differences.push(format!("{what} {place:?}: there is none")),
            Some(counted) if counted != row => {
                differences.push(format!("{what} {place:?}: stored {row:?}, counted {counted:?}"));
            }
            Some(_) => (),
        }
    }
    let missing = wanted.keys().filter(|place| !stored.contains_key(*place));
    differences.extend(missing.map(|place| format!("{what} {place:?}: missing")));
    stored.len() as u64
}

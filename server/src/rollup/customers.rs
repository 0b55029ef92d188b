//! Stored figures of customers: their purchases by month, and their first and last days.

use std::collections::BTreeSet;

use domain::OrgId;
use sea_orm::{ConnectionTrait, DbErr};

use super::sums::months;
use super::touched::Names;
use crate::query::column::Table;
use crate::query::{kept, kept_customers};

/// Makes the figures of these customers anew, of purchases those in the months of these days.
pub(super) async fn make(
    db: &impl ConnectionTrait,
    org: OrgId,
    names: &Names,
    days: impl Iterator<Item = i64>,
) -> Result<(), DbErr> {
    if names.is_empty() {
        return Ok(());
    }
    for month in months(days) {
        kept_customers::make_month(db, org, names, month).await?;
    }
    kept_customers::make_spans(db, org, names).await
}

/// Makes all figures of customers anew.
pub(super) async fn make_all(db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
    let days = all_days(db, org).await?;
    make(db, org, &Names::All, days.into_iter()).await
}

/// Compares every stored row with the facts: how many were compared, and which differ.
pub(super) async fn compare(db: &impl ConnectionTrait, org: OrgId) -> Result<(u64, Vec<String>), DbErr> {
    let (mut compared, mut differences) = (0, Vec::new());
    for month in months(all_days(db, org).await?.into_iter()) {
        let [stored, counted] = kept_customers::both_months(db, org, month).await?;
        compared += stored.len() as u64;
        let different = stored.symmetric_difference(&counted);
        differences.extend(different.map(|row| format!("purchases: {row:?} is stored or counted, not both")));
    }
    let [stored, counted] = kept_customers::both_spans(db, org).await?;
    compared += stored.len() as u64;
    let different = stored.symmetric_difference(&counted);
    differences.extend(different.map(|row| format!("days of a customer: {row:?} is stored or counted, not both")));
    Ok((compared, differences))
}

/// Days of sales, and of what is stored of them.
async fn all_days(db: &impl ConnectionTrait, org: OrgId) -> Result<BTreeSet<i64>, DbErr> {
    let mut days = BTreeSet::from_iter(kept_customers::months(db, org).await?);
    for kept in kept::ALL.iter().filter(|kept| kept.table == Table::SalesLines) {
        days.extend(kept.all_days(db, org).await?);
    }
    Ok(days)
}

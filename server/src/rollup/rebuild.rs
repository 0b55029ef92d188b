//! Makes the stored sums anew from the deals, or compares them.

use domain::OrgId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DatabaseConnection, DbErr, EntityTrait as _, ExprTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::changes::cell_of;
use super::lock::Lock;
use super::{Changes, Grain, customers, sums};
use crate::entity::{deal, deal_rollup, organisation};
use crate::query::column::Table;
use crate::query::presence::{Wanted, present};
use crate::query::{kept, kept_customers};

/// Rows read at a time.
const PAGE: u64 = 10_000;

/// Makes all stored figures of an organisation anew, in a transaction that writes.
///
/// # Errors
/// When the database refuses.
pub async fn rebuild(db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
    rebuild_facts(db, org).await?;
    crate::mrr::rebuild(db, org).await?;
    rebuild_deals(db, org).await
}

/// Makes what is made of touched days and customers anew.
async fn rebuild_facts(db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
    Lock::Touched.hold(db, org, None).await?;
    sums::make_all(db, org).await?;
    customers::make_all(db, org).await
}

/// Makes the sums of deals anew.
async fn rebuild_deals(db: &impl ConnectionTrait, org: OrgId) -> Result<(), DbErr> {
    let mut changes = Changes::begin(db, org).await?;
    deal_rollup::Entity::delete_many().filter(deal_rollup::Column::OrgId.eq(org.get())).exec(db).await?;
    let mut after = None;
    loop {
        let page = deals(db, org, after).await?;
        page.iter().for_each(|deal| changes.add(None, Some(deal)));
        after = page.last().map(|d| d.id);
        changes.flush_if_large(db).await?;
        if after.is_none() {
            return changes.flush(db).await.map(|_| ());
        }
    }
}

/// Makes the stored figures of organisations that have facts but no figures of them: they are older than the tables.
///
/// # Errors
/// When the database refuses.
pub async fn catch_up(db: &DatabaseConnection) -> Result<(), DbErr> {
    for org in organisation::Entity::find().all(db).await? {
        let sums = deal_rollup::Entity::find().filter(deal_rollup::Column::OrgId.eq(org.id)).limit(1);
        let deals = deal::Entity::find()
            .filter(deal::Column::OrgId.eq(org.id))
            .filter(deal::Column::IsSplit.eq(false))
            .limit(1);
        if sums.one(db).await?.is_none() && deals.one(db).await?.is_some() {
            let txn = crate::db::write_txn(db).await?;
            rebuild_deals(&txn, OrgId::new(org.id)).await?;
            txn.commit().await?;
        }
        let org = OrgId::new(org.id);
        let any = kept::ALL.map(|kept| Wanted { table: kept.table, of_customers: false });
        if kept::size(db, org).await? == 0 && !present(db, org, &any).await?.is_empty() {
            let txn = crate::db::write_many_txn(db).await?;
            rebuild_facts(&txn, org).await?;
            txn.commit().await?;
        }
        let any =
            [Table::Deals, Table::Subscriptions, Table::SalesLines].map(|table| Wanted { table, of_customers: true });
        if kept_customers::is_empty(db, org).await? && !present(db, org, &any).await?.is_empty() {
            let txn = crate::db::write_many_txn(db).await?;
            Lock::Touched.hold(&txn, org, None).await?;
            customers::make_all(&txn, org).await?;
            txn.commit().await?;
        }
    }
    Ok(())
}

/// Compares every stored row with the facts that are not deals: how many were compared, and which differ.
///
/// # Errors
/// When the database refuses.
pub async fn compare_sums(db: &impl ConnectionTrait, org: OrgId) -> Result<(u64, Vec<String>), DbErr> {
    let (compared, mut differences) = sums::compare(db, org).await?;
    let (of_customers, different) = customers::compare(db, org).await?;
    differences.extend(different);
    Ok((compared + of_customers, differences))
}

/// Compares every stored row with the deals: how many were compared, and which differ.
///
/// # Errors
/// When the database refuses.
pub async fn compare(db: &impl ConnectionTrait, org: OrgId) -> Result<(u64, Vec<String>), DbErr> {
    let mut changes = Changes::of_nothing(org);
    let mut after = None;
    loop {
        let page = deals(db, org, after).await?;
        page.iter().for_each(|deal| changes.add(None, Some(deal)));
        after = page.last().map(|d| d.id);
        if after.is_none() {
            break;
        }
    }
    let mut wanted = changes.take_rows();
    let (mut compared, mut differences) = (0, Vec::new());
    for grain in Grain::ALL {
        let mut after = (i64::MIN, i32::MIN);
        loop {
            let page = rows(db, org, grain, after).await?;
            let Some(last) = page.last() else {
                break;
            };
            after = (last.person_id, last.first_day);
            for row in &page {
                compared += 1;
                let (person, day) = (row.person_id, row.first_day);
                let place = || format!("sums of {person} in the {grain:?} from {day}");
                match (wanted.remove(&(grain, person, day)), cell_of(row)) {
                    (_, Err(error)) => differences.push(error.to_string()),
                    (None, Ok(_)) => differences.push(format!("{}: there are no such deals", place())),
                    (Some(wanted), Ok(found)) if wanted != found => {
                        differences.push(format!("{}: stored {found:?}, counted {wanted:?}", place()));
                    }
                    _ => (),
                }
            }
        }
    }
    let missing =
        wanted.keys().map(|(grain, person, day)| format!("sums of {person} in the {grain:?} from {day}: missing"));
    differences.extend(missing);
    Ok((compared, differences))
}

async fn deals(db: &impl ConnectionTrait, org: OrgId, after: Option<i64>) -> Result<Vec<deal::Model>, DbErr> {
    let mut select = deal::Entity::find().filter(deal::Column::OrgId.eq(org.get()));
    if let Some(after) = after {
        select = select.filter(deal::Column::Id.gt(after));
    }
    select.order_by_asc(deal::Column::Id).limit(PAGE).all(db).await
}

/// Rows of one grain after a place, in order.
async fn rows(
    db: &impl ConnectionTrait,
    org: OrgId,
    grain: Grain,
    (person, day): (i64, i32),
) -> Result<Vec<deal_rollup::Model>, DbErr> {
    use deal_rollup::Column::{FirstDay, PersonId};
    let later = PersonId.gt(person).or(PersonId.eq(person).and(FirstDay.gt(day)));
    deal_rollup::Entity::find()
        .filter(deal_rollup::Column::OrgId.eq(org.get()))
        .filter(deal_rollup::Column::Grain.eq(grain.stored()))
        .filter(later)
        .order_by_asc(PersonId)
        .order_by_asc(FirstDay)
        .limit(PAGE)
        .all(db)
        .await
}

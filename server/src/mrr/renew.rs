//! Makes the stored months of customers anew, and lets the sums follow.

use std::collections::BTreeMap;

use domain::OrgId;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, ExprTrait as _, IntoActiveModel as _, QueryFilter as _,
};

use super::customer::{Terms, months};
use super::sums::Differences;
use crate::entity::customer_mrr;
use crate::query::among::among_texts;
use crate::query::subscription::{self, Row};

/// Customers handled at a time.
const BATCH: usize = 500;
/// Rows a statement: within the number of values that both databases bind.
const CHUNK: usize = 1_000;

/// Makes the stored months of these customers anew, in a transaction that writes and lets nobody else do so: what is
/// stored is read, and the sums follow by what differs.
///
/// # Errors
/// When the database refuses, or holds what cannot be read.
pub async fn renew<'a>(
    db: &impl ConnectionTrait,
    org: OrgId,
    customers: impl IntoIterator<Item = &'a str>,
) -> Result<(), DbErr> {
    let names: Vec<&str> = customers.into_iter().collect();
    let terms = Terms::load(db, org).await?;
    let mut differences = Differences::new(org);
    for names in names.chunks(BATCH) {
        let among = || among_texts(db.get_database_backend(), "customer", names.iter().copied());
        let of_names = || customer_mrr::Column::OrgId.eq(org.get()).and(among());
        let mut stored: BTreeMap<String, Vec<customer_mrr::Model>> = BTreeMap::new();
        for row in customer_mrr::Entity::find().filter(of_names()).all(db).await? {
            stored.entry(row.customer.clone()).or_default().push(row);
        }
        stored.values_mut().for_each(|rows| rows.sort_by_key(|row| row.month));
        let rows = subscription::of_customers(db, org, names).await?;
        let mut made = made(org, &rows, &terms);
        // Most customers of a file that comes again are as they were.
        stored.retain(|customer, rows| {
            let is_same = made.get(customer) == Some(rows);
            if is_same {
                made.remove(customer);
            }
            !is_same
        });
        let gone: Vec<&str> = stored.keys().map(String::as_str).collect();
        if !gone.is_empty() {
            let among = among_texts(db.get_database_backend(), "customer", gone.iter().copied());
            let of_gone = customer_mrr::Column::OrgId.eq(org.get()).and(among);
            customer_mrr::Entity::delete_many().filter(of_gone).exec(db).await?;
        }
        for (rows, sign) in [(stored, -1), (made.clone(), 1)] {
            for row in rows.values().flatten() {
                differences.add(row, sign)?;
            }
        }
        insert(db, made.into_values().flatten()).await?;
        differences.write_if_large(db).await?;
    }
    differences.write(db).await
}

/// The months of each customer of these rows, which are by customer and hold all of each.
pub(super) fn made(org: OrgId, rows: &[Row], terms: &Terms) -> BTreeMap<String, Vec<customer_mrr::Model>> {
    let customers = rows.chunk_by(|a, b| a.customer == b.customer);
    let months = customers.filter_map(|rows| Some((rows.first()?.customer.clone(), months(org, rows, terms))));
    months.filter(|(_, months)| !months.is_empty()).collect()
}

/// Writes months that are not stored.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    rows: impl Iterator<Item = customer_mrr::Model>,
) -> Result<(), DbErr> {
    let rows: Vec<_> = rows.map(|row| row.into_active_model()).collect();
    for chunk in rows.chunks(CHUNK) {
        customer_mrr::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    Ok(())
}
